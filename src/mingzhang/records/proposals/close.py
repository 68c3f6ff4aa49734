"""The close of a month or a year (月结、年结), prepared, reviewed and approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.closing import Closed, close_month, close_year, month_refusal, year_refusal
from mingzhang.records.models import Entity, PeriodLock, Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import LongKind, RefusedError, Work
from mingzhang.records.proposals.shape import Listing, Record, Text, Whole


class CloseKind(LongKind):
    """Close `month` of the year; 13 is the year itself, with `special_surplus_fen` and `finished_projects`."""

    name = "close"
    chinese = "结账"
    prepare = Action.PREPARE_CLOSE
    review = Action.REVIEW_CLOSE
    approve = Action.APPROVE_CLOSE
    job, doing = "close", "结账"
    shape = Record(
        {
            "month": Whole(1, PeriodLock.YEAR, needed=True),
            "special_surplus_fen": Whole(0),
            "finished_projects": Listing(Text(60)),
        },
        open=True,
    )

    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """What waits in the period: vouchers not yet posted, a month that is closed already."""
        month = int(payload["month"])
        refusal = (
            year_refusal(entity, year, int(payload.get("special_surplus_fen") or 0))
            if month == PeriodLock.YEAR
            else month_refusal(entity, year, month)
        )
        if refusal:
            return [refusal]
        waiting = [
            proposal
            for proposal in Proposal.objects.filter(
                entity=entity, year=year, kind="voucher", state__in=Proposal.OPEN
            )
            if month == PeriodLock.YEAR or int((proposal.payload.get("date") or "0000-00")[5:7]) <= month
        ]
        if waiting:
            return [
                Problem(
                    "vouchers_waiting",
                    f"还有{len(waiting)}张凭证没有记账",
                    f"{entity.name}，{period(year, month)}",
                    "先审批、退回或撤回这些凭证，再结账。",
                )
            ]
        return []

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Which period of whom."""
        return f"{entity.short_name or entity.name}{period(year, int(payload['month']))}结账"

    def carry_out(self, proposal: Proposal, work: Work) -> None:
        """Close it, in one transaction."""
        work.tell("结账")
        result: dict[str, Any] = {}
        with work.finishing(result) as row:
            result.update(self._close(row))

    def _close(self, proposal: Proposal) -> dict[str, Any]:
        """The vouchers of the close, the opening of the next year, the checks."""
        payload = proposal.payload
        month = int(payload["month"])
        closed: Closed = (
            close_year(
                proposal.entity,
                proposal.year,
                special_surplus=int(payload.get("special_surplus_fen") or 0),
                finished_projects=payload.get("finished_projects") or (),
            )
            if month == PeriodLock.YEAR
            else close_month(proposal.entity, proposal.year, month)
        )
        if not closed.accepted:
            raise RefusedError(*closed.problems)
        return {
            "vouchers": [
                [number, step.name or "财务", step.chinese] for step, number in closed.steps if number
            ],
            "opening": closed.opening,
            "checks": [
                [check.chinese, check.left, check.right, check.explanation] for check in closed.checks
            ],
        }


def period(year: int, month: int) -> str:
    """A period in words: 2021年3月 or 2021年度."""
    return f"{year}年度" if month == PeriodLock.YEAR else f"{year}年{month}月"
