"""Parts of pages that stay as they are from one request to the next (页面片段): kept as text under everything they are made of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from markupsafe import Markup

_MOST = 1_000
"""So many are kept in a process, a few kilobytes each."""
_LOCK = Lock()
_KEPT: OrderedDict[Hashable, Markup] = OrderedDict()


def fragment(key: Hashable | None, caller: Callable[[], Markup]) -> Markup:
    """What the block of a template says, made once for a key; without a key made each time.

    The key names the block and whatever it depends on: rights, place, the state of the organisation.
    """
    if key is None:
        return caller()
    with _LOCK:
        found = _KEPT.get(key)
        if found is not None:
            _KEPT.move_to_end(key)
            return found
    made = caller()
    with _LOCK:
        _KEPT[key] = made
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return made
