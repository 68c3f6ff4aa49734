"""How often a token may ask (限流): so many requests a minute in each process of the portal, with some in reserve for bursts."""

from __future__ import annotations

import time
from threading import Lock

from django.conf import settings

_MOST_KNOWN = 10_000


class TokenBucket:
    """Fills steadily up to its size; every request takes one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._levels: dict[str, tuple[float, float]] = {}

    def wait(self, key: str) -> float:
        """Take one; 0 where there was one, else the seconds until there is."""
        a_minute = settings.API_PER_MINUTE
        now = time.monotonic()
        with self._lock:
            level, since = self._levels.get(key, (float(a_minute), now))
            level = min(float(a_minute), level + (now - since) * a_minute / 60)
            if level < 1:
                self._levels[key] = (level, now)
                return (1 - level) * 60 / a_minute
            if len(self._levels) >= _MOST_KNOWN:
                self._levels.clear()
            self._levels[key] = (level - 1, now)
            return 0.0


BUCKET = TokenBucket()
