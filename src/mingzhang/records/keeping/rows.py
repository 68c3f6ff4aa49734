"""Rows of the memo registers, one by one: added, changed, disposed of, taken out with a reason; all of it in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from mingzhang.documents import Problem
from mingzhang.records.acting import acting
from mingzhang.records.imports.context import Context
from mingzhang.records.keeping.fields import Filled, WrongFieldsError, fill, problem_of, typed
from mingzhang.records.keeping.once import made_before, remember
from mingzhang.records.keeping.registers import Book
from mingzhang.records.models import Entity, TrailEntry, User
from mingzhang.records.permission import must
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import content, record

TRAIL_BOOK = "registers"
VOIDED = "作废"


def add(user: User, book: Book, entity: Entity, stated: Mapping[str, str], key: str) -> Model:
    """Enter a row; the same key again is the row entered before. Raises WrongFieldsError."""
    must(user, Action.KEEP_REGISTERS, entity)
    with transaction.atomic(), acting(user.name):
        before = made_before(key, book.model, entity)
        if before is not None:
            return before
        row = book.model(entity=entity, **_values(book, entity, stated))
        row.save()
        record(TRAIL_BOOK, "登记", _subject(book, row), entity=entity, of=row, after=content(row))
        remember(key, row)
    return row


def change(
    user: User, book: Book, row: Model, version: int, stated: Mapping[str, str], action: str = "修改"
) -> Model:
    """Change a row that is still as the person saw it. Raises WrongFieldsError and ChangedMeanwhileError."""
    must(user, Action.KEEP_REGISTERS, row.entity)
    with transaction.atomic(), acting(user.name):
        row = _locked(book, row, version)
        before = content(row)
        for name, value in _values(book, row.entity, stated, row).items():
            setattr(row, name, value)
        if content(row) == before:
            return row
        row.version += 1
        row.save()
        record(
            TRAIL_BOOK,
            action,
            _subject(book, row),
            entity=row.entity,
            of=row,
            before=before,
            after=content(row),
        )
    return row


def dispose(user: User, book: Book, row: Model, version: int, on: str) -> Model:
    """Note the day on which it went (处置)."""
    if not on.strip():
        wrong = Problem(
            "value_missing", "没有填写处置日期", str(row), "填写报废、划转或变卖的日期，如 2021-03-31"
        )
        raise WrongFieldsError({book.ends: wrong})
    return change(user, book, row, version, typed_row(book, row) | {book.ends: on}, "处置")


def void(user: User, book: Book, row: Model, version: int, reason: str) -> None:
    """Take out a row that should never have been there; the trail keeps what it said, and why it went (作废)."""
    must(user, Action.KEEP_REGISTERS, row.entity)
    if not reason.strip():
        raise RefusedError(
            Problem(
                "reason_missing",
                "没有写作废的原因",
                _subject(book, row),
                "写明为什么作废，如 重复登记、登记错单位。",
            )
        )
    with transaction.atomic(), acting(user.name):
        row = _locked(book, row, version)
        record(
            TRAIL_BOOK,
            VOIDED,
            _subject(book, row),
            entity=row.entity,
            of=row,
            before=content(row),
            reason=reason.strip(),
        )
        row.delete()


def voided(book: Book, entity: Entity, before: int | None = None, limit: int = 50) -> list[TrailEntry]:
    """What was taken out of a register, latest first."""
    found = TrailEntry.objects.filter(
        chain__entity=entity,
        chain__book=TRAIL_BOOK,
        action=VOIDED,
        key__startswith=f"{book.model.__name__}:",
    )
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id")[:limit])


def typed_row(book: Book, row: Model) -> dict[str, str]:
    """A row as a form holds it."""
    return {entry.name: typed(entry, getattr(row, entry.name)) for entry in book.fields}


def _subject(book: Book, row: Model) -> str:
    return f"{book.chinese} {row}"


def _locked(book: Book, row: Model, version: int) -> Any:
    found = (
        book.model._default_manager.select_for_update(of=("self",))
        .select_related("entity")
        .filter(pk=row.pk)
        .first()
    )
    if found is None:
        raise ChangedMeanwhileError(f"“{row}”", "已被作废")
    if found.version != version:
        raise ChangedMeanwhileError(f"“{found}”", f"现为第{found.version}稿")
    return found


def _values(
    book: Book, entity: Entity, stated: Mapping[str, str], row: Model | None = None
) -> dict[str, Any]:
    """The values of a form; WrongFieldsError with everything that is wrong with them."""
    context = Context(entity)
    filled = fill(book.fields, stated, context, f"{entity.name}，{book.chinese}")
    if not filled.problems:
        filled.problems.update(_together(book, entity, filled, context, row))
    if filled.problems:
        raise WrongFieldsError(filled.problems)
    return filled.values


def _together(
    book: Book, entity: Entity, filled: Filled, context: Context, row: Model | None
) -> dict[str, Problem]:
    """What is wrong between the values, and with the rows that are there."""
    where = f"{entity.name}，{book.chinese}"
    taker, names = book.taker, {entry.name: entry.chinese for entry in book.fields}
    found = taker.check({**filled.values, "entity": entity.code}, context) if taker.check else []
    problems = {name: problem_of(wrong, where, names[name]) for name, wrong in found}
    if taker.key:
        same = {name: filled.values[name] for name in taker.key if name != "entity"}
        others = book.model._default_manager.filter(entity=entity, **same)
        if others.exclude(pk=row.pk if row else None).exists():
            shown = "、".join(names[name] for name in same)
            problems[next(iter(same))] = Problem(
                "duplicate_row", f"已登记过{shown}相同的一条", where, "在列表中找到它来修改，或改正这里的填写"
            )
    return problems
