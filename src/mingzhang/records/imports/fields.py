"""What a table to be imported looks like, as data: its columns, how each is read, and what one row becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mingzhang.records.imports.context import Context

Reader = Callable[[Any, Context], Any]
"""Turns the value of a cell into what the books keep; raises `CellError` with what is wrong and what to do."""


class CellError(ValueError):
    """A value that cannot be taken: the code of the problem, what is wrong, what to do."""

    def __init__(self, code: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Field:
    """One column.

    `chinese` is its header in our own template, `synonyms` are headers of the usual accounting programs. A blank cell
    of a `required` column is a problem, of another its `default`; a missing required column refuses the file unless
    `absent` says that it may be left out altogether. `choices` are the words offered in the template, `codes` the
    name of a list on its second sheet.
    """

    name: str
    chinese: str
    read: Reader
    synonyms: tuple[str, ...] = ()
    required: bool = False
    absent: bool = False
    default: Any = ""
    note: str = ""
    choices: tuple[str, ...] = ()
    codes: str = ""
    width: int = 14
    number: bool = False

    def named(self, chinese: str, synonyms: tuple[str, ...]) -> Field:
        """The same column under other headers."""
        return replace(self, chinese=chinese, synonyms=synonyms)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import: its fields and what takes its rows in (see `rows.Taker`)."""

    name: str
    chinese: str
    fields: tuple[Field, ...]
    take: Any
    note: str = ""

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)
