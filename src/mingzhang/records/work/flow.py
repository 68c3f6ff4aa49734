"""The steps of a part of the work report: laid out by the office, written by its section, edited, approved."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from mingzhang.documents import Problem
from mingzhang.records.acting import acting
from mingzhang.records.models import Entity, Text, User, WorkPart
from mingzhang.records.permission import must, whom_to_ask
from mingzhang.records.policy import Access, Action
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import content, record
from mingzhang.records.work.figures import Figures

State = WorkPart.State
BOOK = "work"
KEY_WORK = "key_work"
"""The name of the report's text that approved parts make up."""
_LONGEST = 20_000
_NUMERALS = "一二三四五六七八九十"


def add(user: User, entity: Entity, year: int, heading: str, section: str) -> WorkPart:
    """The office lays out one more part and says which section writes it."""
    must(user, Action.EDIT_WORK, entity)
    if not heading.strip() or not section.strip():
        raise RefusedError(
            Problem("heading_missing", "没有写标题或科室", f"{entity.name}{year}年重点工作", "两项都填写。")
        )
    with transaction.atomic(), acting(user.name):
        last = WorkPart.objects.filter(entity=entity, year=year).order_by("order").last()
        part = WorkPart.objects.create(
            entity=entity,
            year=year,
            order=last.order + 1 if last else 1,
            heading=heading.strip()[:120],
            section=section.strip()[:60],
        )
        record(BOOK, "布置", str(part), entity=entity, of=part, after=content(part))
    return part


def write(
    user: User, part: WorkPart, version: int, heading: str, body: str, *, submit: bool = False
) -> WorkPart:
    """Its section writes, or the office edits what was submitted; `submit` hands it on."""

    def step(row: WorkPart) -> str:
        if len(body) > _LONGEST:
            raise RefusedError(
                Problem("text_too_long", f"正文超过{_LONGEST}字", row.heading, "压缩后再保存。")
            )
        if may_write(Access(user), row):
            row.author, row.state = user, State.SUBMITTED if submit else State.WRITING
        elif may_edit(Access(user), row):
            row.editor, row.state = user, State.EDITED if submit else State.SUBMITTED
        else:
            raise RefusedError(_not_now(row, Action.EDIT_WORK))
        if submit and not body.strip():
            raise RefusedError(Problem("text_missing", "还没有写正文", row.heading, "写好后再提交。"))
        row.heading, row.body, row.remark = heading.strip()[:120] or row.heading, body.strip(), ""
        return "提交" if submit else "保存"

    return _step(user, part, version, step)


def approve(user: User, part: WorkPart, version: int, figures: Figures) -> WorkPart:
    """A leader who neither wrote nor edited it approves; the figures are kept as they print now."""

    def step(row: WorkPart) -> str:
        must(user, Action.APPROVE_WORK, row.entity)
        if row.state != State.EDITED:
            raise RefusedError(_not_now(row, Action.APPROVE_WORK))
        if user.pk in (row.author_id, row.editor_id):
            raise RefusedError(
                Problem(
                    "own_proposal", "不能审定自己撰写或编辑的内容", row.heading, "请另一位有权限的人审定。"
                )
            )
        row.approver, row.state, row.figures = user, State.APPROVED, figures.printed(row.body)
        return "审定"

    approved = _step(user, part, version, step)
    _assemble(user, part.entity, part.year)
    return approved


def send_back(user: User, part: WorkPart, version: int, remark: str) -> WorkPart:
    """Back to its section with the reason: by the office before it edits, by a leader before or after approving."""

    def step(row: WorkPart) -> str:
        access = Access(user)
        if not (
            (row.state == State.SUBMITTED and access.may(Action.EDIT_WORK, row.entity))
            or (row.state in (State.EDITED, State.APPROVED) and access.may(Action.APPROVE_WORK, row.entity))
        ):
            raise RefusedError(_not_now(row, Action.EDIT_WORK))
        if not remark.strip():
            raise RefusedError(
                Problem("remark_missing", "没有写退回原因", row.heading, "写明要改什么，再退回。")
            )
        row.state, row.remark, row.approver = State.RETURNED, remark.strip()[:300], None
        return "退回"

    return _step(user, part, version, step)


def move(user: User, part: WorkPart, up: bool) -> None:
    """The office changes the order of parts."""
    must(user, Action.EDIT_WORK, part.entity)
    with transaction.atomic(), acting(user.name):
        parts = list(WorkPart.objects.select_for_update().filter(entity=part.entity, year=part.year))
        place = next(place for place, each in enumerate(parts) if each.pk == part.pk)
        other = place + (-1 if up else 1)
        if not 0 <= other < len(parts):
            return
        parts[place], parts[other] = parts[other], parts[place]
        moved = [(order, each) for order, each in enumerate(parts, 1) if each.order != order]
        for order, each in moved:
            each.order = order
            each.save(update_fields=["order"])
        record(
            BOOK, "调整次序", str(part), entity=part.entity, of=part, after=[each.heading for each in parts],
            touched=[each for _, each in moved],
        )  # fmt: skip
    _assemble(user, part.entity, part.year)


def may_write(access: Access, part: WorkPart) -> bool:
    """Whether this person writes this part now: one of its section, before it is submitted or after it came back."""
    return (
        part.state in (State.WRITING, State.RETURNED)
        and access.may(Action.WRITE_WORK, part.entity)
        and access.user.section == part.section
    )


def may_edit(access: Access, part: WorkPart) -> bool:
    """Whether this person edits this part now."""
    return part.state in (State.SUBMITTED, State.EDITED) and access.may(Action.EDIT_WORK, part.entity)


def may_approve(access: Access, part: WorkPart) -> bool:
    """Whether this person may approve this part now."""
    return (
        part.state == State.EDITED
        and access.may(Action.APPROVE_WORK, part.entity)
        and access.user.pk not in (part.author_id, part.editor_id)
    )


def _assemble(user: User, entity: Entity, year: int) -> None:
    """Put the approved parts together as the report's text; without one, the text stays as it is."""
    parts = WorkPart.objects.filter(entity=entity, year=year, state=State.APPROVED).order_by("order")
    body = "\n".join(
        f"# {_numeral(place)}、{part.heading}\n{part.body}" for place, part in enumerate(parts, 1)
    )
    if not body:
        return
    with transaction.atomic(), acting(user.name):
        text = Text.objects.select_for_update().filter(entity=entity, year=year, name=KEY_WORK).first()
        before = content(text) if text else None
        if text is None:
            text = Text(entity=entity, year=year, name=KEY_WORK, version=0)
        if text.body == body:
            return
        text.body, text.version = body, text.version + 1
        text.save()
        record("words", "汇编重点工作", str(text), entity=entity, of=text, before=before, after=content(text))


def _numeral(number: int) -> str:
    """1 … 39 as a Chinese numeral."""
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else _NUMERALS[tens - 1]) + ("十" if tens else "")
    return head + (_NUMERALS[ones - 1] if ones else "")


def _step(user: User, part: WorkPart, version: int, step: Callable[[WorkPart], str]) -> WorkPart:
    with transaction.atomic(), acting(user.name):
        row = WorkPart.objects.select_for_update(of=("self",)).select_related("entity").get(pk=part.pk)
        if row.version != version:
            raise ChangedMeanwhileError(
                f"“{row.heading}”", f"现为{row.get_state_display()}，第{row.version}稿"
            )
        before = content(row)
        action = step(row)
        row.version += 1
        row.save()
        record(
            BOOK,
            action,
            str(row),
            entity=row.entity,
            of=row,
            before=before,
            after=content(row),
            reason=row.remark,
        )
    return row


def _not_now(part: WorkPart, action: Action) -> Problem:
    return Problem(
        "not_now",
        f"现在是“{part.get_state_display()}”，您不能这样办理",
        part.heading,
        f"本部分由{part.section}撰写；{whom_to_ask(action, part.entity)}",
    )
