"""Identifiers (证件号码、统一社会信用代码、电话): their checksums, and what a resident's number says of birth and sex.

Each check returns what is wrong, in Chinese, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

_RESIDENT = re.compile(r"[1-9]\d{16}[\dX]")
_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECKS = "10X98765432"
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|(400|800)-?\d{3}-?\d{4}|\d{7,8}")


class Identifier(NamedTuple):
    """A check: the code of its problem, the check, and what to do."""

    code: str
    check: Callable[[str], str | None]
    remedy: str


def resident_id_mistake(text: str) -> str | None:
    """What is wrong with a resident's number (GB 11643—1999: eighteen signs, birth, ISO 7064 MOD 11-2).

    >>> resident_id_mistake("11010519491231002X"), resident_id_mistake("110105194912310021")
    (None, '校验码不符，末位应为X')
    """
    if not _RESIDENT.fullmatch(text):
        return "应为18位：17位数字加1位数字或大写X"
    if birth(text) is None:
        return f"出生日期{text[6:14]}不存在"
    check = check_sign(text)
    return None if text[-1] == check else f"校验码不符，末位应为{check}"


def uscc_mistake(text: str) -> str | None:
    """What is wrong with a unified social credit code (GB 32100—2015).

    >>> uscc_mistake("91350100M000100Y43"), uscc_mistake("91350100M000100Y44")
    (None, '校验码不符，末位应为3')
    """
    if len(text) != 18 or any(sign not in _USCC_SIGNS for sign in text):
        return "应为18位数字或大写字母（不含I、O、S、V、Z）"
    total = sum(_USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    check = _USCC_SIGNS[-total % 31]
    return None if text[-1] == check else f"校验码不符，末位应为{check}"


def phone_mistake(text: str) -> str | None:
    """What is wrong with a telephone number: mobile, landline with or without area code, 400 and 800.

    >>> phone_mistake("13800000000"), phone_mistake("027-87654321"), phone_mistake("1380000")
    (None, None, None)
    >>> phone_mistake("138000000001")
    '应为11位手机号，或带区号的固定电话（如027-87654321）'
    """
    return None if _PHONE.fullmatch(text) else "应为11位手机号，或带区号的固定电话（如027-87654321）"


def birth(resident_id: str) -> date | None:
    """The day of birth that the number states; None where there is no such day or it is before 1800.

    >>> birth("11010519491231002X")
    datetime.date(1949, 12, 31)
    """
    digits = resident_id[6:14]
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return found if found.year >= 1800 else None


def sex(resident_id: str) -> str:
    """男 or 女, as the seventeenth digit is odd or even.

    >>> sex("11010519491231002X")
    '女'
    """
    return "男" if int(resident_id[16]) % 2 else "女"


def resident_id(area: str, born: date, order: int) -> str:
    """The number of the person registered as `order` (1–999) of the area (six digits) on the day of birth.

    >>> resident_id("110105", date(1949, 12, 31), 2)
    '11010519491231002X'
    """
    body = f"{area}{born:%Y%m%d}{order:03d}"
    return body + check_sign(body)


def check_sign(text: str) -> str:
    """The eighteenth sign that the first seventeen digits of a resident's number ask for.

    >>> check_sign("11010519491231002")
    'X'
    """
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True)) % 11]


IDENTIFIERS = {
    "resident_id": Identifier("E-IDNO", resident_id_mistake, "请对照居民身份证逐位核对。"),
    "uscc": Identifier("E-USCC", uscc_mistake, "请对照营业执照上的统一社会信用代码核对。"),
    "phone": Identifier("E-PHONE", phone_mistake, "请核对电话号码。"),
}
"""Checks by the name that a field states."""
