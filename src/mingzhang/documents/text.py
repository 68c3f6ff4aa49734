"""Text that comes from a file and goes into another: without the characters that no XML may hold."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""The text without control characters and lone surrogates.

    >>> printable("7.2%\x00")
    '7.2%'
    """
    return _FORBIDDEN.sub("", text)


def holds_controls(text: str) -> bool:
    r"""Whether a text has characters that nobody sees and no document may hold.

    >>> holds_controls("7.2%\x00"), holds_controls("7.2%\n")
    (True, False)
    """
    return _FORBIDDEN.search(text) is not None
