"""An edition: what one year's notice asks of the disclosure, as data; loaded and checked by the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingzhang.documents import Problem
from mingzhang.forms.form import Form
from mingzhang.forms.section import ChartTemplate, Definition, Part, Section


class EditionError(ValueError):
    """An edition is broken: every problem of its files, each with file, line and remedy, in Chinese."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.in_chinese() for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class NumberStyle:
    """How an edition prints figures: decimals, dropped zeros, separators."""

    amount_decimals: int = 2
    percent_decimals: int = 1
    strip_zeros: bool = False
    thousands: bool = False
    blank_zero_cells: bool = True


@dataclass(frozen=True)
class Edition:
    """One edition. `fiscal_years` is (first, last or None). `forms` are in printed order."""

    name: str
    chinese: str
    fiscal_years: tuple[int, int | None]
    forms: tuple[Form, ...]
    parts: tuple[Part, ...]
    sections: dict[str, Section]
    charts: dict[str, ChartTemplate]
    glossary: tuple[Definition, ...]
    subject_notes: dict[str, str] = field(default_factory=dict)
    """What each functional subject (项) stands for, in our own words, by code."""
    code_names: dict[str, str] = field(default_factory=dict)
    """Names of codes that this edition prints differently from the code list of its year."""
    style: NumberStyle = NumberStyle()
    base: str = ""
    verified: bool = True
    source: str = ""

    def form(self, name: str) -> Form:
        """The form of that name; KeyError where the edition has none."""
        return (
            next(form for form in self.forms if form.name == name)
            if name in self.form_names
            else _missing(name, self)
        )

    @property
    def form_names(self) -> tuple[str, ...]:
        """Names of the forms, in printed order."""
        return tuple(form.name for form in self.forms)


def _missing(name: str, edition: Edition) -> Form:
    raise KeyError(f"edition {edition.name} has no form {name!r}: one of {', '.join(edition.form_names)}")
