"""Keys of records (内部编号): UUIDs of version 7, ordered by the time they were made; never shown as a case number."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_key() -> str:
    """A new key as 36 characters (RFC 9562, 5.7): milliseconds since 1970 in 48 bits, then 74 random ones.

    >>> UUID(new_key()).version
    7
    """
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    number = milliseconds << 80 | _VERSION | (random >> 62) << 64 | _VARIANT | random & (1 << 62) - 1
    return str(UUID(int=number))
