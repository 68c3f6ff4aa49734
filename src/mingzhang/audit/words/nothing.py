"""What a report says it does not have (没有…支出, 本表无数据) against its figures, and empty forms without a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words
from mingzhang.audit.words.phrases import Nothing
from mingzhang.documents import Table
from mingzhang.facts import ACTUAL, Statement

_NONE = r"(?:没有|无|未发生|未安排)(?:使用|发生|安排)?"
_WHAT = "(?:的|预算|财政拨款|安排|决算|收入|支出|收支|经费|和|、)*"
_ELSEWHERE = re.compile(r"\d(?:万元|元|%)|除|以外|如果|若|的,")
_SAYS_NOTHING = re.compile(r"没有|无|空表|未发生|未安排|不涉及")
_NO_DATA = re.compile(r"(?:本|此|该)表(?:无|没有)数据|(?:为|是|故)空表")
_NEAR = 6
_BASIS = "没有数据的表也应公开空表并作说明"


def check(words: Words) -> Iterator[Remark]:
    """Statements of nothing beside figures, then empty forms that nothing is said of."""
    for subject in words.phrases.nothing:
        yield from _denied(words, subject)
    for at, block in enumerate(words.document.blocks):
        if isinstance(block, Table):
            yield from _denied_below(words, at, block)
            yield from _unsaid(words, at, block)


def _denied(words: Words, subject: Nothing) -> Iterator[Remark]:
    """Sentences that begin with having none of a subject whose figures are printed elsewhere."""
    begins = re.compile(rf"(?P<who>[^。;:]{{0,60}}?){_NONE}{subject.words.pattern}(?P<what>{_WHAT})[,。]")
    for line in words.lines:
        match = begins.match(line.plain) if line.kind != "heading" and line.part_kind != "glossary" else None
        if match is None or _ELSEWHERE.search(match["who"]) or not _this_year(match["who"], words.year):
            continue
        sentence = line.plain[match.start() :].partition("。")[0]
        figures = [each for each in _figures(words, subject, sentence) if not _inside(words, each, line)]
        if len({each.places[0].start for each in figures}) > 1 or any(
            each.source == "text" for each in figures
        ):
            yield words.remark(
                "nothing_said",
                "warning",
                f"说没有{subject.name}{match['what']}，但{figures[0].context or '别处'}有数：{figures[0].shown}",
                [line.spot(match.start(), match.end())],
                "核对有无发生，改正说明或数字",
                statements=figures[:3],
            )


def _this_year(text: str, year: int) -> bool:
    return all(int(found) == year for found in re.findall(r"20\d\d(?=年)", text))


def _figures(words: Words, subject: Nothing, sentence: str) -> list[Statement]:
    """The year's actual figures of a subject that are not zero; of income or spending only where only that is denied."""
    found = []
    for each in words.statements:
        place = each.coordinate
        if place.measure != ACTUAL or place.period != str(words.year) or each.printed.value == 0:
            continue
        if place.concept in ("revenue", "expenditure"):
            word = "收入" if place.concept == "revenue" else "支出"
            if word not in sentence:
                continue
        for cell in subject.cells:
            if cell.concept == place.concept and set(cell.dimensions) <= set(place.dimensions):
                found.append(each)
                break
    return found


def _inside(words: Words, statement: Statement, line: Line) -> bool:
    return any(each.id == statement.id for each in words.statements_of(line))


def _denied_below(words: Words, at: int, table: Table) -> Iterator[Remark]:
    """“本表无数据” under a table that has figures."""
    spots = [line.spot() for line in _near(words, at) if _NO_DATA.search(line.plain)]
    figures = [
        each
        for each in words.statements
        if each.source == "table" and each.context == table.title and each.printed.value != 0
    ]
    if spots and len(figures) > 1 and table.name:
        yield words.remark(
            "nothing_said",
            "warning",
            f"《{table.title}》有数，表下却说明没有数据",
            spots,
            "删去说明，或核对表中数字",
            statements=figures[:3],
        )


def _unsaid(words: Words, at: int, table: Table) -> Iterator[Remark]:
    """An empty form under which nothing says that there was nothing, where the edition asks for a statement."""
    form = (
        next((each for each in words.edition.forms if each.name == table.name), None)
        if words.edition
        else None
    )
    if not table.empty or table.name not in words.empty_forms or form is None or not form.empty_statement:
        return
    near = [line for line in _near(words, at) if not line.plain.startswith(("注:本表反映", "本表反映"))]
    if any(_SAYS_NOTHING.search(text) for text in (*table.notes, *(line.plain for line in near))):
        return
    spots = [
        Spot(cell.located, 0, len(cell.located))
        for row in (*table.header, *table.body)
        for cell in row.cells
        if cell.located and len(cell.located)
    ][:1]
    if spots:
        yield words.remark(
            "empty_form",
            "notice",
            f"《{table.title}》是空表，表下没有说明",
            spots,
            "在表下说明没有此项收支，故本表无数据",
            basis=_BASIS,
        )


def _near(words: Words, at: int) -> list[Line]:
    """The lines between a table and the next one, as many as may be its notes."""
    found: list[Line] = []
    blocks = words.document.blocks
    for line in words.lines:
        if line.at <= at:
            continue
        if line.at > at + _NEAR or any(isinstance(block, Table) for block in blocks[at + 1 : line.at]):
            break
        if line.kind in ("heading", "caption"):
            break
        found.append(line)
    return found
