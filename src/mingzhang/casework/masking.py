"""Masking (脱敏): what lists show of personal fields."""

from __future__ import annotations

from typing import Any

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.casework.predicates import is_empty

HIDDEN = "******"
SEALED = "已封存"


def masked(field: Field, value: Any) -> str:
    """What may be seen of the value without opening it; blank where there is none. Fields of class P0 are not masked: see the caller.

    Names keep their first sign, numbers a few at both ends, other P2 content nothing, P3 not even that there is something to open.
    """
    if is_empty(value):
        return ""
    if field.privacy is PrivacyClass.P3:
        return SEALED
    if field.identifier == "resident_id" or field.name.endswith("id_no"):
        return number(str(value))
    if field.privacy is PrivacyClass.P2:
        return name(str(value)) if field.name == "name" else HIDDEN
    if field.identifier == "phone" or "phone" in field.name:
        return phone(str(value))
    if "address" in field.name:
        return address(str(value))
    return name(str(value)) if field.type is FieldType.TEXT else HIDDEN


def name(text: str) -> str:
    """A person's or party's name: the first sign and a star, whatever its length.

    >>> name("张三丰"), name("李四")
    ('张*', '李*')
    """
    return f"{text[:1]}*"


def phone(text: str) -> str:
    """A telephone number: first three and last four signs of a mobile number, else the last four hidden.

    >>> phone("13812340000"), phone("027-87654321")
    ('138****0000', '027-8765****')
    """
    return f"{text[:3]}****{text[-4:]}" if len(text) == 11 and text.isdigit() else f"{text[:-4]}****"


def number(text: str) -> str:
    """The number of a document: the first three and the last two signs.

    >>> number("42011119900307291X")
    '420*************1X'
    """
    return f"{text[:3]}{'*' * (len(text) - 5)}{text[-2:]}" if len(text) >= 8 else "*" * len(text)


def address(text: str) -> str:
    """An address: the first six signs.

    >>> address("武汉市洪山区珞南街道某某路1号")
    '武汉市洪山区****'
    """
    return f"{text[:6]}****" if len(text) > 6 else f"{text[:2]}****"
