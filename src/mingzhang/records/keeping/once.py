"""Forms taken once (防重复提交): the key of a form leads to the record that it made."""

from __future__ import annotations

from typing import TypeVar

from django.db import IntegrityError, models, transaction

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, Submission
from mingzhang.records.proposals.kind import RefusedError

Row = TypeVar("Row", bound=models.Model)


def made_before(key: str, model: type[Row], entity: Entity) -> Row | None:
    """The record that a form with this key has made at an entity, None where it is new. Raises RefusedError for another key."""
    if not 0 < len(key) <= 64:
        raise RefusedError(Problem("key_missing", "这次提交没有标识", "提交", "重新打开页面再提交。"))
    known = Submission.objects.filter(key=key).first()
    if known is None:
        return None
    kind, _, number = known.made.partition(":")
    row = model._default_manager.filter(pk=number).first() if kind == model.__name__ else None
    if row is None or row.entity_id != entity.pk:
        raise RefusedError(Problem("key_taken", "这次提交的标识已被使用", known.made, "重新打开页面再提交。"))
    return row


def remember(key: str, row: models.Model) -> None:
    """Keep what a form made. Of two sent at once the second is refused, and with it what it entered."""
    try:
        with transaction.atomic():
            Submission.objects.create(key=key, made=f"{type(row).__name__}:{row.pk}")
    except IntegrityError:
        raise RefusedError(
            Problem("sent_twice", "同一张表提交了两次", str(row), "前一次已经保存，不必再提交。")
        ) from None
