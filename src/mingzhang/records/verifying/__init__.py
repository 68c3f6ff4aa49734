"""Verify the books (核验账簿): prove every chain, voucher, kept row, publication and anchor against the trail, and name what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing

from mingzhang.documents import Problem
from mingzhang.records.verifying.anchors import verify_anchors
from mingzhang.records.verifying.cases import verify_cases
from mingzhang.records.verifying.chains import verify_chains
from mingzhang.records.verifying.moment import one_moment
from mingzhang.records.verifying.month_totals import verify_month_totals
from mingzhang.records.verifying.postings import verify_postings
from mingzhang.records.verifying.publications import verify_publications
from mingzhang.records.verifying.rows import verify_rows
from mingzhang.records.verifying.seals import verify_seals
from mingzhang.records.verifying.vouchers import verify_vouchers

Proved = Counter[str]
"""How many of what were looked at, by their Chinese name, in the order of looking."""

STAGES: dict[str, Callable[[Proved], Iterator[Problem]]] = {
    "核验留痕链": verify_chains,
    "核验锚定": verify_anchors,
    "核验凭证内容": verify_vouchers,
    "核验记账留痕": verify_postings,
    "核验分月汇总": verify_month_totals,
    "核验登记留痕": verify_seals,
    "核验其他记录": verify_rows,
    "核验业务记录": verify_cases,
    "核验公开版本": verify_publications,
}


def verify_books(proved: Proved, tell: Callable[[str], None] | None = None) -> Iterator[Problem]:
    """Everything that does not agree with the trail, as the open books stand at one moment; counts go into `proved`."""
    with one_moment():
        for stage, verify in STAGES.items():
            if tell:
                tell(stage)
            with closing(verify(proved)) as found:
                yield from found
