"""Terms of a Chinese text (检索词): all pairs of neighbouring characters, and words of Latin letters or digits whole.

Pairs need no dictionary and find words of two characters, which pieces of three cannot.
"""

from __future__ import annotations

import re
import unicodedata

_RUNS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+")
_HOLLOW = frozenset("的了呢吗啊吧么请问您你我")
"""Characters that carry no matter: a pair of two of them is no term."""


def terms(text: str) -> list[str]:
    """The terms of a text, each once, in the order they first come.

    >>> terms("房东不退押金，ＡＰＰ 租的！")
    ['房东', '东不', '不退', '退押', '押金', 'app', '租的']
    """
    found: dict[str, None] = {}
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        pairs = (
            [run]
            if run.isascii() or len(run) == 1
            else [run[place : place + 2] for place in range(len(run) - 1)]
        )
        found.update((pair, None) for pair in pairs if not set(pair) <= _HOLLOW)
    return list(found)
