"""Two-sided tables: income left, expenditure right, some with a third side by nature and economic item."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.facts import Cell
from mingzhang.forms import Form
from mingzhang.read.recognise.codes import ECONOMIC, FUNCTION, FUND
from mingzhang.read.recognise.job import TableJob
from mingzhang.read.recognise.shape import Band, Labels, labels_of
from mingzhang.read.recognise.tally import Tally
from mingzhang.read.recognise.wording import Meaning, meaning_of, meaning_of_path, settled, term
from mingzhang.read.texts import alike, plain

_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、")
_TOTAL = re.compile(r"(?:收入|支出|收支)?(?:总计|合计)\Z")
_SUB_TOTAL = re.compile(
    r"(?:本年)(?:财政拨款)?(?P<side>收入|支出)(?:合计|小计|总计)?\Z|(?P<bare>收入|支出)合计\Z"
)
_SURPLUS = re.compile(
    r"(?:使用|动用)?非财政拨款结余(?:\(.*\))?\Z|用事业基金弥补收支差额\Z|使用非财政拨款结余.*"
)
_SPECIAL = re.compile(r"使用专用结余\Z")
_DISTRIBUTED = re.compile(r"(?:减:)?结余分配(?:\(.*\))?\Z")


def fixed_rows(forms: Iterable[Form]) -> dict[str, Cell]:
    """The cell of every row that one of the forms prints under one name only."""
    found: dict[str, set[Cell]] = {}
    for form in forms:
        for row in (*form.rows, *form.right_rows):
            if row.cell is not None:
                found.setdefault(alike(term(row.label)), set()).add(row.cell)
    return {label: cells.copy().pop() for label, cells in found.items() if len(cells) == 1}


def read_two_sided(job: TableJob, tally: Tally, fixed: dict[str, Cell]) -> None:
    """State every figure. A label that stands twice is told apart by the rows above: revenue, then balances."""
    for number, band in enumerate(job.shape.bands):
        side = _side(band, number)
        columns: dict[int, Meaning | None] = {
            column: meaning_of_path(text for text in path if term(text) not in ("收入", "支出"))
            for column, path in band.paths.items()
        }
        for column, meaning in columns.items():
            if not band.paths[column] and len(columns) > 1:
                columns[column] = None  # which of several amounts a column without a head holds, nobody knows
            elif meaning is None:
                what = f"《{job.title}》的“{'／'.join(band.paths[column])}”栏不认识，栏内的数只按本栏自己的名称读入"
                tally.tell("column_unknown", what, job.title)
        rows = _Rows(side, job.kind.dimensions, tally, fixed)
        for row in range(job.shape.body, job.shape.bottom):
            _read_row(job, band, row, columns, rows, tally)


def _side(band: Band, number: int) -> str:
    heads = "".join((*band.heads, *(text for path in band.paths.values() for text in path)))
    if "支出" in heads and "收入" not in heads:
        return "right"
    if "收入" in heads and "支出" not in heads:
        return "left"
    return "left" if number == 0 else "right"


def _read_row(
    job: TableJob,
    band: Band,
    row: int,
    columns: dict[int, Meaning | None],
    rows: _Rows,
    tally: Tally,
) -> None:
    labels = labels_of(job.grid, row, band)
    spots = [
        spot
        for column in band.values
        if (spot := job.grid.at(row, column)) and (spot.row, spot.column) == (row, column)
    ]
    figures = [spot for spot in spots if spot.figure is not None]
    if not labels.shown and not figures:
        return
    base = rows.meaning(labels, bool(figures))
    if not figures:
        cell = tally.cell(base) if base is not None else None
        if cell is not None:
            tally.blank(cell)
        return
    if base is None:
        what = f"《{job.title}》的“{labels.shown or '无名称'}”行不认识，行内的数只按本行自己的名称读入"
        tally.tell("row_unknown", what, job.title)
    for spot in figures:
        column = columns[spot.column]
        cell = None
        if base is not None and column is not None:
            cell = tally.cell(base.with_(settled(column, job.budget)))
        head = next((text for text in reversed(band.paths[spot.column]) if meaning_of(text) != Meaning()), "")
        label = f"{labels.name or head}（{head}）" if head else labels.name
        year = column.year if column else 0
        local = cell or tally.local(job.title, labels.shown, *band.paths[spot.column])
        tally.state(spot, local, job.unit, label, job.title, year=year)


class _Rows:
    """Goes down one side of a table and says what each row means."""

    def __init__(
        self, side: str, shared: tuple[tuple[str, str], ...], tally: Tally, fixed: dict[str, Cell]
    ) -> None:
        self._side = side
        self._shared = Meaning("", shared)
        self._tally = tally
        self._fixed = fixed
        self._balance = ""
        self._itemised = False
        self._summed = False

    def meaning(self, labels: Labels, filled: bool) -> Meaning | None:
        """What the row means, the dimensions of the whole table included; None where nobody knows."""
        text = plain(labels.name)
        found = self._of(text, filled)
        if found is None:
            return None
        if self._tally.book.has(found.concept, FUND) or not found.concept:
            found = self._shared.with_(found)
        return found

    def _of(self, text: str, filled: bool) -> Meaning | None:
        words = term(text)
        left = self._side == "left"
        if not words:
            return None
        if sub := _SUB_TOTAL.match(words):
            self._summed, self._balance = True, ""
            return Meaning("revenue" if "收入" in (sub["side"] or sub["bare"] or "") else "expenditure")
        if _TOTAL.match(words):
            self._balance = ""
            return Meaning("total_resources" if left else "total_uses")
        if _SURPLUS.match(words):
            return Meaning("use_of_nonfiscal_surplus")
        if _SPECIAL.match(words):
            return Meaning(
                self._tally.book.own_concept("use_of_special_surplus", "使用专用结余", "total_resources")
            )
        if _DISTRIBUTED.match(words):
            self._balance = ""
            return Meaning("surplus_distribution")
        if not left and not self._summed and _ORDINAL.match(text):
            code = self._tally.book.named(FUNCTION, words, level=3)
            if code:
                return Meaning("expenditure", ((FUNCTION, code),))
        said = meaning_of(text)
        if said is not None and said != Meaning():
            return self._said(said, left)
        return self._listed(text, words, left, filled)

    def _said(self, said: Meaning, left: bool) -> Meaning | None:
        self._itemised = self._itemised or bool({"nature", ECONOMIC} & dict(said.dimensions).keys())
        if said.concept in ("opening_balance", "closing_balance"):
            self._balance = said.concept
            return said
        if self._balance:
            return Meaning(self._balance).with_(said)
        if left:
            return Meaning("revenue").with_(said) if dict(said.dimensions).get(FUND) else None
        return Meaning("expenditure").with_(said)

    def _listed(self, text: str, words: str, left: bool, filled: bool) -> Meaning | None:
        book = self._tally.book
        if self._balance or words.startswith("其中"):
            return None
        if not left:
            item = book.named(ECONOMIC, words, level=3)
            if item and self._itemised:
                return Meaning("expenditure", ((ECONOMIC, item),))
            code = book.named(FUNCTION, words, level=3)
            if code or item:
                return Meaning("expenditure", ((FUNCTION, code),) if code else ((ECONOMIC, item or ""),))
        cell = self._fixed.get(alike(words))
        if cell is not None:
            return Meaning(cell.concept, cell.dimensions)
        if not filled or not _ORDINAL.match(text) or self._summed:
            return None
        if left and words.endswith("收入"):
            return Meaning("revenue", ((FUND, book.own(FUND, words, "nonfiscal")),))
        if not left and words.endswith("支出"):
            return Meaning("expenditure", ((FUNCTION, book.own(FUNCTION, words)),))
        return None
