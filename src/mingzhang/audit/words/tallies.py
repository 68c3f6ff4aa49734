"""Counts that a sentence splits completely: projects by grade (优、良、中、差), problems by what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words

_SENTENCE = re.compile(r"[^。]+")
_PROJECTS = re.compile(
    r"(?<!\d)(?P<total>\d+)个(?:部门|一级|二级)?项目|项目(?:共|共计|为|数为?)?(?P<other>\d+)个"
)
_GRADED = re.compile(
    r"\"?(?P<grade>优|良|中|差)(?:秀|好)?\"?(?:等级|等次|等|级|档)?(?:的)?(?:项目)?(?:有|共|为|数)?(?P<count>\d+)个"
    r"|(?<!\d)(?P<before>\d+)个(?:项目)?(?:的)?(?:评价|评定|自评)?(?:等级|等次|结果|结论)?(?:评定)?(?:为|是)\"?(?P<named>优|良|中|差)"
)
_PROBLEMS = re.compile(r"(?:发现|存在|梳理)(?:各类)?问题(?:共|共计|为)?(?P<total>\d+)[个项条]")
_MENDED = re.compile(r"(?:已|完成)(?:经)?整改(?:完成|到位|完毕)?(?:的|问题)?(?P<count>\d+)[个项条]")
_MENDING = re.compile(
    r"(?:正在|正|持续|未|尚未)(?:完成)?整改(?:中|完成|到位)?(?:的|问题)?(?P<count>\d+)[个项条]"
)


def check(words: Words) -> Iterator[Remark]:
    """Parts that are more than their whole, or that are all named and not the whole."""
    for line in words.items:
        for sentence in _SENTENCE.finditer(line.plain):
            for total, parts, complete in (_grades(sentence[0]), _problems(sentence[0])):
                added = sum(parts)
                if total and parts and (added > total if not complete else added != total):
                    yield words.remark(
                        "tally",
                        "warning",
                        f"分项{'＋'.join(map(str, parts))}＝{added}，与总数{total}不符",
                        [line.spot(sentence.start(), sentence.end())],
                        "核对总数与各分项",
                        should_be=str(added),
                    )


def _grades(sentence: str) -> tuple[int, list[int], bool]:
    whole = _PROJECTS.search(sentence)
    if whole is None:
        return 0, [], False
    found = list(_GRADED.finditer(sentence, whole.end()))
    names = [each["grade"] or each["named"] for each in found]
    if len(found) < 2 or len(set(names)) < len(names):
        return 0, [], False
    counts = [int(each["count"] or each["before"]) for each in found]
    return int(whole["total"] or whole["other"]), counts, len(names) == 4


def _problems(sentence: str) -> tuple[int, list[int], bool]:
    whole = _PROBLEMS.search(sentence)
    mended = list(_MENDED.finditer(sentence, whole.end())) if whole else []
    mending = list(_MENDING.finditer(sentence, whole.end())) if whole else []
    if whole is None or len(mended) != 1 or len(mending) != 1:
        return 0, [], False
    return int(whole["total"]), [int(mended[0]["count"]), int(mending[0]["count"])], True
