"""Amounts in 元 whose very digits stand elsewhere in 万元 (or the reverse): one of the units is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words
from mingzhang.facts import Statement

_SHORTEST = 5
"""Digits and point: shorter amounts meet by chance."""
_FEW = 2


def check(words: Words) -> Iterator[Remark]:
    """Amounts of the unit that the report uses less. One coordinate printed twice is not looked at: figures tell that."""
    money = [each for each in words.statements if each.printed.unit.chinese in ("元", "万元")]
    of_text = [each for each in money if each.source == "text"]
    in_yuan = sum(each.printed.unit.chinese == "元" and each.printed.value != 0 for each in of_text)
    rare = "元" if 2 * in_yuan < len(of_text) else "万元"
    digits: dict[str, list[Statement]] = defaultdict(list)
    for each in money:
        if each.printed.unit.chinese != rare:
            digits[each.printed.text].append(each)
    found = [
        (each, digits[each.printed.text])
        for each in of_text
        if each.printed.unit.chinese == rare
        and "." in each.printed.text
        and len(each.printed.text) >= _SHORTEST
        and digits.get(each.printed.text)
    ]
    for each, others in found if len(found) <= _FEW else ():
        if all(other.coordinate != each.coordinate for other in others):
            yield words.remark(
                "unit_at_odds",
                "warning",
                f"{each.label}{each.shown}与{others[0].label}{others[0].shown}数字相同而单位不同",
                [],
                "核对金额单位",
                statements=(each, others[0]),
            )
