"""The order of voucher numbers (凭证号的先后): as people count, 9999 before 10000."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

_DIGITS = re.compile(r"[0-9]+")


def number_order(number: str) -> str:
    """A text that sorts as the numbers are counted, different for every number.

    Each run of digits becomes: how many digits its value has, its value, how many digits were written.

    >>> sorted(["记-10000", "记-9999", "记-01", "记-1"], key=number_order)
    ['记-1', '记-01', '记-9999', '记-10000']
    """
    return _DIGITS.sub(_counted, number)


def _counted(run: re.Match[str]) -> str:
    value = run[0].lstrip("0")
    return f"{len(value):02}{value}{len(run[0]):02}"


class NumberOrderField(models.CharField):
    """Holds the order of the record's `number`, whoever saves it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The order of the number as it is saved."""
        value = number_order(model_instance.number)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, value)
        return value
