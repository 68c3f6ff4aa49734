"""Pages pinned to one's desk (常用): each person's own, a habit and not a record, so the trail does not tell of them."""

from __future__ import annotations

from django.db import transaction

from mingzhang.documents import Problem
from mingzhang.records.models import Shortcut, User
from mingzhang.records.proposals.kind import RefusedError

MOST = 24
_LONGEST_ADDRESS, _LONGEST_TITLE = 300, 80


def shortcuts_of(user: User) -> list[Shortcut]:
    """What a person pinned, in the order in which it was."""
    return list(Shortcut.objects.filter(user=user))


def pin(user: User, address: str, title: str) -> bool:
    """Pin a page; whether it was not pinned before. Raises RefusedError where there are too many, or the address is too long."""
    title = " ".join(title.split())[:_LONGEST_TITLE] or address[:_LONGEST_TITLE]
    if len(address) > _LONGEST_ADDRESS:
        raise RefusedError(
            Problem("address_too_long", "这一页的网址太长，不能固定", title, "去掉一些筛选条件再固定。")
        )
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        known = Shortcut.objects.filter(user=user)
        if known.filter(address=address).exists():
            return False
        if known.count() >= MOST:
            raise RefusedError(
                Problem("too_many_shortcuts", f"常用里已有{MOST}页", title, "先在工作台去掉不用的，再固定。")
            )
        Shortcut.objects.create(user=user, address=address, title=title)
    return True


def unpin(user: User, number: int) -> None:
    """Take a page off one's own desk; nothing where it is not there."""
    Shortcut.objects.filter(user=user, pk=number).delete()
