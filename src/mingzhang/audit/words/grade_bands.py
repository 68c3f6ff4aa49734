"""Grades (等次) of self-evaluations against the scores beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Words

_SAID = re.compile(
    r"(?:得分|评分|总分|分值|自评分)(?:为|是|达)?(?P<score>\d{1,3}(?:\.\d+)?)分[,、;]?(?:综合)?"
    r"(?:评价|评定|自评|绩效|结果)?(?:等[级次]|评级|级别|结论|档次|结果)?(?:评定)?(?:为|是|达到)?[\"(]?"
    r"(?P<grade>优秀|优|良好|良|中|差)(?:等|级|档)?(?=[\",。;)]|\Z)"
)
_BANDS = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
"""财预〔2020〕10号，第二十条: 90（含）–100 优、80（含）–90 良、60（含）–80 中、60 以下差."""


def check(words: Words) -> Iterator[Remark]:
    """One remark for each score that another grade belongs to."""
    for line in words.items:
        for match in _SAID.finditer(line.plain):
            score = Decimal(match["score"])
            due = next(name for name, least in _BANDS if score >= least)
            if score <= 100 and due != match["grade"][0]:
                yield words.remark(
                    "grade_band",
                    "warning",
                    f"得分{match['score']}分应为“{due}”，写的是“{match['grade']}”",
                    [line.spot(match.start("score"), match.end("grade"))],
                    "按得分所在的区间改正等次，或核对得分",
                    should_be=due,
                )
