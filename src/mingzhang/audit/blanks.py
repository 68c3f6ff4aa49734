"""Rows that a table prints without a figure, and amounts that the text prints for them: the table says there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mingzhang.audit.phrases import named
from mingzhang.audit.remark import Remark
from mingzhang.facts import Statement, Verdict


def beyond_blanks(statements: Sequence[Statement], blank: Collection[str]) -> Iterator[Remark]:
    """Amounts of the text whose table row is blank, each coordinate once. A text that prints 0 agrees with the row."""
    told: set[str] = set()
    for each in at_blanks(statements, blank):
        at = str(each.coordinate)
        if not each.fact.interval.contains(0) and at not in told:
            told.add(at)
            yield Remark(
                "blank_row",
                Verdict.WORDING,
                "warning",
                f"{named(each)}在文字中印作{each.shown}，表中该项却是空白",
                each.places,
                (each.id,),
                each.shown,
                remedy="核对决算表：有数的填入表中，没有的改正文字",
                basis="表中空白即没有数",
            )


def at_blanks(statements: Sequence[Statement], blank: Collection[str]) -> Iterator[Statement]:
    """Statements of the text at coordinates that tables print blank, and nowhere with a figure."""
    tabled = {str(each.coordinate) for each in statements if each.source == "table"}
    for each in statements:
        at = str(each.coordinate)
        if each.source == "text" and at in blank and at not in tabled and not each.approximate:
            yield each
