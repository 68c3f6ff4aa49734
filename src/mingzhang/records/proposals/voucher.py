"""A voucher waiting to be posted (待记账凭证): from a business event, or line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.checking import check
from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.event_accounts import EventError
from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from mingzhang.records.models import Entity, Proposal
from mingzhang.records.models import VoucherKind as LedgerKind
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError, ShortKind
from mingzhang.records.proposals.shape import Amounts, Day, Flag, Listing, Maybe, Record, Text, Whole, Word

_ENTRY = {field.name for field in fields(Entry)}
_ATTRIBUTES = (
    "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty", "contract",
)  # fmt: skip
_LINE = Record(
    {
        "side": Word(("D", "C")),
        "account": Text(16),
        "fen": Whole(needed=True),
        **{name: Text(60) for name in _ATTRIBUTES},
    },
    open=True,
)
_EVENT = Record(
    {
        "template": Text(8),
        "amounts": Amounts(),
        "payment": Text(20),
        "group": Text(20),
        "accounts": Listing(Text(16)),
        "back_office": Flag(),
        **{name: Text(60) for name in _ATTRIBUTES},
    }
)
_INCOMPLETE = (KeyError, TypeError, ValueError)
"""What a payload that describes no voucher raises; EventError, which says more, is one of them."""


class VoucherKind(ShortKind):
    """Post one voucher.

    The payload has `date`, `summary`, `kind`, `reason` and either `event` (a template and what the form asks for) or
    `financial` and `budgetary` lines.
    """

    name = "voucher"
    chinese = "记账凭证"
    prepare = Action.PREPARE_VOUCHER
    review = Action.REVIEW_VOUCHER
    approve = Action.APPROVE_VOUCHER
    shape = Record(
        {
            "date": Day(),
            "summary": Text(200),
            "kind": Word(tuple(LedgerKind.values)),
            "reason": Text(200),
            "event": Maybe(_EVENT),
            "financial": Listing(_LINE),
            "budgetary": Listing(_LINE),
        },
        open=True,
    )

    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """The checks of posting."""
        try:
            draft = voucher_draft(entity, year, payload)
        except EventError as wrong:
            return [
                Problem("event_refused", str(wrong), f"{entity.name}{year}年度", "按提示改正业务事项的内容。")
            ]
        except _INCOMPLETE:
            return [
                Problem(
                    "voucher_incomplete",
                    "凭证内容不完整",
                    f"{entity.name}{year}年度",
                    "填写日期、摘要和每一行的科目、金额。",
                )
            ]
        return check(draft)

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Its summary."""
        return str(payload.get("summary") or "").strip() or "（没有摘要的凭证）"

    def amount(self, entity: Entity, year: int, payload: dict[str, Any]) -> int | None:
        """The larger system's debits of the voucher that the payload describes, whatever amount it states itself."""
        try:
            return turnover(voucher_draft(entity, year, payload))
        except _INCOMPLETE:
            return None

    def do(self, proposal: Proposal) -> dict[str, Any]:
        """Post it under the names of the three."""
        draft = voucher_draft(proposal.entity, proposal.year, proposal.payload)
        people = {
            name: getattr(proposal, name).name if getattr(proposal, name) else ""
            for name in ("prepared_by", "reviewed_by", "approved_by")
        }
        posted = post([replace(draft, event_key=f"proposal-{proposal.key}", **people)])
        if not posted.accepted:
            raise RefusedError(*(problem for problem in posted.problems if problem.is_error))
        return {"number": posted.numbers[0]}


def voucher_draft(entity: Entity, year: int, payload: dict[str, Any]) -> VoucherDraft:
    """The draft that a payload describes. Raises EventError, KeyError or ValueError where it describes none."""
    on = date.fromisoformat(payload["date"])
    head = {
        "kind": payload.get("kind") or "ordinary",
        "reason": payload.get("reason") or "",
        "summary": payload.get("summary") or "",
    }
    event = payload.get("event")
    if event:
        stated = {name: value for name, value in event.items() if name not in ("template", "amounts")}
        draft = voucher_from_event(event["template"], entity, on, event["amounts"], **stated, **head)
        return replace(draft, year=year)
    return VoucherDraft(
        entity.code,
        on,
        financial=_entries(payload["financial"]),
        budgetary=_entries(payload["budgetary"]),
        year=year,
        **head,
    )


def voucher_payload(draft: VoucherDraft) -> dict[str, Any]:
    """A draft as a payload of lines."""
    return {
        "date": draft.date.isoformat(),
        "summary": draft.summary,
        "kind": draft.kind,
        "reason": draft.reason,
        "financial": [asdict(entry) for entry in draft.financial],
        "budgetary": [asdict(entry) for entry in draft.budgetary],
    }


def turnover(draft: VoucherDraft) -> int:
    """The larger of both systems' debits, in fen: what people call the voucher's amount."""
    return max(
        (sum(entry.fen for entry in entries if entry.side == "D") for _, _, entries in draft.sides()),
        default=0,
    )


def _entries(lines: Sequence[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(**{name: line[name] for name in _ENTRY if name in line}) for line in lines)
