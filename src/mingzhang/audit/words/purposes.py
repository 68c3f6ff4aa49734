"""Purposes (主要用于：…) that were copied from another item: words of another class of subjects, none of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words

_ITEM = re.compile(
    r"(?P<class>[一-龥]{2,24}?)(?:支出)?\(类\)(?:支出)?(?P<group>[^()。]{2,40})\(款\)(?P<item>(?:[^()。]|\([^类款项()]*\)){2,40})\(项\)"
    r"[^。:]{0,30}[。,:]?(?:支出)?主要(?:用于|是用于|反映):?(?P<purpose>[^。;]+)"
)
_COMMON = re.compile(
    r"机关事业单位|行政事业单位|事业单位|行政单位|其他|支出|缴费|经费|补助|补贴|缴纳|基本|单位|机关"
)


def check(words: Words) -> Iterator[Remark]:
    """One remark for each such item."""
    classes = words.phrases.purposes
    for line in words.items:
        for match in _ITEM.finditer(line.plain):
            name = match["class"] if match["class"].endswith("支出") else f"{match['class']}支出"
            own = next((each for title, each in classes if name.endswith(title)), None)
            purpose = match["purpose"]
            if own is None or own.search(purpose) or _shares(match["group"] + "、" + match["item"], purpose):
                continue
            other = next(
                (each.search(purpose) for _, each in classes if each is not own and each.search(purpose)),
                None,
            )
            if other is not None:
                yield words.remark(
                    "purpose",
                    "warning",
                    f"“{match['item']}（项）”的用途写的是“{purpose}”，像是从别的科目抄来的",
                    [line.spot(match.start("purpose"), match.end("purpose"))],
                    "按该科目的实际用途改写",
                )


def _shares(subject: str, purpose: str) -> bool:
    """Whether the purpose repeats two characters of the subject's own name that are not common to all subjects."""
    names = _COMMON.sub("、", subject)
    return any(
        "、" not in names[at : at + 2] and names[at : at + 2] in purpose for at in range(len(names) - 1)
    )
