"""Counts and times of requests, in the text format that Prometheus reads; kept per worker process."""

from __future__ import annotations

from collections import Counter, defaultdict
from threading import Lock

_BOUNDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_lock = Lock()
_requests: Counter[tuple[str, str, int]] = Counter()
_buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))
_seconds: Counter[str] = Counter()


def count(page: str, method: str, status: int, seconds: float) -> None:
    """Count one request."""
    with _lock:
        _requests[page, method, status] += 1
        _seconds[page] += seconds
        row = _buckets[page]
        for place, bound in enumerate(_BOUNDS):
            if seconds <= bound:
                row[place] += 1
        row[-1] += 1


def text() -> str:
    """Everything counted so far."""
    lines = ["# TYPE mingzhang_requests_total counter"]
    with _lock:
        for (page, method, status), number in sorted(_requests.items()):
            lines.append(
                f'mingzhang_requests_total{{page="{page}",method="{method}",status="{status}"}} {number}'
            )
        lines.append("# TYPE mingzhang_request_seconds histogram")
        for page, row in sorted(_buckets.items()):
            for bound, number in zip((*map(str, _BOUNDS), "+Inf"), row, strict=True):
                lines.append(f'mingzhang_request_seconds_bucket{{page="{page}",le="{bound}"}} {number}')
            lines.append(f'mingzhang_request_seconds_sum{{page="{page}"}} {_seconds[page]:.6f}')
            lines.append(f'mingzhang_request_seconds_count{{page="{page}"}} {row[-1]}')
    return "\n".join(lines) + "\n"
