"""The engine's own short state tables (通用状态表): of activities, and of registry entries and targets, where a line states none."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.casework.access import letters
from mingzhang.casework.definitions import Kind, Line, Shape, State, StateTable, Transition

CONFIRMED = "confirmed"
"""The state in which an activity counts."""


def with_table(line: Line, kind: Kind) -> Kind:
    """The kind with a state table: its own, else the short one of its shape, for the roles of the line."""
    if kind.states is not None:
        return kind
    table = _activity(line) if kind.shape in (Shape.ACTIVITY, Shape.STREAM) else _entry(line)
    return replace(kind, states=table)


def _activity(line: Line) -> StateTable:
    """Entered, submitted, then confirmed by who approves, or sent back; a confirmed one is only corrected."""
    writers, confirmers = _roles(line, "WO"), _roles(line, "A") or (line.department_role,)
    return StateTable(
        1,
        (
            State("draft", "草稿"),
            State("submitted", "待确认"),
            State("returned", "退回修改"),
            State(CONFIRMED, "已确认", final=True),
            State("dropped", "已作废", final=True),
        ),
        (
            Transition("enter", "登记", (), "draft", writers),
            Transition("submit", "提交", ("draft", "returned"), "submitted", writers),
            Transition("confirm", "确认", ("submitted",), CONFIRMED, confirmers),
            Transition("return", "退回", ("submitted",), "returned", confirmers),
            Transition("drop", "作废", ("draft", "returned"), "dropped", writers),
        ),
    )


def _entry(line: Line) -> StateTable:
    """In the registry from a day to a day."""
    writers = _roles(line, "WA")
    return StateTable(
        1,
        (State("registered", "在册"), State("ended", "已注销", final=True)),
        (
            Transition("enter", "登记", (), "registered", writers),
            Transition("change", "变更", ("registered",), "", writers),
            Transition("end", "注销", ("registered",), "ended", writers),
            Transition("reopen", "恢复", ("ended",), "registered", writers),
        ),
    )


def _roles(line: Line, wanted: str) -> tuple[str, ...]:
    """Roles of the line with any of the letters; whoever only approves does not write."""
    held = {role: letters(line.access, role) & set(line.access[role]) for role in line.access}
    return tuple(role for role, own in held.items() if own & set(wanted))
