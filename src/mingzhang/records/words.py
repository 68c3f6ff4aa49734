"""The words of the report that people write (文字与变动原因): what is kept under a key, and how it is changed where it stands.

A key is the name of a text, the cell that a reason explains, or the whole coordinate of a figure that nothing records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import models, transaction

from mingzhang.documents import Problem
from mingzhang.facts import Cell, Coordinate, CoordinateError, Vocabulary
from mingzhang.facts.titles import cell_title, title_of
from mingzhang.numbers import read_figure
from mingzhang.records.acting import acting
from mingzhang.records.imports.text_rows import text_names
from mingzhang.records.models import Entity, Reason, Statement, Text, User, WorkPart
from mingzhang.records.policy import Access, Action, people_who_may
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import content, record
from mingzhang.records.work.flow import KEY_WORK

BOOK = "words"
_OF_PROJECTS = re.compile(r"(purpose|result):[^\s:]{1,60}\Z")
"""Texts about one subject or project: what it is for, what came of it."""
_SLOT = re.compile(r"\{[^{}]*\}")
_LONGEST = {"reason": 2_000, "text": 50_000, "figure": 60}
_BY_HAND = "页面填写"


@dataclass(frozen=True, slots=True)
class Words:
    """What is kept under a key: `sort` is `reason`, `text` or `figure`; `version` is what a change must name."""

    sort: str
    key: str
    title: str
    body: str
    version: str
    author: str = ""


def words_at(entity: Entity, year: int, key: str, known: Vocabulary) -> Words:
    """What is kept under a key of this entity's report. Raises RefusedError where the report knows no such key."""
    sort, title = _sort_of(entity, year, key, known)
    row = _row(entity, year, sort, key)
    if row is None:
        return Words(sort, key, title, "", "0")
    if isinstance(row, Statement):
        return Words(sort, key, title, row.printed or row.value, row.value)
    body = row.text if isinstance(row, Reason) else row.body
    author = row.author if isinstance(row, Reason) else ""
    return Words(sort, key, title, body, str(row.version), author)


def write(
    user: User, entity: Entity, year: int, key: str, body: str, version: str, known: Vocabulary
) -> Words:
    """Keep other words under a key. Raises RefusedError; ChangedMeanwhileError where somebody was quicker."""
    _may_write(user, entity)
    with transaction.atomic(), acting(user.name):
        sort, title = _sort_of(entity, year, key, known)
        row = _row(entity, year, sort, key, locked=True)
        held = words_at(entity, year, key, known)
        if held.version != version:
            by = f"{held.author}已写：{held.body[:80]}" if held.author else f"现为：{held.body[:80]}"
            raise ChangedMeanwhileError(f"“{title}”", by)
        _refuse(sort, title, body, held, WorkPart.objects.filter(entity=entity, year=year).exists())
        before = content(row) if row else None
        row = _changed(row, sort, entity, year, key, body.strip(), user, known)
        row.save()
        action = f"{'修改' if before else '填写'}{_CHINESE[sort]}"
        record(BOOK, action, title, entity=entity, of=row, before=before, after=content(row))
    return words_at(entity, year, key, known)


_CHINESE = {"reason": "变动原因", "text": "报告文字", "figure": "缺少的数"}


def _sort_of(entity: Entity, year: int, key: str, known: Vocabulary) -> tuple[str, str]:
    """The sort of a key and its name in Chinese."""
    try:
        if "@" in key:
            coordinate = Coordinate.parse(key)
            known.check(coordinate.cell)
            if coordinate.entity == entity.code and int(coordinate.period[:4]) in (year, year - 1):
                return "figure", title_of(coordinate, known)
        elif key in text_names() or _OF_PROJECTS.match(key):
            return "text", _text_title(key, entity, known)
        else:
            return "reason", _reason_title(known.check(Cell.parse(key)), year, known)
    except (CoordinateError, ValueError, KeyError):
        pass
    raise RefusedError(
        Problem("unknown_key", "报告里没有这项文字", key[:80], "回到决算说明，点要填写的地方重新打开。")
    )


def _text_title(key: str, entity: Entity, known: Vocabulary) -> str:
    sort, colon, code = key.partition(":")
    if not colon:
        heading = text_names()[key].replace("{body}", "单位" if entity.keeps_books else "部门")
        return _SLOT.sub("", heading) or "正文"
    label = next(
        (
            tree.label(code)
            for tree in (known.dimensions["project"], known.dimensions["function"])
            if code in tree
        ),
        code,
    )
    return f"{label}的{'用途' if sort == 'purpose' else '成效'}"


def _reason_title(cell: Cell, year: int, known: Vocabulary) -> str:
    base = {"last_year": f"{year - 1}年度", "initial_budget": "年初预算", "adjusted_budget": "全年预算"}
    against = base.get(cell.measure.of, cell.measure.of)
    return f"{cell_title(cell, known)}{f'比{against}增减' if against else ''}的原因"


def _row(
    entity: Entity, year: int, sort: str, key: str, *, locked: bool = False
) -> Reason | Text | Statement | None:
    model: type[models.Model] = {"reason": Reason, "text": Text, "figure": Statement}[sort]
    named = {"reason": "cell", "text": "name", "figure": "coordinate"}[sort]
    at = int(Coordinate.parse(key).period[:4]) if sort == "figure" else year
    rows = model._default_manager.filter(entity=entity, year=at, **{named: key})
    return (rows.select_for_update() if locked else rows).order_by("id").first()


def _refuse(sort: str, title: str, body: str, held: Words, has_parts: bool) -> None:
    if not body.strip() and (held.version == "0" or sort == "figure"):
        raise RefusedError(Problem("words_missing", "没有填写内容", title, "写好后再保存。"))
    if len(body) > _LONGEST[sort]:
        raise RefusedError(
            Problem("text_too_long", f"超过{_LONGEST[sort]}字", title, "压缩后再保存，已写的内容还在下面。")
        )
    if held.key == KEY_WORK and has_parts:
        raise RefusedError(
            Problem("written_in_parts", "重点工作由各科室分部分撰写", title, "到“重点工作”里修改相应部分。")
        )


def _changed(
    row: Reason | Text | Statement | None,
    sort: str,
    entity: Entity,
    year: int,
    key: str,
    body: str,
    user: User,
    known: Vocabulary,
) -> Reason | Text | Statement:
    if sort == "figure":
        coordinate = Coordinate.parse(key)
        made = row or Statement(entity=entity, year=int(coordinate.period[:4]), coordinate=str(coordinate))
        made.value, made.printed = _figure(coordinate, body, known)
        made.file, made.sheet, made.cell, made.batch = _BY_HAND, "", user.name[:20], None
        return made
    if sort == "reason":
        made = row or Reason(entity=entity, year=year, cell=key, version=0)
        made.text, made.author = body, user.name
    else:
        made = row or Text(entity=entity, year=year, name=key, version=0)
        made.body = body
    made.version += 1
    return made


def _figure(coordinate: Coordinate, text: str, known: Vocabulary) -> tuple[str, str]:
    """The exact value and the digits of a figure as typed."""
    unit, title = known.concepts[coordinate.concept].unit, title_of(coordinate, known)
    remedy = f"填写数字和单位，如 {'12.34万元' if unit.kind == 'money' else f'5{unit.chinese}'}"
    try:
        figure = read_figure(text)
    except ValueError as wrong:
        raise RefusedError(Problem("wrong_amount", str(wrong), title, remedy)) from None
    if unit.kind == "money" and figure.unit.kind != "money":
        raise RefusedError(Problem("wrong_amount", f"“{text[:30]}”没有写明金额单位", title, remedy))
    return str(figure.exact), str(figure.value)


def _may_write(user: User, entity: Entity) -> None:
    if not Access(user).may(Action.WRITE_REASON, entity):
        who = "、".join(person.name for person in people_who_may(Action.WRITE_REASON, entity)[:5])
        remedy = f"请{who}填写。" if who else "请系统管理员授权。"
        raise RefusedError(Problem("not_allowed", "您没有填写文字的权限", entity.name, remedy))
