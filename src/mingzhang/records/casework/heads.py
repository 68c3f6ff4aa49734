"""Heads of the trail's books that settings are read under (留痕链头): asked each time, or once for many records written together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mingzhang.records.models import TrailChain

_held: ContextVar[dict[str, str] | None] = ContextVar("held_heads", default=None)


def head_of(book: str) -> str:
    """The head of a book's chain, blank before its first entry: another one with every change of what the book is about."""
    held = _held.get()
    if held is not None and book in held:
        return held[book]
    head = TrailChain.objects.filter(name=book).values_list("head", flat=True).first() or ""
    if held is not None:
        held[book] = head
    return head


@contextmanager
def heads_held() -> Iterator[None]:
    """Ask for each head once within: nothing inside changes what the books are about."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)
