"""Casework: lines, records and their steps, of every business line alike. Personal fields are masked; opening one is written down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Q
from django.http import Http404
from ninja import Router, Schema
from pydantic import Field

from mingzhang.casework.definitions import Field as KindField
from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import case_endpoint
from mingzhang.portal.api.paging import Before, Limit
from mingzhang.portal.api.problems import ERRORS, ProblemOut
from mingzhang.portal.api.routes.proposals import Key
from mingzhang.portal.pages.casework.shown import kinds_of
from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.looking.masks import masked_fields
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.opening import open_record, openings
from mingzhang.records.casework.reading import open_field
from mingzhang.records.casework.searching import find
from mingzhang.records.casework.transitions import approve, offered, send_back, take

router = Router(tags=["业务办理 casework"])
Words = Annotated[str, Field(max_length=60, description="案号、名称、姓名、完整证件号码 / words to find")]
State = Annotated[str, Field(max_length=40, description="状态 / state")]
RecordKey = Annotated[str, Field(max_length=36, description="内部编号 key / the record's key")]
ActionName = Annotated[str, Field(max_length=40, description="步骤 / action of the state table")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="看到的版本 / version seen")]
Reason = Annotated[str, Field(max_length=300)]


class FieldOut(Schema):
    """A field of a kind (栏目)."""

    name: str
    chinese: str
    type: str = Field(description="text、date、code、rows…")
    required: str = Field(description="creation，或要求它的步骤 / when it must be filled")
    codes: list[str]
    privacy: str = Field(description="P0…P3")
    fields: list[FieldOut] = Field(description="行内的栏目 / fields of its rows")


class ActionOut(Schema):
    """A step of a kind (步骤)."""

    action: str
    chinese: str
    sources: list[str]
    target: str
    needs: list[str]
    asks: list[str]
    two_person: bool


class KindOut(Schema):
    """A kind of record (记录种类)."""

    id: str
    chinese: str
    shape: str
    fields: list[FieldOut]
    states: dict[str, str]
    actions: list[ActionOut]
    openings: list[str] = Field(description="您可以用来登记的步骤 / steps by which the caller may open one")


class BusinessLineOut(Schema):
    """A business line (业务线) with the caller's letters: A approve, W write, R read, S figures, O own."""

    id: str
    code: str
    chinese: str
    letters: str
    kinds: list[KindOut]
    metrics: dict[str, str]
    returns: dict[str, str]


class RecordOut(Schema):
    """A record in a list (业务记录)."""

    key: str
    line: str
    kind: str
    number: str
    title: str
    state: str
    outcome: str
    occurred_on: date
    received_at: datetime | None
    accepted_on: date | None
    closed_on: date | None
    owner: str | None
    area: str | None
    organisation: str | None
    version: int


class RecordPage(Schema):
    """A page of records."""

    items: list[RecordOut]
    next: int | None


class DeadlineOut(Schema):
    """A deadline (期限)."""

    rule: str
    started_on: date
    due_on: date
    due_at: datetime | None
    done_on: date | None
    done_at: datetime | None
    standing: str
    provisional: bool


class EventOut(Schema):
    """An event (经过)."""

    number: int
    action: str
    from_state: str
    to_state: str
    occurred_on: date
    recorded_at: datetime
    actor: str
    role: str
    reason: str
    corrects: int | None
    digest: str = Field(description="SM3")


class OfferOut(Schema):
    """A step and why it cannot be taken now; nothing where it can."""

    action: str
    chinese: str
    refusals: list[ProblemOut]


class RecordWhole(RecordOut):
    """A record with its content, deadlines, course, and what may be done now."""

    content: dict[str, Any] = Field(description="公开栏目 / fields of class P0")
    masked: dict[str, str] = Field(description="遮盖的个人信息，按路径 / masked personal fields by path")
    draft: dict[str, Any] = Field(description="等待批准的步骤 / a step that waits for a second person")
    deadlines: list[DeadlineOut]
    events: list[EventOut]
    offers: list[OfferOut]


class RecordIn(Schema):
    """A new record."""

    action: str = Field("", max_length=40, description="登记的步骤，只有一种时可空 / opening step")
    fields: dict[str, Any] = Field(description="栏目及 received_at、channel、area、organisation / fields")
    occurred_on: date
    reason: Reason = Field("", description="疑似重复时仍要登记的理由 / why, where it looks like a duplicate")


class CaseStepIn(Schema):
    """A step; the payload has the fields it needs, and days, until, reason, owner, child where it asks them."""

    payload: dict[str, Any] = Field(default_factory=dict)
    occurred_on: date
    version: Version


class CorrectionIn(Schema):
    """A correction: fields with what they should say."""

    changes: dict[str, Any]
    reason: Reason
    version: Version


class DecisionIn(Schema):
    """Approve the drafted step, or send it back with a reason."""

    approve: bool
    reason: Reason = ""
    version: Version


class PurposeIn(Schema):
    """Which personal field is opened, and what for."""

    field: str = Field(max_length=120, description="路径，如 applicants.0.id_no / path")
    purpose: str = Field(max_length=200)


class OpenedOut(Schema):
    """A personal field in clear."""

    text: str


def record_out(record: Record) -> dict[str, Any]:
    """A record as lists tell it."""
    plain = ("key", "line", "kind", "number", "title", "state", "outcome", "occurred_on", "received_at", "accepted_on", "closed_on", "version")  # fmt: skip
    return {
        **{name: getattr(record, name) for name in plain},
        "owner": record.owner.username if record.owner else None,
        "area": record.area.code if record.area else None,
        "organisation": record.organisation.key if record.organisation else None,
    }


def _whole(here: Here, record: Record) -> RecordWhole:
    events = record.events.order_by("number")
    return RecordWhole(
        **record_out(record),
        content=record.content,
        masked=masked_fields(record),
        draft={name: record.draft[name] for name in ("action", "chinese", "by", "on", "reason") if name in record.draft},
        deadlines=[
            DeadlineOut(
                rule=each.rule_id,
                **{name: getattr(each, name) for name in ("started_on", "due_on", "due_at", "done_on", "done_at", "standing", "provisional")},
            )
            for each in record.deadlines.all()
        ],
        events=[
            EventOut(
                actor=each.actor_name,
                **{name: getattr(each, name) for name in ("number", "action", "from_state", "to_state", "occurred_on", "recorded_at", "role", "reason", "corrects", "digest")},
            )
            for each in events
        ],
        offers=[
            OfferOut(
                action=each.transition.action,
                chinese=each.transition.chinese,
                refusals=[ProblemOut.from_orm(problem) for problem in each.refusals],
            )
            for each in offered(here.user, record)
        ],
    )  # fmt: skip


def _found(here: Here, key: str) -> Record:
    assert here.line is not None
    record = (
        here.case.records(here.line.id)
        .filter(key=key)
        .select_related("owner", "area", "organisation")
        .first()
    )
    if record is None:
        raise Http404
    return record


def _field_out(each: KindField) -> FieldOut:
    return FieldOut(
        name=each.name,
        chinese=each.chinese,
        type=each.type.value,
        required=each.required,
        codes=list(each.codes),
        privacy=each.privacy.value,
        fields=[_field_out(below) for below in each.fields],
    )


@router.get(
    "/casework/lines", response={200: list[BusinessLineOut], **ERRORS}, summary="业务线 / lines of work"
)
@case_endpoint(line=False)
def lines(here: Here):
    """The lines in which the caller has a post, with their kinds, fields and steps."""
    return [
        BusinessLineOut(
            id=line.id,
            code=line.code,
            chinese=line.chinese,
            letters="".join(sorted(here.case.letters(line.id))),
            kinds=[
                KindOut(
                    id=kind.id,
                    chinese=kind.chinese,
                    shape=kind.shape.value,
                    fields=[_field_out(each) for each in kind.fields],
                    states={state.id: state.chinese for state in kind.states.states} if kind.states else {},
                    actions=[ActionOut.from_orm(each) for each in kind.states.transitions]
                    if kind.states
                    else [],
                    openings=[step.action for step in openings(here.user, kind)],
                )
                for kind in kinds_of(line)
            ],
            metrics={metric.id: metric.chinese for metric in line.metrics.values()},
            returns={form.id: form.chinese for form in line.returns.values()},
        )
        for line in here.case.lines()
    ]


@router.get(
    "/casework/{line}/kinds/{kind}/records",
    response={200: RecordPage, **ERRORS},
    summary="业务记录 / records",
)
@case_endpoint("R", "O", kind=True)
def listing(here: Here, q: Words = "", state: State = "", before: Before = None, limit: Limit = 50):
    """Records of a kind in scope, the newest first."""
    assert here.kind is not None
    found = find(here.user, q, line=here.kind.line, kind=here.kind.id, access=here.case)
    condition = Q(state=state) if state else Q()
    if before is not None:
        condition &= Q(pk__lt=before)
    rows = list(
        found.filter(condition).select_related("owner", "area", "organisation").order_by("-pk")[: limit + 1]
    )
    more = rows[limit - 1].pk if len(rows) > limit else None
    return RecordPage(items=[RecordOut(**record_out(row)) for row in rows[:limit]], next=more)


@router.post(
    "/casework/{line}/kinds/{kind}/records",
    response={200: RecordWhole, **ERRORS},
    summary="登记 / open a record",
)
@case_endpoint("R", "O", kind=True, work=True)
def register(here: Here, key: Key, stated: RecordIn):
    """Open a record; the same key again gives the record that it made. Every problem is told at once."""
    assert here.kind is not None
    made = open_record(
        here.user,
        here.kind,
        stated.fields,
        occurred_on=stated.occurred_on,
        command_key=key,
        action=stated.action,
        reason=stated.reason,
    )
    return _whole(here, _found(here, made.key))


@router.get(
    "/casework/{line}/records/{record}", response={200: RecordWhole, **ERRORS}, summary="一件 / one record"
)
@case_endpoint("R", "O")
def one(here: Here, record: RecordKey):
    """One record with what may be done with it now."""
    return _whole(here, _found(here, record))


@router.post(
    "/casework/{line}/records/{record}/steps/{action}",
    response={200: RecordWhole, **ERRORS},
    summary="办理 / take a step",
)
@case_endpoint("R", "O", work=True)
def step(here: Here, record: RecordKey, action: ActionName, key: Key, stated: CaseStepIn):
    """Take a step over the version seen, or draft it where it needs two persons."""
    done = take(
        here.user,
        _found(here, record),
        action,
        stated.payload,
        occurred_on=stated.occurred_on,
        command_key=key,
        version=stated.version,
    )
    return _whole(here, _found(here, done.key))


@router.post(
    "/casework/{line}/records/{record}/decision",
    response={200: RecordWhole, **ERRORS},
    summary="批准、退回 / decide a drafted step",
)
@case_endpoint("R", "O", work=True)
def decide(here: Here, record: RecordKey, key: Key, stated: DecisionIn):
    """Approve or send back what another person drafted."""
    row = _found(here, record)
    if stated.approve:
        approve(here.user, row, command_key=key, version=stated.version)
    else:
        send_back(here.user, row, stated.reason, command_key=key, version=stated.version)
    return _whole(here, _found(here, record))


@router.post(
    "/casework/{line}/records/{record}/corrections",
    response={200: RecordWhole, **ERRORS},
    summary="更正 / correct",
)
@case_endpoint("R", "O", work=True)
def correction(here: Here, record: RecordKey, key: Key, stated: CorrectionIn):
    """Correct fields with a reason; the event before stays."""
    correct(
        here.user,
        _found(here, record),
        stated.changes,
        stated.reason,
        command_key=key,
        version=stated.version,
    )
    return _whole(here, _found(here, record))


@router.post(
    "/casework/{line}/records/{record}/opened",
    response={200: OpenedOut, **ERRORS},
    summary="查看个人信息 / open a personal field",
)
@case_endpoint("R", "O", work=True)
def opened(here: Here, record: RecordKey, stated: PurposeIn):
    """A personal field in clear; who, when and what for is written down for good."""
    return OpenedOut(text=str(open_field(here.user, _found(here, record), stated.field, stated.purpose)))
