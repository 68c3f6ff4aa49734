"""One table: read as its kind is read, and given back with head, body, unit and notes told apart."""

from __future__ import annotations

import re
from dataclasses import replace

from mingzhang.documents import Table, TableRow
from mingzhang.facts import ADJUSTED_BUDGET, INITIAL_BUDGET, Cell, Measure
from mingzhang.forms import Edition
from mingzhang.numbers import Unit
from mingzhang.read.recognise.coded import read_coded
from mingzhang.read.recognise.gather import Found
from mingzhang.read.recognise.job import TableJob
from mingzhang.read.recognise.other import read_other
from mingzhang.read.recognise.performance import read_performance
from mingzhang.read.recognise.shape import Shape, shape
from mingzhang.read.recognise.tally import Tally
from mingzhang.read.recognise.three_public import fund_of, read_three_public
from mingzhang.read.recognise.two_sided import read_two_sided
from mingzhang.read.recognise.wording import term, three_public_concept
from mingzhang.read.texts import alike, plain

_INITIAL = re.compile(r"预算数(?:为|是|指).{0,20}年初预算|年初预算数")
_ADJUSTED = re.compile(r"预算数(?:为|是|指).{0,20}(?:全年|调整)预算|(?:全年|调整后的?)预算数")


def read_table(found: Found, unit: Unit, edition: Edition, fixed: dict[str, Cell], tally: Tally) -> Table:
    """State the figures of one table and give the table back structured."""
    before = len(tally.statements)
    inside, kind = found.frame, found.kind
    seen = shape(found.grid, inside.top, inside.bottom, lambda text: names_row(text, fixed))
    title = found.caption.title or _form_title(kind.name, edition) or "未命名的表"
    if kind.layout == "three_public":
        kind = replace(kind, dimensions=(("fund", fund_of(found.caption.title, tally.year)),))
    job = TableJob(found.grid, seen, kind, unit, title, _budget(found, edition))
    if kind.layout == "coded":
        read_coded(job, tally)
    elif kind.layout == "two_sided":
        read_two_sided(job, tally, fixed)
    elif kind.layout == "three_public":
        read_three_public(job, tally)
    elif kind.layout == "performance":
        read_performance(found.grid, title, unit, tally)
    elif kind.layout == "other":
        read_other(job, tally)
    tally.with_habits(before)
    _tell_unread(job, len(tally.statements) - before, tally)
    return _structured(found, seen, unit, title, empty=len(tally.statements) == before)


def names_row(text: str, fixed: dict[str, Cell]) -> bool:
    """Whether a text names a row that some form prints."""
    return alike(term(text)) in fixed or (bool(three_public_concept(text)) and text[:1].isdigit())


def _form_title(name: str, edition: Edition) -> str:
    return next((form.title for form in edition.forms if form.name == name), "")


def _budget(found: Found, edition: Edition) -> Measure:
    """Which budget 预算数 means: as head or notes say, else as the edition's own form has it."""
    words = "".join(map(plain, (*found.notes, *found.texts)))
    for pattern, measure in ((_INITIAL, INITIAL_BUDGET), (_ADJUSTED, ADJUSTED_BUDGET)):
        if pattern.search(words):
            return measure
    form = next((form for form in edition.forms if form.name == "three_public"), None)
    stated = (column.cell.measure for column in form.columns if column.cell) if form else ()
    return next((measure for measure in stated if measure.kind.endswith("budget")), ADJUSTED_BUDGET)


def _tell_unread(job: TableJob, stated: int, tally: Tally) -> None:
    """Say how many figures of the body were not read at all."""
    if job.kind.layout in ("performance", "data"):
        return
    values = {column for band in job.shape.bands for column in band.values}
    printed = sum(
        spot.figure is not None and spot.column in values
        for row in range(job.shape.body, job.shape.bottom)
        for spot in job.grid.anchored[row]
    )
    if printed > stated:
        tally.tell("figures_unread", f"《{job.title}》有{printed - stated}个数没有读入", job.title)


def _structured(found: Found, seen: Shape, unit: Unit, title: str, *, empty: bool) -> Table:
    rows = found.grid.rows
    header = tuple(
        TableRow(rows[row].cells, "numbers" if row in seen.numbers else "header")
        for row in range(seen.top, seen.body)
    )
    return replace(
        found.table,
        title=title,
        header=header,
        body=rows[seen.body : seen.bottom],
        number=found.caption.number,
        entity=found.caption.entity,
        unit=unit.chinese,
        notes=found.notes,
        empty=empty,
        name=found.kind.name,
    )
