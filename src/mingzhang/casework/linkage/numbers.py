"""Residents' numbers (居民身份证号码) that differ in one place: what may have been meant by a number whose checksum fails.

The checksum of GB 11643 (ISO 7064 MOD 11-2) finds every single wrong sign and every exchange of two neighbours. So of two numbers that differ by one such
slip at most one is sound, and the sound numbers one slip away from a wrong one can be counted out.
"""

from __future__ import annotations

import re

from mingzhang.casework.identifiers import check_sign
from mingzhang.casework.linkage.names import plain_text

_OLD = re.compile(r"[1-9]\d{14}")
_SIGNS = "0123456789"


def plain_number(text: str) -> str:
    """A number in one form: half-width, capital X, without spaces; one of fifteen digits gets its century and check sign.

    >>> plain_number(" 11010519491231002x"), plain_number("110105491231002"), plain_number("无")
    ('11010519491231002X', '11010519491231002X', '')
    """
    number = "".join(sign for sign in plain_text(text).upper() if sign in "0123456789X")
    if _OLD.fullmatch(number):
        body = f"{number[:6]}19{number[6:]}"
        return body + check_sign(body)
    return number if 15 <= len(number) <= 20 else ""


def one_slip_away(number: str) -> set[str]:
    """The sound numbers that differ from a number of 17 to 19 signs by one wrong, exchanged, missing or doubled sign.

    >>> "11010519491231002X" in one_slip_away("11010519491213002X"), "11010519491231002X" in one_slip_away("1101051949123102X")
    (True, True)
    """
    found = {candidate for candidate in _written(number) if len(candidate) == 18}
    return {candidate for candidate in found if candidate != number and _is_sound(candidate)}


def slip_between(one: str, other: str) -> str:
    """How two numbers differ, in Chinese: the place of the one slip; blank where they are equal or more than one slip apart.

    >>> slip_between("11010519491231002X", "11010519491231003X"), slip_between("11010519491231002X", "11010519491213002X")
    ('第17位不同', '第13、14位对调')
    """
    if len(one) == len(other):
        places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(places) == 1:
            return f"第{places[0] + 1}位不同"
        if len(places) == 2 and places[1] == places[0] + 1 and one[places[0]] == other[places[1]]:
            swapped = one[places[1]] == other[places[0]]
            return f"第{places[0] + 1}、{places[1] + 1}位对调" if swapped else ""
        return ""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) != 1:
        return ""
    place = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return f"少写第{place + 1}位" if longer[:place] + longer[place + 1 :] == shorter else ""


def _written(number: str) -> set[str]:
    """What might have been meant; the check sign is as good as any other."""
    last = {number[:-1] + sign for sign in _SIGNS + "X"}
    wrong = {
        number[:place] + sign + number[place + 1 :] for place in range(len(number) - 1) for sign in _SIGNS
    }
    exchanged = {
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(len(number) - 1)
    }
    missing = {number[:place] + sign + number[place:] for place in range(len(number) + 1) for sign in _SIGNS}
    missing.add(f"{number}X")
    doubled = {number[:place] + number[place + 1 :] for place in range(len(number))}
    return last | wrong | exchanged | missing | doubled


def _is_sound(number: str) -> bool:
    return number[17] == check_sign(number) if number[:17].isdigit() else False
