"""Rows of a form recognised in a sheet: by classification code in one cell or three, by label, or by name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingzhang.facts import Vocabulary
from mingzhang.forms import Row
from mingzhang.read.texts import alike, plain, unnumbered

if TYPE_CHECKING:
    from mingzhang.read.workbook import Sheet

TOTALS = frozenset(map(plain, ("合计", "总计", "本年合计")))


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands before the values of a row: code, name, 行次, and the text to show in messages."""

    code: str
    name: str
    shown: str
    line: str = ""


def read_labels(
    sheet: Sheet, row: int, columns: range, skipped: frozenset[int] = frozenset(), *, reach: bool = False
) -> Labels:
    """Read the label cells of a row. Codes may fill one cell (2040601) or three (204｜06｜01).

    `reach` takes a label from further left where the row's own label cells are blank (公用经费合计 over two blocks).
    """
    pieces: list[str] = []
    names: list[str] = []
    line = "".join(sheet.text(row, column) for column in columns if column in skipped)
    for column in columns:
        text = "" if column in skipped else sheet.label(row, column)
        if re.fullmatch(r"\d+", plain(text)):
            pieces.append(plain(text))
        elif text:
            names.append(text)
    if reach and not pieces and not names:
        left = (sheet.text(row, column) for column in range(columns.start - 1, 0, -1))
        nearest = next(filter(None, left), "")
        names = [nearest] if not re.fullmatch(r"[-+\d.,]+", plain(nearest)) else []
    shown = " ".join([*pieces, *names]) or "（无名称）"
    return Labels(join_codes(pieces), names[-1] if names else "", shown, line)


def join_codes(pieces: list[str]) -> str:
    """One code from its cells: each may repeat those before it, and 6 stands for 06 after the first.

    >>> join_codes(["204", "6", "01"]), join_codes(["204", "20406", "2040601"]), join_codes(["2040601"])
    ('2040601', '2040601', '2040601')
    """
    code = ""
    for piece in pieces:
        if code and piece.startswith(code) and len(piece) >= len(code):
            code = piece
        else:
            code += piece.zfill(2) if code else piece
    return code


class RowFinder:
    """Finds the row of a form from its labels, going down a sheet.

    `rows` are the form's fixed rows; where a label occurs more than once among them, the next one from the top is
    meant, so every labelled row of the sheet must pass by. `dimension` allows rows by code of that tree; `total` a
    row of totals (合计); `only` means that the form has a single row without labels.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        rows: tuple[Row, ...],
        dimension: str = "",
        *,
        total: bool = False,
        only: bool = False,
    ) -> None:
        self._tree = vocabulary.dimensions[dimension] if dimension else None
        self._dimension = dimension
        self._rows = rows
        self._total = total
        self._only = only
        self._last = -1
        self._codes = {row.code: row for row in rows if row.code}
        self._labels: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            self._labels[alike(unnumbered(row.label))].append(index)
        self._names: dict[str, list[str]] = defaultdict(list)
        if self._tree is not None:
            for code, name in self._tree.names.items():
                self._names[plain(name)].append(code)

    def find(self, labels: Labels) -> Row | str:
        """The row, or why there is none."""
        if self._only:
            return Row("")
        if labels.code and self._tree is not None:
            return self._by_code(labels.code)
        name = plain(labels.name)
        if self._total and name in TOTALS:
            return Row("合计")
        if places := self._labels.get(alike(unnumbered(name))):
            return self._next(places, name, labels.line)
        codes = self._names.get(name, [])
        if len(codes) == 1:
            return self._by_code(codes[0])
        if codes:
            return "有多个同名的科目，请填写科目编码"
        return "不是样表中的项目" if name else "没有项目名称"

    def _next(self, places: list[int], name: str, line: str) -> Row:
        """The row meant by a label: by 行次 or numbering where they tell, else the next one down."""
        lined = [place for place in places if line and str(self._rows[place].line) == line]
        exact = [place for place in places if plain(self._rows[place].label) == name != unnumbered(name)]
        choice = lined or exact or places
        self._last = next((place for place in choice if place > self._last), choice[-1])
        return self._rows[self._last]

    def _by_code(self, code: str) -> Row | str:
        if code in self._codes:
            return self._codes[code]
        if self._tree is None or code not in self._tree:
            return "的科目编码不在当年的科目表中"
        if self._total:
            return Row(self._tree.label(code), code=code)
        pattern = next((row.cell for row in self._rows if row.code and row.cell), None)
        if pattern is None:
            return "的科目编码不在样表中"
        return Row(self._tree.label(code), pattern.where({self._dimension: code}), code=code)
