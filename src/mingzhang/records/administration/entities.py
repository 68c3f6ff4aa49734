"""The organisation (机构管理): departments and units added and changed; a code that anything stands under never changes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction

from mingzhang.catalogue.loading import editions
from mingzhang.documents import Problem
from mingzhang.records.administration.grants import give
from mingzhang.records.administration.scope import must_administer
from mingzhang.records.models import Entity, Role
from mingzhang.records.policy import Access
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import canonical, content, record, sm3

BOOK = "organisation"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,47}")
KINDS = (Entity.Kind.DEPARTMENT, *Entity.BOOKKEEPING, Entity.Kind.GOVERNMENT)
"""What may be added on the page; eliminations come with their department."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the form asks for."""

    name: str
    short_name: str
    kind: str
    parent: Entity | None
    order: int
    edition: str
    watermark: str


def version_of(entity: Entity) -> str:
    """A word that changes with everything the entity says: who saves over another's change is told."""
    return sm3(canonical(content(entity)))[:16]


def add_entity(access: Access, code: str, stated: Stated) -> Entity:
    """Add a government, a department or a unit; who adds one under nothing administers it. Raises RefusedError."""
    must_administer(access, stated.parent)
    code = code.strip()
    problems = _problems(stated)
    if not _CODE.fullmatch(code):
        problems.append(Problem("code_wrong", "代码不合要求", "代码", "用英文字母、数字、横线，至多 48 个。"))
    elif Entity.objects.filter(code=code).exists():
        problems.append(Problem("code_taken", f"代码“{code}”已被使用", "代码", "换一个代码。"))
    if problems:
        raise RefusedError(*problems)
    with transaction.atomic():
        known = set(Entity.objects.values_list("pk", flat=True))
        entity = Entity.objects.create(code=code, **_fields(stated))
        for made in Entity.objects.exclude(pk__in=known):
            record(BOOK, "增设机构", f"{made.code} {made.name}", entity=made, of=made, after=content(made))
        if entity.parent is None:
            give(access.user, Role.ADMINISTRATOR, entity)
    return entity


def change_entity(access: Access, entity: Entity, version: str, stated: Stated) -> Entity:
    """Change all but the code. Raises RefusedError."""
    must_administer(access, entity)
    with transaction.atomic():
        row = Entity.objects.select_for_update(of=("self",)).select_related("parent").get(pk=entity.pk)
        if version_of(row) != version:
            raise ChangedMeanwhileError(f"机构“{row.name}”", "另一位系统管理员")
        problems = [*_problems(stated), *_problems_of_change(row, stated)]
        if problems:
            raise RefusedError(*problems)
        if stated.parent != row.parent:
            must_administer(access, stated.parent)
        before = content(row)
        for name, value in _fields(stated).items():
            setattr(row, name, value)
        row.save()
        record(
            BOOK, "修改机构", f"{row.code} {row.name}", entity=row, of=row, before=before, after=content(row)
        )
    return row


def has_records(entity: Entity) -> bool:
    """Whether anything in the books stands under it, so that its kind and place stay."""
    return any(
        getattr(entity, name).exists()
        for name in ("vouchers", "budget_lines", "period_locks", "publications", "proposals", "statements")
    )


def _fields(stated: Stated) -> dict[str, object]:
    return {
        "name": stated.name.strip(),
        "short_name": stated.short_name.strip(),
        "kind": stated.kind,
        "parent": stated.parent,
        "order": stated.order,
        "edition": stated.edition,
        "watermark": stated.watermark.strip(),
    }


def _problems(stated: Stated) -> list[Problem]:
    problems = []
    if not 0 < len(stated.name.strip()) <= 120:
        problems.append(
            Problem("name_missing", "没有名称，或名称过长", "名称", "填写机构全称，至多 120 字。")
        )
    if len(stated.short_name.strip()) > 60 or len(stated.watermark.strip()) > 40:
        problems.append(
            Problem("too_long", "简称或水印过长", "简称、水印", "简称至多 60 字，水印至多 40 字。")
        )
    if stated.kind not in KINDS:
        problems.append(Problem("kind_wrong", "没有选择机构类型", "类型", "从列表中选择。"))
    if stated.kind in Entity.BOOKKEEPING and stated.parent is not None and stated.parent.keeps_books:
        problems.append(Problem("parent_wrong", "单位不能设在单位之下", stated.parent.name, "选择它的部门。"))
    if stated.kind == Entity.Kind.GOVERNMENT and stated.parent is not None:
        problems.append(Problem("parent_wrong", "政府不设在别的机构之下", stated.parent.name, "上级留空。"))
    if stated.edition and stated.edition not in editions():
        problems.append(
            Problem("edition_unknown", f"没有公开格式“{stated.edition}”", "公开格式", "从列表中选择。")
        )
    if not 0 <= stated.order <= 9_000:
        problems.append(Problem("order_wrong", "次序不合要求", "次序", "填写 0 至 9000 的整数。"))
    return problems


def _joins(row: Entity, stated: Stated) -> bool:
    """Whether a department comes under its government, or leaves it: its books and those above it stay what they are."""
    return row.kind == Entity.Kind.DEPARTMENT and all(
        parent is None or parent.kind == Entity.Kind.GOVERNMENT for parent in (row.parent, stated.parent)
    )


def _problems_of_change(row: Entity, stated: Stated) -> list[Problem]:
    problems = []
    if row.kind not in KINDS:
        problems.append(Problem("kind_fixed", "这个机构由系统设立，不能修改", row.name, "修改它的部门。"))
    moved = stated.kind != row.kind or (stated.parent != row.parent and not _joins(row, stated))
    if moved and (has_records(row) or row.children.exclude(kind=Entity.Kind.ELIMINATIONS).exists()):
        problems.append(
            Problem(
                "entity_in_use",
                "机构已有账务或下级单位，类型和上级不能再改",
                row.name,
                "机构改革时增设新的机构，自新年度起使用。",
            )
        )
    if stated.parent is not None and stated.parent in row.below():
        problems.append(Problem("parent_wrong", "上级不能是它自己或它的下级", row.name, "选择它的上级部门。"))
    return problems
