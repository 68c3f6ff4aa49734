"""How often the public may do something (公众限次): so many times in a while from one address, in each process of the portal."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

_MOST_KNOWN = 20_000


class Throttle:
    """Counts what each key did within the last seconds; refuses beyond the most."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._lock = Lock()
        self._done: dict[str, deque[float]] = {}

    def wait(self, key: str) -> float:
        """Count one; 0 where it is within the limit, else the seconds until there is room again, and nothing is counted.

        >>> throttle = Throttle(1, 60)
        >>> throttle.wait("a"), throttle.wait("a") > 0, throttle.wait("b")
        (0.0, True, 0.0)
        """
        now = time.monotonic()
        with self._lock:
            if len(self._done) >= _MOST_KNOWN:
                self._done = {
                    who: times for who, times in self._done.items() if times[-1] > now - self._seconds
                }
            times = self._done.setdefault(key, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return times[0] + self._seconds - now
            times.append(now)
            return 0.0
