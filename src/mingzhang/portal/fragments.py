"""Parts of pages that stay as they are from one request to the next (页面片段): kept as text under everything they are made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from markupsafe import Markup

from mingzhang.remembering import Remembered

_KEPT: Remembered[Hashable, Markup] = Remembered(1_000)
"""So many are kept in a process, a few kilobytes each."""


def fragment(key: Hashable | None, caller: Callable[[], Markup]) -> Markup:
    """What the block of a template says, made once for a key; without a key made each time.

    The key names the block and whatever it depends on: rights, place, the state of the organisation.
    """
    return caller() if key is None else _KEPT.get(key, caller)
