"""One-time passwords (一次性密码): drawn by the machine, shown once, to be changed at the first login."""

from __future__ import annotations

import secrets

_LETTERS, _CAPITALS, _DIGITS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"
_EVERY = _LETTERS + _CAPITALS + _DIGITS


def one_time_password() -> str:
    """Four groups of four, without characters that look alike; at least one of each kind.

    >>> len(one_time_password()), one_time_password() == one_time_password()
    (19, False)
    """
    while True:
        drawn = [secrets.choice(_EVERY) for _ in range(16)]
        if all(set(drawn) & set(kind) for kind in (_LETTERS, _CAPITALS, _DIGITS)):
            return "-".join("".join(drawn[place : place + 4]) for place in range(0, 16, 4))
