"""Receipts of applications (回执): a number that says nothing, and a code that only its holder has; neither stands beside the other.

The number is kept as the record's outside reference. The code is computed from it with the installation's key, so it is kept nowhere.
"""

from __future__ import annotations

import base64
import hmac
import secrets

from django.utils.crypto import salted_hmac

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_NUMBER_LENGTH, _CODE_LENGTH = 10, 8


def new_receipt() -> str:
    """A receipt's number that was not given before: drawn at random, without letters that are read for others."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_NUMBER_LENGTH))


def code_of(receipt: str) -> str:
    """The code that belongs to a receipt."""
    digest = salted_hmac("mingzhang.applying", receipt, algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:_CODE_LENGTH]


def fits(receipt: str, code: str) -> bool:
    """Whether a code is that of a receipt; tells nothing by the time it takes."""
    return hmac.compare_digest(code_of(receipt), normal(code))


def normal(typed: str) -> str:
    """A number or code as people copy it: blanks, hyphens and small letters do not count.

    >>> normal(" ab-c 9 ")
    'ABC9'
    """
    return typed.replace(" ", "").replace("-", "").upper()[:60]
