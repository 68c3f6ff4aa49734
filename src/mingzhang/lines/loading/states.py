"""`states.toml`: the state tables of a line's kinds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from mingzhang.casework.access import ROLES
from mingzhang.casework.definitions import (
    DeadlineUse,
    DocumentTemplate,
    FieldType,
    Kind,
    State,
    StateTable,
    Transition,
)
from mingzhang.casework.predicates import SETTABLE, mistakes
from mingzhang.casework.states import table_mistakes
from mingzhang.catalogue.loading.datafile import DataFile
from mingzhang.documents import Problem
from mingzhang.lines.loading.files import at, texts
from mingzhang.lines.loading.kinds import field_named, known_names


def tables_of(file: DataFile) -> dict[str, StateTable]:
    """State tables by kind."""
    return {stated["kind"]: _table(stated) for stated in file.data.get("tables", ())}


def state_problems(
    file: DataFile,
    kinds: Mapping[str, Kind],
    guards: Collection[str],
    documents: Mapping[str, DocumentTemplate],
    families: Collection[str],
) -> Iterator[Problem]:
    """What in the tables contradicts itself, the kinds, the guards, the documents or the rules of deadlines."""
    for stated in file.data.get("tables", ()):
        kind = kinds.get(stated["kind"])
        if kind is None or kind.states is None:
            yield at(file, f"状态表的记录种类“{stated['kind']}”不存在", "改正kind。", stated["kind"])
            continue
        for wrong in table_mistakes(kind.states, guards, ROLES):
            yield at(file, wrong.what, wrong.remedy, kind.id, wrong.at)
        for transition in kind.states.transitions:
            for what, remedy in _mistakes(transition, kind, kinds, documents, families):
                yield at(file, what, remedy, kind.id, transition.action)


def _mistakes(
    each: Transition,
    kind: Kind,
    kinds: Mapping[str, Kind],
    documents: Mapping[str, DocumentTemplate],
    families: Collection[str],
) -> Iterator[tuple[str, str]]:
    step, known = f"步骤“{each.action}”", known_names(kind)
    own = {field.name for field in kind.fields}
    for name in (*each.needs, *each.asks, *(set(each.sets) - SETTABLE), *_named(each)):
        if name not in own:
            yield f"{step}用了不存在的字段“{name}”", "改正字段名，或在kinds.toml中列出它。"
    for name in each.documents:
        if name not in documents:
            yield f"{step}的文书“{name}”没有模板", f"补上documents/{name}.txt，或改正名称。"
    used = (*(use.family for use in each.starts), *each.stops, *each.pauses, *each.resumes)
    for family in (*used, *([each.extends] if each.extends else [])):
        if family not in families:
            yield f"{step}的期限“{family}”没有规则", "在deadline_rules.csv中列出它，或改正编号。"
    for use in each.starts:
        if use.from_field and use.from_field not in known:
            yield f"{step}的期限自不存在的字段“{use.from_field}”起算", "改正字段名。"
        yield from ((f"{step}：{what}", "改正条件。") for what in mistakes(use.where, known))
    yield from ((f"{step}：{what}", "改正条件。") for what in mistakes(each.where, known))
    if each.opens and each.opens not in kinds and "." not in each.opens:
        yield f"{step}打开的记录种类“{each.opens}”不存在", "改正opens。"
    if each.moment and each.moment != "received_at":
        stated = field_named(kind, each.moment)
        if stated is None or stated.type is not FieldType.MOMENT:
            yield f"{step}的时刻“{each.moment}”不是时刻字段", "改正moment。"
    if each.pays:
        amount = field_named(kind, each.pays["amount"])
        if amount is None or amount.type is not FieldType.MONEY:
            yield f"{step}付款的“{each.pays['amount']}”不是金额字段", "改正amount。"


def _named(each: Transition) -> list[str]:
    """Fields whose values an outcome or a written field takes over, as "{field}"."""
    stated = [str(value) for value in (each.outcome, *each.sets.values())]
    named = [value[1:-1] for value in stated if value.startswith("{") and value.endswith("}")]
    return [name for name in named if name != "occurred_on"]


def _table(stated: dict[str, Any]) -> StateTable:
    return StateTable(
        version=stated["version"],
        states=tuple(
            State(each["id"], each["chinese"], each.get("final", False), each.get("holding", False))
            for each in stated["states"]
        ),
        transitions=tuple(_transition(each) for each in stated["transitions"]),
    )


def _transition(stated: dict[str, Any]) -> Transition:
    return Transition(
        action=stated["action"],
        chinese=stated["chinese"],
        sources=texts(stated, "from"),
        target=stated["to"],
        roles=texts(stated, "roles"),
        guards=texts(stated, "guards"),
        needs=texts(stated, "needs"),
        asks=texts(stated, "asks"),
        documents=texts(stated, "documents"),
        starts=tuple(
            DeadlineUse(each["family"], each.get("where", {}), each.get("from_field", ""))
            for each in stated.get("starts", ())
        ),
        stops=texts(stated, "stops"),
        pauses=texts(stated, "pauses"),
        resumes=texts(stated, "resumes"),
        extends=stated.get("extends", ""),
        two_person=stated.get("two_person", False),
        automatic=stated.get("automatic", False),
        moment=stated.get("moment", ""),
        outcome=stated.get("outcome", ""),
        opens=stated.get("opens", ""),
        where=stated.get("where", {}),
        sets=stated.get("sets", {}),
        pays=stated.get("pays", {}),
    )
