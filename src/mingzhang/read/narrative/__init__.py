"""Running text → statements: what each sentence of a report says, at coordinates of the cube or local ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.documents import Document, Heading, Paragraph
from mingzhang.facts import Statement, Tie, Vocabulary
from mingzhang.forms.subject import Subject
from mingzhang.read.narrative.attribution import attributed
from mingzhang.read.narrative.averages import averages
from mingzhang.read.narrative.contexts import Context, kind_of, within
from mingzhang.read.narrative.done_and_open import done_and_open
from mingzhang.read.narrative.lists import SaidParagraph, list_ties
from mingzhang.read.narrative.periods import nested_periods
from mingzhang.read.narrative.repeats import (
    budgets_of_items,
    evaluated,
    projects,
    rates,
    repeated,
    same_projects,
    shares_of_known,
)
from mingzhang.read.narrative.same_words import said_again
from mingzhang.read.narrative.sentences import Reader, Said, strict_interval
from mingzhang.read.narrative.subjects import Namer

_NOT_RUNNING = frozenset({"note", "caption"})
_TITLE = 80
_HABIT = 0.5
"""The share of figures with decimals that must print the same number of them to be a habit."""


def narrate(
    document: Document,
    subjects: Sequence[Subject],
    vocabulary: Vocabulary,
    entity: str,
    year: int,
    tables: Sequence[Statement] = (),
    *,
    budget: bool = False,
) -> tuple[tuple[Statement, ...], tuple[Tie, ...]]:
    """Every statement of the running text, in reading order, numbered n1, n2, …, and the ties its words state.

    Where the words leave the fund open (“三公”经费), the tables' statements say which one the report means.
    `budget` says that the report is one: its figures are then what it arranges, compared with last year's budget.
    """
    namer = Namer(subjects, vocabulary, _funds(tables), _printed(tables))
    reader = Reader(namer, document.pages, document.title, entity, year, budget)
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    fiscal_apart = any(kind_of(each) == "general_budget" for each in headings)
    context, count = _titled(document), 0
    paragraphs: list[SaidParagraph] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            context = within(context, block.level, block.text, fiscal_apart)
        elif isinstance(block, Paragraph) and block.located and block.kind not in _NOT_RUNNING:
            said = [
                Said(each.span, replace(each.statement, id=f"n{number}"))
                for number, each in enumerate(
                    attributed(block.located.text, [*reader.said(block.located, context)]), count + 1
                )
            ]
            count += len(said)
            paragraphs.append(SaidParagraph(block.located.text, tuple(said)))
    statements = [each.statement for paragraph in paragraphs for each in paragraph.said]
    ties = (
        *list_ties(paragraphs, vocabulary),
        *repeated(statements),
        *said_again(paragraphs),
        *done_and_open(paragraphs),
        *rates(paragraphs),
        *averages(paragraphs),
        *projects(statements),
        *same_projects(statements),
        *nested_periods(statements),
        *shares_of_known(statements, tables),
        *evaluated(statements, tables),
        *budgets_of_items(statements),
    )
    return tuple(_with_habits(statements)), ties


def _titled(document: Document) -> Context:
    """What a publication of one section only is on, as its title says: “三公”经费 alone are published more often than not."""
    first = next((block for block in document.blocks if isinstance(block, Heading | Paragraph)), None)
    title = first.text if first and len(first.text) <= _TITLE and "。" not in first.text else ""
    kind = kind_of(title)
    return Context(kind, title) if kind in ("three_public", "procurement", "operating") else Context()


def _funds(tables: Sequence[Statement]) -> dict[str, str]:
    """The fund under which the tables print each concept that has only one there."""
    found: dict[str, set[str]] = defaultdict(set)
    for statement in tables:
        found[statement.coordinate.concept].add(statement.coordinate.get("fund") or "")
    return {concept: funds.pop() for concept, funds in found.items() if len(funds) == 1}


def _printed(tables: Sequence[Statement]) -> dict[str, set[str]]:
    """The functional and economic codes that the tables print."""
    found: dict[str, set[str]] = defaultdict(set)
    for statement in tables:
        for dimension in ("function", "economic"):
            if code := statement.coordinate.get(dimension):
                found[dimension].add(code)
    return found


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
