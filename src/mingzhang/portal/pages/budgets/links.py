"""From a row of the execution to its vouchers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from mingzhang.portal.access import Here
from mingzhang.records.execution_tree import Node


def voucher_link(here: Here, node: Node, month: int) -> str:
    """The vouchers that a row's spending is made of; blank where no list tells them."""
    assert here.entity is not None
    unit = here.entity.code if here.entity.keeps_books else node.unit
    if not node.stated or not unit or not node.amounts.spent:
        return ""
    stated = {"account": "7", **node.stated}
    return f"{reverse('vouchers', kwargs={'entity': unit, 'year': here.year})}?{urlencode(stated)}"
