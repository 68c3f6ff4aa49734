"""Running text → statements: what each sentence of a report says, at coordinates of the cube or local ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.documents import Document, Heading, Paragraph
from mingzhang.facts import Statement, Vocabulary
from mingzhang.forms.subject import Subject
from mingzhang.read.narrative.contexts import Context, within
from mingzhang.read.narrative.sentences import Reader, strict_interval
from mingzhang.read.narrative.subjects import Namer

_TITLE = re.compile(r"(?P<name>[一-龥]{3,30}?)(?P<year>20[12]\d)年度?(?:部门|单位)?决算")
_BEFORE_NAME = re.compile(r"^(?:第[一二三四五六七八九十]+部分|纳入|根据|现将|附件?)+")
_YEAR = re.compile(r"(20[12]\d)年度")
_HABIT = 0.5
"""The share of figures with decimals that must print the same number of them to be a habit."""


def whose(document: Document) -> tuple[str, int]:
    """The department and the year that a report speaks of, as most of its headings and sentences say; "" and 0 unknown."""
    texts = [
        block.located.text
        for block in document.blocks
        if isinstance(block, Heading | Paragraph) and block.located
    ]
    titles = [found for text in texts if len(text) < 60 for found in _TITLE.finditer(text)]
    names = Counter(_BEFORE_NAME.sub("", found["name"]) for found in titles)
    years = Counter(int(year) for text in texts for year in _YEAR.findall(text))
    return (
        names.most_common(1)[0][0] if names else "",
        years.most_common(1)[0][0] if years else 0,
    )


def narrate(
    document: Document, subjects: Sequence[Subject], vocabulary: Vocabulary, entity: str, year: int
) -> tuple[Statement, ...]:
    """Every statement of the running text, in reading order, numbered f1, f2, …."""
    reader = Reader(Namer(subjects, vocabulary), document.pages, document.title, entity, year)
    context = Context()
    found: list[Statement] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            context = within(context, block.level, block.text)
        elif isinstance(block, Paragraph) and block.located:
            found.extend(reader.statements(block.located, context, "f"))
    numbered = [replace(statement, id=f"f{number}") for number, statement in enumerate(found, 1)]
    return tuple(_with_habits(numbered))


def _with_habits(statements: Sequence[Statement]) -> list[Statement]:
    """The same statements, those that print fewer decimals than the report's habit with their narrower reading."""
    habits = {unit: _habit(statements, unit) for unit in ("万元", "%")}
    return [
        replace(statement, strict=strict_interval(statement, habits.get(statement.printed.unit.chinese, 0)))
        for statement in statements
    ]


def _habit(statements: Sequence[Statement], unit: str) -> int:
    decimals = Counter(
        statement.printed.decimals
        for statement in statements
        if statement.printed.unit.chinese == unit and statement.printed.decimals
    )
    if sum(decimals.values()) < 5:
        return 0
    most, times = decimals.most_common(1)[0]
    return most if times >= _HABIT * sum(decimals.values()) else 0
