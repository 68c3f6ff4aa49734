"""Tables that no edition knows: every figure at a local coordinate, and the sums that the table's own words state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from mingzhang.facts import Statement, Tie
from mingzhang.numbers import PERCENT, Unit, unit_named
from mingzhang.read.recognise.grid import Spot
from mingzhang.read.recognise.job import TableJob
from mingzhang.read.recognise.shape import TOTALS, Band, Labels, labels_of
from mingzhang.read.recognise.tally import Tally
from mingzhang.read.recognise.wording import term
from mingzhang.read.texts import plain

_COUNTED = re.compile(r"\((人次?|个|辆|台|件|项|批次?|户|家|次|场次?|台\(?套\)?)\)|(?:人)数\Z")
_NO_AMOUNT = re.compile(r"年份|年度\Z|时间|日期|序号|编号|电话|比例|占比|增长|增幅|%|率|排名|面积")
_PART = re.compile(r"其中|\(\d+\)|\d+[.、]")
Row = tuple[Labels, dict[int, Statement]]


def read_other(job: TableJob, tally: Tally) -> None:
    """State every figure of the table and tie its totals: 合计 rows over their rows, 合计 columns over theirs."""
    for band in job.shape.bands:
        rows: list[Row] = []
        for row in range(job.shape.body, job.shape.bottom):
            labels = labels_of(job.grid, row, band)
            stated: dict[int, Statement] = {}
            for column in band.values:
                spot = job.grid.at(row, column)
                if spot is None or (spot.row, spot.column) != (row, column) or spot.figure is None:
                    continue
                statement = _state(job, band, spot, labels, tally)
                if statement is not None:
                    stated[column] = statement
            if labels.shown or stated:
                rows.append((labels, stated))
        _tie_rows(band, rows, tally)
        _tie_columns(band, rows, tally)


def _state(job: TableJob, band: Band, spot: Spot, labels: Labels, tally: Tally) -> Statement | None:
    path = band.paths[spot.column]
    heads = "".join(map(plain, path))
    counted = _COUNTED.search(heads) or _COUNTED.search(plain(labels.name))
    unit: Unit = job.unit
    if spot.text.endswith("%") or "占比" in heads or "比例" in heads:
        unit = PERCENT
    elif counted or ("." not in spot.text and "元" not in heads and not job.title.endswith("决算表")):
        unit = unit_named((counted[1] if counted and counted[1] else "") or "个")
        if "." in spot.text:
            unit = job.unit
    label = (
        f"{labels.name or labels.shown}（{path[-1]}）"
        if path and labels.shown
        else labels.shown or "".join(path[-1:])
    )
    return tally.state(spot, tally.local(job.title, labels.shown, *path), unit, label or job.title, job.title)


def _tie_rows(band: Band, rows: Sequence[Row], tally: Tally) -> None:
    """A 合计 row is the sum of the rows that are no part of another; only where one column already shows it."""
    totals = [number for number, (labels, _) in enumerate(rows) if term(labels.name) in TOTALS]
    if len(totals) != 1 or len(rows) < 3 or totals[0] not in (0, len(rows) - 1):
        return
    others = [row for number, row in enumerate(rows) if number != totals[0]]
    codes = [len(labels.code) for labels, _ in others if labels.code]
    if codes:
        others = [row for row in others if len(row[0].code) == min(codes)]
    elif any(_PART.match(plain(labels.name)) for labels, _ in others):
        others = [row for row in others if not _PART.match(plain(row[0].name))]
    ties: list[Tie] = []
    for column in band.values:
        if _NO_AMOUNT.search("".join(band.paths[column])):
            continue
        total = rows[totals[0]][1].get(column)
        parts = [stated[column] for _, stated in others if column in stated]
        if total is not None and len(parts) > 1:
            ties.append(_sum(total, parts, "合计行等于各行之和"))
    _keep(ties, tally)


def _tie_columns(band: Band, rows: Sequence[Row], tally: Tally) -> None:
    """A 合计 or 小计 column is the sum of the columns beside it under the same head."""
    for column in band.values:
        path = band.paths[column]
        if not path or term(path[-1]) not in (*TOTALS, "小计"):
            continue
        beside = [
            other
            for other in band.values
            if other != column
            and band.paths[other][: len(path) - 1] == path[:-1]
            and len(band.paths[other]) == len(path)
            and not _NO_AMOUNT.search("".join(band.paths[other]))
        ]
        ties = []
        for _, stated in rows:
            parts = [stated[other] for other in beside if other in stated]
            if column in stated and len(parts) > 1:
                ties.append(_sum(stated[column], parts, f"“{path[-1]}”栏等于各栏之和"))
        _keep(ties, tally)


def _sum(total: Statement, parts: Sequence[Statement], words: str) -> Tie:
    terms = ((Fraction(-1), total.id), *((Fraction(1), part.id) for part in parts))
    return Tie("total", "sum", terms, chinese=words, certain=False)


def _keep(ties: Sequence[Tie], tally: Tally) -> None:
    """Keep sums only where the table is seen to be built so: at least half of them hold in print."""
    known = {statement.id: statement for statement in tally.statements}
    same = [tie for tie in ties if len({known[name].printed.unit.kind for name in tie.variables}) == 1]
    holding = sum(_holds(tie, known) for tie in same)
    if holding and 2 * holding >= len(same):
        tally.ties.extend(same)


def _holds(tie: Tie, known: dict[str, Statement]) -> bool:
    total, *parts = (known[name].fact.interval for name in tie.variables)
    return sum(parts[1:], start=parts[0]).meets(total)
