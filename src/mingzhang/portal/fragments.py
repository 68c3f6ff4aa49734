"""Parts of pages that stay as they are from one request to the next (页面片段): kept as text under everything they are made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from markupsafe import Markup

from mingzhang.remembering import Remembered

_KEPT: Remembered[Hashable, Markup] = Remembered(1_000)
"""So many are kept in a process, a few kilobytes each."""


def fragment(key: Hashable | None, caller: Callable[[], Markup]) -> Markup:
    """What the block of a template says, made once for a key; without a key made each time.

    The key names the block and whatever it depends on: rights, place, the state of the organisation. Raises
    ValueError where the block has a token against forgery, which is one session's own.
    """
    return caller() if key is None else _KEPT.get(key, lambda: _to_be_kept(caller()))


def _to_be_kept(made: Markup) -> Markup:
    if "csrfmiddlewaretoken" in made:
        raise ValueError("a kept part of a page has a token of one session: leave the form outside of it")
    return made
