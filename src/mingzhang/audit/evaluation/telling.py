"""Findings on forms in Chinese: which form, which cells, which figures elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.audit.evaluation.sheet import Sheet, Value
from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Spot, Words
from mingzhang.facts import Statement, Verdict

BASIS = "项目支出绩效自评表及填表说明（财预〔2020〕10号）"


def remark(
    words: Words, rule: str, message: str, proof: tuple[Value | None, ...], first: Value, computed: str, remedy: str,
    *, statements: Sequence[Statement] = (), severity: str = "error", verdict: Verdict = Verdict.CONTRADICTION,
) -> Remark:  # fmt: skip
    """A remark on cells of a form, and on figures elsewhere that take part."""
    cells = [value.cell.located for value in proof if value is not None and value.cell.located]
    spots = [Spot(text, 0, len(text)) for text in cells if len(text)]
    found = words.remark(rule, severity, message, spots, remedy, basis=BASIS, statements=statements)
    return replace(
        found,
        verdict=verdict,
        published=first.cell.text.strip(),
        computed=computed,
        arithmetic=message.partition("：")[2],
    )


def name_of(sheet: Sheet) -> str:
    """How a form is called in a message."""
    return f"《{sheet.title}》" if sheet.title else "自评表"


def shown_of(value: Value) -> str:
    """A number as printed."""
    return value.printed.text
