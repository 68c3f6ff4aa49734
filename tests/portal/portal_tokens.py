"""Tokens for the tests of the API."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from mingzhang.records.administration.tokens import PREFIX
from mingzhang.records.models import Token, User
from mingzhang.records.policy import Action
from mingzhang.records.trail import sm3


def token_for(person: User, *scopes: str) -> str:
    """The secret of a token good for these actions, for all where none are named."""
    secret = f"{PREFIX}{person.pk}-{len(scopes)}-{Token.objects.count()}"
    Token.objects.create(
        user=person,
        name="测试",
        digest=sm3(secret),
        scopes=list(scopes or Action),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return secret
