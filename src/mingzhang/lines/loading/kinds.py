"""`kinds.toml`: the kinds of records of a line with their fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mingzhang.casework.definitions import Field, FieldType, Kind, PrivacyClass, Shape, StateTable
from mingzhang.casework.documents import SLOT
from mingzhang.casework.fields import CREATION
from mingzhang.casework.numbering import pattern_mistake
from mingzhang.casework.predicates import COMMON_FIELDS
from mingzhang.casework.siblings import ALWAYS, COMMON, anchor_of
from mingzhang.catalogue.loading.datafile import DataFile
from mingzhang.documents import Problem
from mingzhang.lines.loading.files import at, texts

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_OWN_LINE = {"number", "title", "outcome", "key", "line", "kind", "state"}
_NAMED = (FieldType.PERSON, FieldType.ORGANISATION, FieldType.AREA)
"""Fields that hold a key of a registry; conditions, titles and documents may also ask for the name behind it."""

_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
_DAYS = (FieldType.DATE, FieldType.MOMENT)


def kinds_of(file: DataFile, line: str) -> dict[str, Kind]:
    """The kinds by id, without their state tables."""
    return {stated["id"]: _kind(stated, line) for stated in file.data.get("kinds", ())}


def with_table(kind: Kind, table: StateTable) -> Kind:
    """The kind with its state table."""
    return replace(kind, states=table)


def known_names(kind: Kind) -> set[str]:
    """Names that conditions, titles and documents of the kind may use: common fields, its own, and those of its rows by dotted names."""
    every = [("", each) for each in kind.fields]
    every += [(f"{above.name}.", each) for above in kind.fields for each in above.fields]
    own = {f"{above}{each.name}" for above, each in every}
    named = {f"{above}{each.name}.name" for above, each in every if each.type in _NAMED}
    return {*COMMON_FIELDS, *own, *named}


def sibling_names(kind: Kind) -> set[str]:
    """Dotted names by which documents reach into sibling records that a field of the kind names."""
    found = set()
    for each in kind.fields:
        line, _, below = each.kind.partition(".")
        if line == kind.line:
            found |= {f"{each.name}.{name}" for name in (*ALWAYS, *kind.siblings.get(below, ()))}
    return found


def field_named(kind: Kind, name: str) -> Field | None:
    """A field of the kind by its (dotted) name."""
    head, _, rest = name.partition(".")
    found = next((each for each in kind.fields if each.name == head), None)
    if found is None or not rest:
        return found
    return next((each for each in found.fields if each.name == rest), None)


def kind_problems(file: DataFile, kinds: dict[str, Kind], guards: Collection[str]) -> Iterator[Problem]:
    """What in the file contradicts itself."""
    ids = [stated["id"] for stated in file.data["kinds"]]
    for double in sorted({each for each in ids if ids.count(each) > 1}):
        yield at(file, f"记录种类“{double}”写了两次", "删去一个。", double)
    for kind in kinds.values():
        yield from _one(file, kind, guards)
        yield from (at(file, what, remedy, kind.id) for what, remedy in _sibling_mistakes(kind, kinds))


def _one(file: DataFile, kind: Kind, guards: Collection[str]) -> Iterator[Problem]:
    yield from _fields(file, kind.fields, kind, (kind.id,))
    known = known_names(kind)
    for name in kind.unique:
        if name not in known:
            yield at(file, f"“{kind.id}”的unique中没有“{name}”这个字段", "改正字段名。", kind.id, "unique")
    for slot in SLOT.findall(kind.title):
        if slot not in known:
            yield at(file, f"“{kind.id}”的title中没有“{slot}”这个字段", "改正字段名。", kind.id, "title")
    if kind.number and (mistake := pattern_mistake(kind.number)):
        yield at(file, mistake, "写成如“援〔{year}〕{number}号”。", kind.id, "number")
    for guard in kind.guards:
        if guard not in guards:
            yield at(
                file, f"“{kind.id}”的条件“{guard}”没有函数", "在guards.py中写出该函数。", kind.id, "guards"
            )


def _sibling_mistakes(kind: Kind, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, str]]:
    """A shared field that points at no kind of the line; siblings that do not share the same, and fields of them that are not plain."""
    shared = field_named(kind, kind.shares) if kind.shares else None
    if kind.shares and (shared is None or shared.type is not FieldType.RECORD or not shared.kind):
        yield f"“{kind.id}”的shares“{kind.shares}”不是指明种类的record字段", "改正shares。"
        return
    for name, fields in kind.siblings.items():
        other = kinds.get(name)
        if other is None or anchor_of(other) != anchor_of(kind):
            yield f"“{kind.id}”的siblings“{name}”与它没有共同的对象", "在两者的kinds.toml中写明shares。"
            continue
        for each in fields:
            found = field_named(other, each) if "." not in each else None
            plain = (
                found is not None and found.privacy is PrivacyClass.P0 and found.type is not FieldType.ROWS
            )
            if each not in COMMON and not plain:
                yield (
                    f"“{kind.id}”的siblings中，“{name}”没有“{each}”这个P0字段",
                    "改正字段名；加密的字段和明细行不能读。",
                )


def _fields(
    file: DataFile, fields: tuple[Field, ...], kind: Kind, place: tuple[str, ...]
) -> Iterator[Problem]:
    names = [each.name for each in fields]
    actions = {CREATION, ""}
    if kind.states is not None:
        actions |= {each.action for each in kind.states.transitions}
    for each in fields:
        here = (*place, each.name)
        if names.count(each.name) > 1:
            yield at(file, f"字段“{each.name}”写了两次", "删去一个。", *here)
        if not _NAME.fullmatch(each.name):
            yield at(file, f"字段名“{each.name}”应为小写英文、数字和下划线", "改名。", *here)
        if len(place) == 1 and each.name in _OWN_LINE:
            yield at(file, f"字段名“{each.name}”是所有记录共有的", "改用别的名称。", *here)
        if each.required not in actions and kind.states is not None:
            yield at(
                file, f"字段“{each.name}”在步骤“{each.required}”必填，但没有这个步骤", "改正步骤名。", *here
            )
        yield from (at(file, what, remedy, *here) for what, remedy in _shape_mistakes(each))
        yield from _fields(file, each.fields, kind, here)


def _shape_mistakes(each: Field) -> Iterator[tuple[str, str]]:
    chosen = each.type in (FieldType.CODE, FieldType.CODES)
    if chosen != bool(each.codes):
        yield f"字段“{each.name}”的codes与类型不符", "只有code、codes类型写codes，并且必须写。"
    if (each.type is FieldType.ROWS) != bool(each.fields):
        yield f"字段“{each.name}”的fields与类型不符", "只有rows类型写fields，并且必须写。"
    if each.kind and each.type not in (FieldType.RECORD, FieldType.RECORDS):
        yield f"字段“{each.name}”写了kind，但类型不是record", "改正类型，或删去kind。"
    if (each.turn or each.draw) and (each.type is not FieldType.RECORD or not each.kind):
        yield f"字段“{each.name}”写了turn或draw，但不是指明种类的record", "改正类型并写明kind，或删去它。"
    if each.identifier and each.type is not FieldType.TEXT:
        yield f"字段“{each.name}”写了identifier，但类型不是text", "改正类型，或删去identifier。"
    for bound in (each.least, each.most):
        if bound and not _is_bound(each, bound):
            yield f"字段“{each.name}”的界限“{bound}”不合类型", "数字写数字，日期写2021-01-01或today。"


def _is_bound(each: Field, text: str) -> bool:
    try:
        if each.type in _DAYS:
            return text == "today" or bool(date.fromisoformat(text))
        return each.type in _NUMBERS and Decimal(text).is_finite()
    except (ValueError, InvalidOperation):
        return False


def _kind(stated: dict[str, Any], line: str) -> Kind:
    return Kind(
        id=stated["id"],
        line=line,
        chinese=stated["chinese"],
        shape=Shape(stated["shape"]),
        fields=tuple(_field(each) for each in stated["fields"]),
        title=stated.get("title", ""),
        number=stated.get("number", ""),
        secrecy=stated.get("secrecy", "INTERNAL"),
        unique=texts(stated, "unique"),
        evidence=stated.get("evidence", False),
        public=stated.get("public", False),
        guards=texts(stated, "guards"),
        shares=stated.get("shares", ""),
        siblings={name: tuple(fields) for name, fields in stated.get("siblings", {}).items()},
    )


def _field(stated: dict[str, Any]) -> Field:
    return Field(
        name=stated["name"],
        chinese=stated["chinese"],
        type=FieldType(stated["type"]),
        required=stated.get("required", ""),
        codes=texts(stated, "codes"),
        kind=stated.get("kind", ""),
        decimals=stated.get("decimals", 0),
        least=stated.get("least", ""),
        most=stated.get("most", ""),
        privacy=PrivacyClass(stated.get("privacy", "P0")),
        identifier=stated.get("identifier", ""),
        fields=tuple(_field(each) for each in stated.get("fields", ())),
        listed=stated.get("listed", False),
        filtered=stated.get("filtered", False),
        help=stated.get("help", ""),
        turn=stated.get("turn", {}),
        draw=stated.get("draw", {}),
    )
