"""Tokens of programs (接口令牌): shown once, kept as SM3, good for some actions until a day or until revoked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.administration.scope import may_manage
from mingzhang.records.casework.models import CasePost
from mingzhang.records.models import Token, User
from mingzhang.records.policy import BY_POST, MAY, Access, Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.trail import content, record, sm3

BOOK = "people"
PREFIX = "mz_"
LONGEST_DAYS = 366
_SEEN_EVERY = timedelta(minutes=1)
"""The last use is not written at every request."""


def grantable(access: Access) -> list[Action]:
    """The actions that a token of this person may be good for: what the person may do anywhere, by a role or a post, administration aside."""
    own = {action for role in access.roles for action in MAY[role]}
    own |= BY_POST if CasePost.objects.filter(user=access.user).exists() else set()
    return [action for action in Action if action in own - {Action.ADMINISTER, Action.BACK_UP}]


def make_token(access: Access, name: str, scopes: Sequence[str], days: int) -> tuple[Token, str]:
    """Make a token of one's own and return it with its secret, which is kept nowhere. Raises RefusedError."""
    name = name.strip()
    problems = []
    if not 0 < len(name) <= 60:
        problems.append(Problem("token_unnamed", "没有名称", "名称", "写明给哪个程序用，至多 60 字。"))
    allowed = set(grantable(access))
    if not scopes or not set(scopes) <= allowed:
        problems.append(
            Problem("token_scope", "没有选择用途，或选了您没有的权限", "用途", "至少选择一项您自己有的权限。")
        )
    if not 1 <= days <= LONGEST_DAYS:
        problems.append(Problem("token_days", "有效期不合要求", "有效期", f"填写 1 至 {LONGEST_DAYS} 天。"))
    if problems:
        raise RefusedError(*problems)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = Token.objects.create(
            user=access.user,
            name=name,
            digest=sm3(secret),
            scopes=sorted(set(scopes)),
            expires_at=timezone.now() + timedelta(days=days),
        )
        record(BOOK, "建立接口令牌", _title(token), of=token, after=_told(token))
    return token, secret


def revoke_token(access: Access, token: Token) -> None:
    """Make a token useless at once: one's own, or that of a person whom one administers. Raises RefusedError."""
    if token.user_id != access.user.pk and not may_manage(access, token.user):
        raise RefusedError(
            Problem("not_your_token", "这不是您的令牌", token.name, "由本人或系统管理员作废。")
        )
    with transaction.atomic():
        row = Token.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
        if row.revoked_at is None:
            before = _told(row)
            row.revoked_at = timezone.now()
            row.save(update_fields=["revoked_at"])
            record(BOOK, "作废接口令牌", _title(row), of=row, before=before, after=_told(row))


def token_of(secret: str) -> Token | None:
    """The token of a secret, if it is good now and its person is active; its use is noted."""
    if not secret.startswith(PREFIX):
        return None
    now = timezone.now()
    token = (
        Token.objects.select_related("user")
        .filter(digest=sm3(secret), revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is not None and (token.last_used_at is None or now - token.last_used_at > _SEEN_EVERY):
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def tokens_of(person: User) -> list[Token]:
    """A person's tokens, newest first."""
    return list(person.tokens.all())


def _told(token: Token) -> dict[str, object]:
    return content(token, "digest", "last_used_at")


def _title(token: Token) -> str:
    return f"{token.user.name} {token.name}"
