"""The words in which every format tells a place, a repair, the state of a figure."""

from __future__ import annotations

from collections.abc import Mapping

from mingzhang.audit.remark import Remark
from mingzhang.documents import Place
from mingzhang.documents.problems import SEVERITIES
from mingzhang.facts import Statement

_LONGEST = 60
MENDED, STANDING, FRESH = "已改", "未改", "新出现"
"""What became of a finding since the former version of the report."""
STATES = {"verified": "有其他数印证", "contradicted": "有矛盾", "unverified": "没有数可核对"}
"""What is known of a figure, as users read it."""


def located(place: Place) -> str:
    """A place as users read it.

    >>> located(Place(3, 10, 14, quote="7.2%"))
    '第3页“7.2%”'
    """
    return f"第{place.page}页“{place.quote[:_LONGEST]}”" if place.quote else f"第{place.page}页"


def graded(remark: Remark) -> str:
    """The severity as users read it, after what became of the finding since the former version."""
    word = SEVERITIES[remark.severity]
    return f"{remark.change}·{word}" if remark.change else word


def repairs_in_chinese(remark: Remark, statements: Mapping[str, Statement]) -> str:
    """The alternatives of a remark, each with the figures to change; empty where none is known."""
    ways = []
    for repairs in remark.repairs:
        changes = [
            f"“{statements[each.statement].label}”{statements[each.statement].shown}改为{each.value or '相应的数'}"
            for each in repairs
            if each.statement in statements
        ]
        if len(changes) == len(repairs) > 0:
            ways.append("，".join(changes))
    return "；或".join(ways)
