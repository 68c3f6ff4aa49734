"""Tables that stop above the detail that has to be published, and subjects that stand in one table twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words
from mingzhang.documents import Table
from mingzhang.facts import ACTUAL, Statement

_DETAIL = {"function": (7, "项"), "economic": (5, "款")}
_FEWEST = 2
"""A table of one class alone may be an extract."""


def check(words: Words) -> Iterator[Remark]:
    """Notices only: secret work is published to a higher level, and tables go on over pages."""
    forms = {block.title for block in words.document.blocks if isinstance(block, Table) and block.name}
    groups: dict[tuple[str, str], dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for each in words.statements:
        if each.source != "table" or each.context not in forms or each.coordinate.measure != ACTUAL:
            continue
        for dimension in _DETAIL:
            code = each.coordinate.get(dimension)
            if code and code.isdecimal():
                groups[each.context, dimension][code].append(each)
    for (title, dimension), codes in groups.items():
        length, level = _DETAIL[dimension]
        coded = [code for code in codes if len(code) >= 3]
        if len(coded) >= _FEWEST and _goes_by(title, dimension) and all(len(code) < length for code in coded):
            yield words.remark(
                "without_detail",
                "notice",
                f"《{title}》没有细化到“{level}”级科目",
                [],
                f"除涉密内容外，按“{level}”级科目公开",
                statements=codes[coded[0]][:1],
            )
        yield from _twice(words, title, codes)


def _goes_by(title: str, dimension: str) -> bool:
    """Whether a table has to go down to the level: summaries list classes only."""
    if "总表" in title or "三公" in title:
        return False
    return ("基本支出" in title) == (dimension == "economic")


def _twice(words: Words, title: str, codes: dict[str, list[Statement]]) -> Iterator[Remark]:
    for code, own in codes.items():
        seen: dict[object, Statement] = {}
        for each in own:
            before = seen.setdefault(each.coordinate, each)
            if before is not each and before.printed.text != each.printed.text:
                yield words.remark(
                    "row_twice",
                    "notice",
                    f"《{title}》中科目{code}出现两次，数不相同：{before.shown}、{each.shown}",
                    [],
                    "核对该科目的行，删去重复的",
                    statements=[before, each],
                )
                break
