"""Tables whose rows are codes: revenue and expenditure by function, basic expenditure by economic item."""

from __future__ import annotations

from mingzhang.facts import Cell
from mingzhang.read.recognise.codes import ECONOMIC, FUNCTION, FUND, NATURE
from mingzhang.read.recognise.job import TableJob
from mingzhang.read.recognise.shape import Band, Labels, labels_of
from mingzhang.read.recognise.tally import Tally
from mingzhang.read.recognise.wording import Meaning, meaning_of, meaning_of_path, settled, term


def read_coded(job: TableJob, tally: Tally) -> None:
    """State every figure of the table; rows by code, else by name below the rows above, totals by their word."""
    for band in job.shape.bands:
        columns = _columns(job, band, tally)
        near: list[str] = []
        for row in range(job.shape.body, job.shape.bottom):
            _read_row(job, band, row, columns, near, tally)


def _columns(job: TableJob, band: Band, tally: Tally) -> dict[int, Meaning | None]:
    base = Meaning(job.kind.concept, job.kind.dimensions)
    found: dict[int, Meaning | None] = {}
    for column in band.values:
        path = band.paths[column]
        if not path and len(band.values) > 1:
            found[column] = None  # which of several amounts a column without a head holds, nobody knows
            continue
        meaning = meaning_of_path(path)
        if meaning is None:
            meaning = _economic_head(path, tally) or _own_member(job, path, tally)
        if meaning is None:
            what = f"《{job.title}》的“{'／'.join(path)}”栏不认识，栏内的数只按本栏自己的名称读入"
            tally.tell("column_unknown", what, job.title)
        found[column] = base.with_(settled(meaning, job.budget)) if meaning is not None else None
    return found


def _economic_head(path: tuple[str, ...], tally: Tally) -> Meaning | None:
    """A column of an economic item, by code or name: 一般公共预算财政拨款支出决算明细表."""
    digits = path[-1][:5] if path[-1][:5].isdigit() else path[-1][:3]
    if digits.isdigit() and digits.startswith("3"):
        return Meaning("", ((ECONOMIC, tally.book.kept(ECONOMIC, digits, path[-1][len(digits) :])),))
    near = [code for text in path[:-1] if (code := tally.book.named(ECONOMIC, text, level=3))]
    code = tally.book.named(ECONOMIC, path[-1], near)
    if code is None and near and meaning_of(path[-1]) == Meaning():
        code = near[-1]
    return Meaning("", ((ECONOMIC, code),)) if code else None


def _own_member(job: TableJob, path: tuple[str, ...], tally: Tally) -> Meaning | None:
    """A further kind of revenue or of expenditure that stands beside the known ones as a column of its own."""
    words = term(path[-1])
    if len(path) != 1 or path[0].startswith("其中") or len(words) < 4 or job.kind.dimensions:
        return None
    if job.kind.concept == "revenue" and words.endswith("收入"):
        return Meaning("", ((FUND, tally.book.own(FUND, words, "nonfiscal")),))
    if job.kind.concept == "expenditure" and words.endswith("支出"):
        return Meaning("", ((NATURE, tally.book.own(NATURE, words)),))
    return None


def _read_row(
    job: TableJob, band: Band, row: int, columns: dict[int, Meaning | None], near: list[str], tally: Tally
) -> None:
    labels = labels_of(job.grid, row, band, reach=True)
    spots = [
        spot
        for column in band.values
        if (spot := job.grid.at(row, column)) and (spot.row, spot.column) == (row, column)
    ]
    figures = [spot for spot in spots if spot.figure is not None]
    base = _row(labels, near, tally)
    if not figures:
        first = columns.get(band.values[0])
        if base is not None and first is not None and labels.shown and (cell := _joined(first, base, tally)):
            tally.blank(cell)
        return
    if base is None:
        _unknown_row(job, labels, tally)
    for spot in figures:
        column = columns[spot.column]
        meaning = _joined(column, base, tally) if base is not None and column is not None else None
        label = _label(labels, band.paths[spot.column])
        year = column.year if column else 0
        cell = meaning or tally.local(job.title, labels.shown, *band.paths[spot.column])
        tally.state(spot, cell, job.unit, label, job.title, year=year)


def _row(labels: Labels, near: list[str], tally: Tally) -> Meaning | None:
    """What a row's labels say; `near` keeps the codes above, for rows that print names alone."""
    if labels.code:
        dimension = tally.book.dimension_of(labels.code)
        code = tally.book.kept(dimension, labels.code, labels.name)
        near[:] = [code, *(above for above in near if code.startswith(above) and above != code)]
        return Meaning("", ((dimension, code),))
    if labels.total:
        return Meaning()
    meaning = meaning_of(labels.name) if labels.name else None
    if meaning is not None and labels.name:
        return meaning
    for dimension in (FUNCTION, ECONOMIC):
        code_found = tally.book.named(dimension, labels.name, near)
        if code_found:
            near[:] = [code_found, *(above for above in near if code_found.startswith(above))]
            return Meaning("", ((dimension, code_found),))
    return None


def _joined(column: Meaning | None, row: Meaning, tally: Tally) -> Cell | None:
    """The cell of a column and a row. 人员经费 over a row of 301 adds nothing: the row is the more exact."""
    if column is None:
        return None
    own = dict(row.dimensions)
    dimensions = {**dict(column.dimensions), **own}
    if ECONOMIC in own and dict(column.dimensions).get(ECONOMIC, "") not in ("", "personnel", "public"):
        return None
    return tally.cell(
        Meaning(row.concept or column.concept, tuple(dimensions.items()), column.measure or row.measure)
    )


def _label(labels: Labels, path: tuple[str, ...]) -> str:
    head = next((text for text in reversed(path) if meaning_of(text) != Meaning()), "")
    name = labels.name or labels.shown
    return f"{name}（{head}）" if head and name else name or head or "合计"


def _unknown_row(job: TableJob, labels: Labels, tally: Tally) -> None:
    what = f"《{job.title}》的“{labels.shown or '无名称'}”行不认识，行内的数只按本行自己的名称读入"
    tally.tell("row_unknown", what, job.title)
