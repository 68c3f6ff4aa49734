"""A form of a kind's fields (填写表): what it asks, what was typed, what stands wrong where; for opening, stepping and correcting alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mingzhang.casework.definitions import Field, FieldType, Kind, PrivacyClass, Shape, Transition
from mingzhang.casework.fields import read_fields
from mingzhang.casework.states import from_state
from mingzhang.portal.amounts import yuan_of
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.casework.choosing import OWNER, Choices
from mingzhang.portal.pages.casework.inputs import PREFIX, Input, inputs
from mingzhang.portal.pages.casework.naming import with_keys, with_words
from mingzhang.portal.pages.casework.typing import changed_rows, typed, without_blank_rows
from mingzhang.records.casework.fields import CHANNELS
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Record
from mingzhang.records.models import User

CHILD = "c"
"""Names of inputs of a record that a step opens begin so."""
_NO_ACTION = "-"
"""What is required stands in `needed`; no field states this."""
_FILES = (FieldType.FILE, FieldType.FILES)
OCCURRED_ON = Field("occurred_on", "发生日期", FieldType.DATE, required="creation", most="today")
REASON = Field("reason", "说明", FieldType.LONG_TEXT)
_DUPLICATE = Field(
    "reason",
    "重复登记、补录的理由",
    FieldType.TEXT,
    help="系统提示可能重复，或统计期已经公开、属于补录时填写",
)
_RECEIPT = (
    Field("received_at", "收到时间", FieldType.MOMENT),
    Field("channel", "来源渠道", FieldType.CODE, codes=CHANNELS),
)
_AREA = Field("area", "所属街道社区", FieldType.AREA)
_PLACE = (
    Field("area", "所属街道社区", FieldType.AREA, help="不填时按您的岗位"),
    Field("organisation", "承办机构", FieldType.ORGANISATION, help="不填时按您的岗位"),
)


@dataclass(slots=True)
class Form:
    """Fields to fill in. `stated` is what stands in them as text, `fixed` how many rows of each rows field keep their places.

    `child` is the form of the record that a step opens, its names beginning with a prefix of their own.
    """

    fields: tuple[Field, ...]
    needed: frozenset[str] = frozenset()
    stated: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, int] = field(default_factory=dict)
    key: str = ""
    only_rows_changed: bool = False
    prefix: str = PREFIX
    choices: Choices = field(default_factory=Choices)
    child: Form | None = None
    user: User | None = None
    """Who filled it in."""

    def take(self, request: HttpRequest) -> Form:
        """Take what was sent; a row added or taken away is only shown, nothing is done."""
        posted = request.POST
        sent = typed(self.fields, posted, self.prefix)
        self.user = request.user if isinstance(request.user, User) else None
        self.key = posted.get("key", "")[:64] or new_key()
        self.only_rows_changed = bool(posted.get("more") or posted.get("less"))
        more, less = (self._own(posted.get(name, "")) for name in ("more", "less"))
        name, _, place = less.partition(".")
        if place.isdecimal() and len(place) < 4 and int(place) < self.fixed.get(name, 0):
            less = ""
        self.stated = changed_rows(sent, more, less) if self.only_rows_changed else sent
        if self.child is not None:
            self.child.take(request)
        return self

    def _own(self, name: str) -> str:
        """The part of an input's name that names a field of this form; blank where it is another form's."""
        prefix, _, rest = name.partition(".")
        return rest if prefix == self.prefix else ""

    def entered(self) -> dict[str, Any]:
        """What the records are given: blank rows left out, sealed fields that were left blank not mentioned."""
        found = with_keys(self.fields, without_blank_rows(self.fields, self.stated), self.user)
        for each in self.fields:
            if each.name in found and each.type is FieldType.ROWS:
                fixed = self.fixed.get(each.name, 0)
                found[each.name] = [
                    _unsealed(each.fields, row) if place < fixed else row
                    for place, row in enumerate(found[each.name])
                ]
        return found

    def refuse(self) -> None:
        """Look what is wrong at which field."""
        reading = read_fields(
            self.fields, self.entered(), today=timezone.localdate(), action=_NO_ACTION, needs=self.needed
        )
        self.wrong = {
            path: "；".join(f"{problem.what}。{problem.remedy}" for problem in found)
            for path, found in reading.by_field.items()
        }
        if self.child is not None:
            self.child.refuse()

    def inputs(self, among: Iterable[Field] | None = None) -> list[Input]:
        """The inputs of the form, or of some of its fields."""
        chosen = self.fields if among is None else tuple(among)
        stated = with_words(chosen, self.stated)
        own = inputs(chosen, stated, self.wrong, self.choices, self.needed, self.prefix)
        own = [_sealed_stay(each, self.fixed.get(each.name.rpartition(".")[2], 0)) for each in own]
        return own if self.child is None else [*own, *self.child.inputs()]


def opening_form(kind: Kind, action: Transition) -> Form:
    """The form that opens a record by a step."""
    own = _asked_at_opening(kind, action)
    names = {each.name for each in own}
    receipt = _RECEIPT if kind.shape is Shape.MATTER else ()
    common = tuple(each for each in (OCCURRED_ON, *receipt, *_PLACE, _DUPLICATE) if each.name not in names)
    form = Form((*common, *own), _needed(kind, action) | {OCCURRED_ON.name})
    form.stated = {OCCURRED_ON.name: timezone.localdate().isoformat()}
    return form


def public_form(kind: Kind, action: Transition) -> Form:
    """The form by which anybody applies: what is required, whom it is about, where they live."""
    own = [
        each
        for each in _asked_at_opening(kind, action)
        if each.name in _needed(kind, action) or each.type is FieldType.ROWS
    ]
    area = () if any(each.name == "area" for each in own) else (_AREA,)
    return Form((*own, *area), _needed(kind, action))


def _asked_at_opening(kind: Kind, action: Transition) -> list[Field]:
    """Fields of the kind that its opening step asks; files are added to the record once it is there."""
    later = _of_later_steps(kind, action)
    own = [
        each
        for each in kind.fields
        if each.name in action.needs
        or each.name in action.asks
        or each.required in ("creation", action.action)
        or (not each.required and each.name not in later and not _is_set(each, action))
    ]
    return [each for each in own if each.type not in _FILES]


def groups(form: Form, kind: Kind, action: Transition) -> tuple[list[tuple[str, list[Input]]], list[Input]]:
    """The inputs as the paper form has them: how it came, what it is about, people and rows; and what may be filled in later."""
    own = {each.name for each in kind.fields}
    common = [each for each in form.fields if each.name not in own and each != _DUPLICATE]
    later = [each for each in form.fields if each.name in own and _may_wait(each, form.needed)]
    now = [each for each in form.fields if each.name in own and each not in later]
    rest = [*later, *(each for each in form.fields if each == _DUPLICATE)]
    found = [("登记", form.inputs(common)), (f"{kind.chinese}：{action.chinese}", form.inputs(now))]
    return found, form.inputs(rest)


def step_form(kind: Kind, action: Transition, record: Record, choices: Choices | None = None) -> Form:
    """The form of a step, with what the record says already; the day and a note beside it."""
    names = {*action.needs, *action.asks}
    own = tuple(each for each in kind.fields if each.name in names or each.required == action.action)
    extra = [OCCURRED_ON]
    if action.extends:
        extra.append(Field("days", "延长天数", FieldType.INTEGER, least="1", most="400"))
    if _is_holding(kind, action):
        extra.append(Field("until", "预计恢复日期", FieldType.DATE))
    taken = {each.name for each in own}
    if not action.two_person:
        extra.append(Field(OWNER, "承办人", FieldType.PERSON, kind=kind.line, help="不填时不变"))
    fields = (*(each for each in (*extra, REASON) if each.name not in taken), *own)
    form = Form(fields, frozenset({*action.needs, "occurred_on", *(["days"] if action.extends else [])}))
    form.stated = {
        **written(own, record.content, blank_row=True),
        "occurred_on": timezone.localdate().isoformat(),
    }
    form.fixed = _rows_known(own, record)
    form.key = new_key()
    form.choices = choices or form.choices
    if action.opens:
        form.child = _child_form(action, record, form.choices)
    return form


def _child_form(action: Transition, record: Record, choices: Choices) -> Form | None:
    """The form of the record that the step opens: what it needs itself, without the field that points back at this one."""
    child = kind_of(action.opens if "." in action.opens else f"{record.line}.{action.opens}")
    opening = next(from_state(child.states, ""), None) if child.states else None
    if opening is None:
        return None
    back = f"{record.line}.{record.kind}"
    own = [each for each in _asked_at_opening(child, opening) if each.kind != back]
    return Form(tuple(own), _needed(child, opening), prefix=CHILD, choices=choices)


def correction_form(kind: Kind, record: Record) -> Form:
    """All fields as they stand, sealed ones blank: left blank, they stay."""
    own = tuple(each for each in kind.fields if each.type not in _FILES)
    form = Form(own, stated=written(own, record.content), fixed=_rows_known(own, record), key=new_key())
    return form


def written(
    fields: Iterable[Field], content: Mapping[str, Any], *, blank_row: bool = False
) -> dict[str, Any]:
    """What a record says as one would type it; with a blank row to be filled in where that is asked."""
    found: dict[str, Any] = {}
    for each in fields:
        value = content.get(each.name)
        if each.type is FieldType.ROWS:
            rows = [written(each.fields, row) for row in value or ()]
            found[each.name] = [*rows, {}] if blank_row or not rows else rows
        elif value is not None:
            found[each.name] = as_typed(each, value)
    return found


def as_typed(each: Field, value: Any) -> Any:
    """One value as one would type it."""
    if each.type is FieldType.MONEY:
        return yuan_of(int(value))
    if each.type is FieldType.YES_NO:
        return "true" if value in (True, "true") else "false"
    if each.type is FieldType.MOMENT:
        return str(value)[:16]
    return value if isinstance(value, list) else str(value)


def _needed(kind: Kind, action: Transition) -> frozenset[str]:
    return frozenset(
        {*action.needs, *(each.name for each in kind.fields if each.required in ("creation", action.action))}
    )


def _of_later_steps(kind: Kind, action: Transition) -> set[str]:
    """Fields that another step asks: they are not filled in beforehand."""
    steps = kind.states.transitions if kind.states else ()
    return {
        name
        for each in steps
        if each.action not in (action.action, "change")
        for name in (*each.needs, *each.asks, *each.sets)
    }


def _is_set(each: Field, action: Transition) -> bool:
    return each.name in action.sets


def _may_wait(each: Field, needed: frozenset[str]) -> bool:
    return each.name not in needed and each.type is not FieldType.ROWS


def _is_holding(kind: Kind, action: Transition) -> bool:
    states = kind.states.states if kind.states else ()
    return any(state.holding and state.id == action.target for state in states)


def _rows_known(fields: Iterable[Field], record: Record) -> dict[str, int]:
    """Rows that hold sealed fields keep their places: a seal belongs to a place."""
    return {
        each.name: len(record.content.get(each.name) or ())
        for each in fields
        if each.type is FieldType.ROWS and any(below.privacy is not PrivacyClass.P0 for below in each.fields)
    }


def _sealed_stay(found: Input, fixed: int) -> Input:
    """Rows that hold sealed fields already: those need not be typed again."""
    if not fixed:
        return found
    rows = tuple(
        tuple(
            replace(cell, required=False, help=cell.help or "已登记，留空不变")
            if cell.secret and place < fixed
            else cell
            for cell in row
        )
        for place, row in enumerate(found.rows)
    )
    return replace(found, rows=rows)


def _unsealed(fields: Iterable[Field], row: Mapping[str, Any]) -> dict[str, Any]:
    sealed = {each.name for each in fields if each.privacy is not PrivacyClass.P0}
    return {name: value for name, value in row.items() if value or name not in sealed}
