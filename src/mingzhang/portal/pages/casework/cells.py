"""A record as its page writes it (登记内容): field by field like the paper form, rows under their heading, personal fields masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from mingzhang.casework.definitions import Field, FieldType, Kind, PrivacyClass
from mingzhang.portal.pages.casework.shown import address_of, is_wide, worded
from mingzhang.records.casework.models import Record


@dataclass(frozen=True, slots=True)
class Cell:
    """A field as written: `sealed` ones show their mask, and `path` opens them."""

    label: str
    text: str
    wide: bool = False
    sealed: bool = False
    path: str = ""
    may_open: bool = False
    address: str = ""

    @property
    def id(self) -> str:
        """What the page calls the place of the text."""
        return f"cell-{self.path.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows of a field."""

    chinese: str
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Written:
    """What a record says, with what is needed to say it: masks by path, words and files by key."""

    record: Record
    kind: Kind
    masks: Mapping[str, str]
    names: Mapping[str, str]
    files: Mapping[str, str]
    """Attachments' addresses by key."""
    opens: frozenset[str]
    """Paths of the personal fields that the person may open."""

    def cells(self) -> list[Cell]:
        """The fields that hold something, rows aside; those required at creation also where they are blank."""
        found = [
            self._cell(each, self.record.content, each.name)
            for each in self.kind.fields
            if each.type is not FieldType.ROWS
        ]
        return [cell for cell in found if cell is not None]

    def row_sets(self) -> list[RowSet]:
        """The fields of rows that have some."""
        return [
            RowSet(each.chinese, [self._row(each, row, place) for place, row in enumerate(rows)])
            for each in self.kind.fields
            if each.type is FieldType.ROWS and (rows := self.record.content.get(each.name))
        ]

    def _row(self, each: Field, row: Mapping[str, Any], place: int) -> list[Cell]:
        cells = [self._cell(below, row, f"{each.name}.{place}.{below.name}") for below in each.fields]
        return [cell for cell in cells if cell is not None]

    def _cell(self, each: Field, content: Mapping[str, Any], path: str) -> Cell | None:
        if each.privacy is not PrivacyClass.P0:
            mask = self.masks.get(path, "")
            if not mask:
                return None
            return Cell(
                each.chinese,
                mask,
                sealed=True,
                path=path,
                may_open=path in self.opens,
                wide=each.type is FieldType.LONG_TEXT,
            )
        value = content.get(each.name)
        if value in (None, "", []) and each.required != "creation":
            return None
        text = worded(each, value, self.names)
        return Cell(each.chinese, text, wide=is_wide(each, text), address=self._link(each, value), path=path)

    def _link(self, each: Field, value: Any) -> str:
        """Where a record or a file that the field names is opened."""
        if each.type is FieldType.FILE:
            return self.files.get(str(value), "")
        if each.type is FieldType.RECORD and value:
            other = Record.objects.filter(key=str(value)).first()
            return address_of(other) if other else ""
        return ""


def files_of(record: Record) -> dict[str, str]:
    """The addresses of a record's attachments by key."""
    at = {"line": record.line, "kind": record.kind, "key": record.key}
    return {
        each.key: reverse("casework_attachment", kwargs={**at, "number": each.pk})
        for each in record.attachments.all()
    }
