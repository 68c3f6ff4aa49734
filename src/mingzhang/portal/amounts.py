"""Amounts as people type them (金额输入): yuan with separators, read into fen exactly."""

from __future__ import annotations

import re
import unicodedata

_AMOUNT = re.compile(r"([+-]?)(\d{0,13})(?:\.(\d{0,2}))?")
_LONGEST = 40


def fen_of(text: str) -> int:
    """Fen of an amount in yuan; ValueError, in Chinese, where it is none.

    >>> fen_of("1,234.5"), fen_of("－０．０８"), fen_of("¥300")
    (123450, -8, 30000)
    """
    plain = (
        unicodedata.normalize("NFKC", text[:_LONGEST]).strip().lstrip("¥").replace(",", "").replace(" ", "")
    )
    found = _AMOUNT.fullmatch(plain.replace("−", "-"))
    if found is None or not (found[2] or found[3]):
        raise ValueError(f"“{text[:20]}”不是金额：以元为单位，最多两位小数，如 1234.50")
    fen = int(found[2] or 0) * 100 + int((found[3] or "").ljust(2, "0"))
    return -fen if found[1] == "-" else fen


def yuan_of(fen: int | None) -> str:
    """Fen as a form shows them: without separators, so that they can be typed over.

    >>> yuan_of(-8), yuan_of(123450)
    ('-0.08', '1234.50')
    """
    if fen is None:
        return ""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"
