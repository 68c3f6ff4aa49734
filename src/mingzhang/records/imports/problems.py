"""What is wrong with a row: its place and value beside the problem, so that it can be listed in a table."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents import Problem


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in one row. `column` is its header, blank where the row as a whole is meant."""

    code: str
    what: str
    remedy: str
    file: str
    sheet: str
    row: int
    column: str = ""
    value: str = ""
    severity: str = "error"

    @property
    def is_error(self) -> bool:
        """Whether nothing may be taken in unless this is mended."""
        return self.severity == "error"

    @property
    def where(self) -> str:
        """The place in words."""
        sheet = f"“{self.sheet}”表，" if self.sheet else ""
        column = f"，“{self.column}”列" if self.column else ""
        value = f"，所填“{self.value[:40]}”" if self.value else ""
        return f"{self.file}，{sheet}第{self.row}行{column}{value}"

    def as_problem(self) -> Problem:
        """The same as a problem."""
        return Problem(self.code, self.what, self.where, self.remedy, self.severity)

    def in_chinese(self) -> str:
        """The message as users read it."""
        return self.as_problem().in_chinese()


Trouble = Problem | RowProblem
"""A problem of a file or of one row."""


class RefusedError(Exception):
    """A file that cannot be taken as a whole; carries its problems."""

    def __init__(self, *problems: Trouble) -> None:
        super().__init__("\n".join(problem.in_chinese() for problem in problems))
        self.problems = problems
