"""The “三公” table in all its shapes: one row of columns, two rows, a list, with counts or with 会议费 and 培训费."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingzhang.facts import Cell
from mingzhang.numbers import Unit, unit_named
from mingzhang.read.recognise.grid import Spot
from mingzhang.read.recognise.job import TableJob
from mingzhang.read.recognise.shape import Band, labels_of
from mingzhang.read.recognise.tally import Tally
from mingzhang.read.recognise.wording import (
    Meaning,
    local_name,
    meaning_of,
    settled,
    term,
    three_public_concept,
)

_ALL = "three_public_spending"
_BEYOND = re.compile(r"会议费|培训费|机关运行经费")
_TOTAL = re.compile(r"(?:本年)?(?:合计|小计|总计|共计)\Z")
_ASIDE = re.compile(r"栏次|统计数|相关统计|实物量")
_MENTIONS = re.compile(r"费|经费|支出|批次|人次|团组|保有量|购置数|用车|辆|设备|采购|合同")


def read_three_public(job: TableJob, tally: Tally) -> None:
    """State every figure: the heads over it and the label before it together name the item and the measure."""
    grid, body = job.grid, range(job.shape.body, job.shape.bottom)
    heads = [text for band in job.shape.bands for path in band.paths.values() for text in path]
    names = [labels_of(grid, row, band).name for band in job.shape.bands for row in body]
    whole = job.kind.name == "operation_information" or not any(map(_BEYOND.search, (*heads, *names)))
    for band in job.shape.bands:
        rows = _Rows(whole)
        for row in body:
            label = labels_of(grid, row, band).name
            spots = [
                spot
                for column in band.values
                if (spot := grid.at(row, column)) and (spot.row, spot.column) == (row, column)
            ]
            _read_row(job, band, spots, label, rows.named(label), whole, tally)


class _Rows:
    """Goes down the labels of a list; 合计 in it is the three together unless the table has other fees too."""

    def __init__(self, whole: bool) -> None:
        self._whole = whole
        self._current = ""

    def named(self, label: str) -> str | None:
        """The concept of a row; None where the row names something nobody knows, empty where it names nothing."""
        concept = three_public_concept(label)
        if concept:
            self._current = concept
            return concept
        words = term(label)
        if _TOTAL.match(words):
            vehicles = self._current.startswith("official_vehicle") and words == "小计"
            return "official_vehicle_spending" if vehicles else (_ALL if self._whole else None)
        return "" if meaning_of(label) is not None else None


def _read_row(
    job: TableJob,
    band: Band,
    spots: Sequence[Spot],
    label: str,
    named: str | None,
    whole: bool,
    tally: Tally,
) -> None:
    figures = [spot for spot in spots if spot.figure is not None]
    row = meaning_of(label) or Meaning()
    for spot in spots:
        path = band.paths[spot.column]
        concept = _concept(named, _over(path), whole)
        measure = _measure(path)
        cell = None
        if concept:
            own = settled(row.with_(measure), job.budget).measure
            cell = tally.cell(_without_unknown(Meaning(concept, job.kind.dimensions, own), tally))
        if spot.figure is None:
            if figures and spot.blank and cell is not None:
                tally.blank(cell)
            continue
        shown = next((text for text in reversed(path) if meaning_of(text) is None), "")
        cell = cell or tally.local(job.title, label, *path)
        tally.state(
            spot, cell, _unit(cell, job.unit, tally, (label, *path)), label or shown or "合计", job.title
        )
    if not figures and named:
        blank = tally.cell(_without_unknown(Meaning(named, job.kind.dimensions), tally))
        if blank is not None:
            tally.blank(blank)


def _concept(row: str | None, column: str | None, whole: bool) -> str | None:
    """What row and column name together; None where either is unknown. Bare 合计 is the three where they are the whole."""
    if row is None or column is None:
        return None
    if column and row in ("", _ALL):
        return column
    return row or (_ALL if whole else None)


def _over(path: Sequence[str]) -> str | None:
    """The concept that the heads over a column name, the lowest of them; empty for none, None for an unknown fee."""
    found = ""
    for text in path:
        concept = three_public_concept(text)
        if concept:
            found = concept
        elif meaning_of(text) is None and _MENTIONS.search(text) and not _ASIDE.search(text):
            return None
    return found


def _measure(path: Sequence[str]) -> Meaning:
    """What the heads say of the measure and the year: 预算数, 上年决算数."""
    whole = Meaning()
    for text in path:
        part = meaning_of(text)
        if part is not None:
            whole = whole.with_(Meaning(measure=part.measure, year=part.year))
    return whole


def _without_unknown(meaning: Meaning, tally: Tally) -> Meaning:
    """The meaning without dimensions that its concept has not: counts and operating costs state no fund."""
    kept = tuple((name, code) for name, code in meaning.dimensions if tally.book.has(meaning.concept, name))
    return Meaning(meaning.concept, kept, meaning.measure)


def _unit(cell: Cell, money: Unit, tally: Tally, texts: Sequence[str]) -> Unit:
    concept = tally.book.concept(cell.concept)
    if concept is not None:
        return concept.unit if concept.unit.kind != "money" else money
    counted = re.search(
        r"\((人次?|个|辆|台|批次?|台、?套|团组)\)", "".join(texts).replace("（", "(").replace("）", ")")
    )
    if counted:
        return unit_named(counted[1])
    return money


def fund_of(title: str, year: int) -> str:
    """The fund that a “三公” table is of: as its title says, else as the forms of the year have it.

    >>> fund_of("一般公共预算财政拨款“三公”经费支出决算表", 2023), fund_of("“三公”经费支出表", 2023)
    ('general_public_budget', 'fiscal')
    """
    words = local_name(title)
    if "政府性基金" in words and "一般公共预算" not in words:
        return "government_managed_funds"
    if "一般公共预算" in words:
        return "general_public_budget"
    if "财政拨款" in words:
        return "fiscal"
    return "general_public_budget" if year <= 2021 else "fiscal"
