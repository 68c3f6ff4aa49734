"""State tables (状态表): which steps a record offers to a role on a day, why others are refused, and whether a table holds together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mingzhang.casework.access import ROLES
from mingzhang.casework.definitions import Guard, State, StateTable, Transition, View
from mingzhang.casework.predicates import meets
from mingzhang.documents import Problem

AFTER_THE_END = frozenset({"correct", "reopen", "archive"})
"""What a final state still accepts, besides steps that open a child record and keep the state."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes a step: the roles held in the line on that day, and a name to compare a second person with the first."""

    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A step from the record's state, and why it cannot be taken now; none where it can."""

    transition: Transition
    refusals: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the step may be taken."""
        return not self.refusals


def state_of(table: StateTable, state_id: str) -> State | None:
    """The state by its id."""
    return next((state for state in table.states if state.id == state_id), None)


def from_state(table: StateTable, state_id: str) -> Iterator[Transition]:
    """The transitions that begin in the state; from "" those that open a record."""
    for transition in table.transitions:
        if state_id in transition.sources or (not state_id and not transition.sources):
            yield transition


def transition_for(table: StateTable, state_id: str, action: str, view: View) -> Transition | None:
    """The transition of an action: among several of one action the first whose `where` the record meets."""
    same = [each for each in from_state(table, state_id) if each.action == action]
    return next((each for each in same if meets(view, each.where)), None)


def offered(
    table: StateTable, view: View, actor: Actor, today: date, guards: Mapping[str, Guard]
) -> tuple[Offer, ...]:
    """What may be done with the record now, and why what its state would allow may not. Steps of the nightly run are left out.

    Guards are asked with an empty payload: they tell what is missing so far.
    """
    return tuple(
        Offer(each, (*_role(each, actor), *asked(each, view, {}, today, guards)))
        for each in from_state(table, str(view.get("state") or ""))
        if not each.automatic and meets(view, each.where)
    )


def refusals(
    table: StateTable,
    view: View,
    action: str,
    payload: View,
    actor: Actor,
    *,
    occurred_on: date,
    today: date,
    last_on: date | None = None,
    drafted_by: str = "",
    guards: Mapping[str, Guard],
) -> tuple[Problem, ...]:
    """Why the step may not be taken; nothing where it may. Each of E-STATE, E-ROLE, E-SELF, E-ORDER and the guards is told, not only the first.

    `last_on` is the day of the record's last event, `drafted_by` who drafted a step that a second person now approves.
    """
    state_id = str(view.get("state") or "")
    transition = transition_for(table, state_id, action, view)
    if transition is None:
        return (_no_such_step(table, state_id, action),)
    return (
        *_role(transition, actor),
        *_self(transition, actor, drafted_by),
        *_order(occurred_on, today, last_on),
        *asked(transition, view, payload, occurred_on, guards),
    )


def asked(
    transition: Transition, view: View, payload: View, today: date, guards: Mapping[str, Guard]
) -> Iterator[Problem]:
    """What the transition's guards say, in their order."""
    for name in transition.guards:
        problem = guards[name](view, payload, today)
        if problem is not None:
            yield problem


def _role(transition: Transition, actor: Actor) -> Iterator[Problem]:
    if actor.roles.isdisjoint(transition.roles):
        allowed = "、".join(ROLES.get(role, role) for role in transition.roles) or "系统每日处理"
        yield Problem(
            "E-ROLE", f"您的岗位不能办理“{transition.chinese}”", transition.chinese, f"请由{allowed}办理。"
        )


def _self(transition: Transition, actor: Actor, drafted_by: str) -> Iterator[Problem]:
    if transition.two_person and drafted_by and actor.name == drafted_by:
        yield Problem(
            "E-SELF",
            f"“{transition.chinese}”由您本人提出，不能由您本人批准",
            transition.chinese,
            "请由另一位有批准权的人员批准。",
        )


def _order(occurred_on: date, today: date, last_on: date | None) -> Iterator[Problem]:
    if occurred_on > today:
        yield Problem("E-ORDER", f"办理日期{occurred_on}晚于今天", "办理日期", "请填写实际发生的日期。")
    if last_on is not None and occurred_on < last_on:
        yield Problem(
            "E-ORDER",
            f"办理日期{occurred_on}早于本件上一步的日期{last_on}",
            "办理日期",
            "请核对日期；上一步的日期有误的，先更正上一步。",
        )


def _no_such_step(table: StateTable, state_id: str, action: str) -> Problem:
    known = next((each.chinese for each in table.transitions if each.action == action), action)
    state = state_of(table, state_id)
    now = (
        f"当前状态是“{state.chinese}”"
        if state
        else (f"状态“{state_id}”不在状态表中" if state_id else "尚未登记")
    )
    steps = "、".join(
        dict.fromkeys(each.chinese for each in from_state(table, state_id) if not each.automatic)
    )
    return Problem(
        "E-STATE",
        f"{now}，不能办理“{known}”",
        known,
        f"现在可以办理：{steps}。" if steps else "本件已经办结，只能更正。",
    )


@dataclass(frozen=True, slots=True)
class TableMistake:
    """What is wrong with a state table: at which state or action, and what to do."""

    at: str
    what: str
    remedy: str


def table_mistakes(
    table: StateTable, guards: Collection[str], roles: Collection[str]
) -> Iterator[TableMistake]:
    """Whether the table holds together: known states, a way in and out of each, known guards and roles, no two rows for one step."""
    ids = [state.id for state in table.states]
    for double in sorted({each for each in ids if ids.count(each) > 1}):
        yield TableMistake(double, f"状态“{double}”写了两次", "删去一个。")
    for transition in table.transitions:
        yield from _transition_mistakes(transition, frozenset(ids), guards, roles)
    yield from _doubled(table)
    yield from _ways(table)


def _transition_mistakes(
    each: Transition, ids: frozenset[str], guards: Collection[str], roles: Collection[str]
) -> Iterator[TableMistake]:
    for state in (*each.sources, *([each.target] if each.target else [])):
        if state not in ids:
            yield TableMistake(
                each.action, f"步骤“{each.action}”用了不存在的状态“{state}”", "改正，或在states中列出它。"
            )
    if not each.sources and not each.target:
        yield TableMistake(each.action, f"步骤“{each.action}”登记了记录却没有状态", "写上to。")
    for guard in each.guards:
        if guard not in guards:
            yield TableMistake(
                each.action, f"步骤“{each.action}”的条件“{guard}”没有函数", "在guards.py中写出该函数。"
            )
    for role in each.roles:
        if role not in roles:
            yield TableMistake(
                each.action, f"步骤“{each.action}”的岗位“{role}”不存在", f"可用：{'、'.join(roles)}。"
            )
    if not each.roles and not each.automatic:
        yield TableMistake(
            each.action, f"步骤“{each.action}”没有岗位可以办理", "写上roles，或写automatic = true。"
        )


def _doubled(table: StateTable) -> Iterator[TableMistake]:
    """Several rows of one action from one state must be told apart by their conditions, but for the last."""
    for state in ("", *(each.id for each in table.states)):
        rows = list(from_state(table, state))
        for action in dict.fromkeys(each.action for each in rows):
            same = [each for each in rows if each.action == action]
            if any(not each.where for each in same[:-1]):
                yield TableMistake(
                    action, f"从同一状态出发的步骤“{action}”写了两次", "用where区分，或删去一个。"
                )


def _ways(table: StateTable) -> Iterator[TableMistake]:
    reached = {each.target for each in table.transitions if not each.sources}
    if not reached:
        yield TableMistake("", "没有登记记录的步骤", "写一个from = []的步骤。")
    growing = True
    while growing:
        more = {
            each.target for each in table.transitions if each.target and not reached.isdisjoint(each.sources)
        } - reached
        reached |= more
        growing = bool(more)
    for state in table.states:
        leaving = [each for each in from_state(table, state.id) if each.target not in ("", state.id)]
        if state.id not in reached:
            yield TableMistake(state.id, f"状态“{state.id}”没有步骤到达", "写一个到达它的步骤，或删去它。")
        if not state.final and not leaving:
            yield TableMistake(
                state.id, f"状态“{state.id}”没有出路", "写一个离开它的步骤，或写final = true。"
            )
        for each in leaving if state.final else ():
            if each.action not in AFTER_THE_END:
                yield TableMistake(
                    state.id,
                    f"终结状态“{state.id}”还能办理“{each.action}”",
                    "终结后只能更正、重新启动、归档。",
                )
