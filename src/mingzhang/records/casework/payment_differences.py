"""Register and ledger (台账与账簿): whether what records approved equals what vouchers paid, and every difference by its record or voucher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from mingzhang.casework.definitions import Kind, Transition
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.models import Event, PaymentRequest, Record
from mingzhang.records.casework.paying import State
from mingzhang.records.models import Voucher, VoucherLine
from mingzhang.records.models.ledger import BUDGETARY

_SPENDING = {"classification__system": BUDGETARY, "classification__account__startswith": "7"}
"""Lines of budgetary expenditure (预算支出类科目): they alone name project, function and economic item."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One reason why register and ledger differ: amounts in fen of either side."""

    what: str
    register_fen: int
    ledger_fen: int
    record: Record | None = None
    voucher: Voucher | None = None
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A line's year: what its records approved, what the ledger paid for them, and why they differ."""

    register_fen: int
    ledger_fen: int
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing differs, in sum and one by one."""
        return self.register_fen == self.ledger_fen and not self.differences


def differences(line_id: str, year: int) -> Comparison:
    """Compare the year's approved payments of a line with the vouchers of its projects.

    The ledger's side are the vouchers made of requests and, of the same projects, function and economic items, those made without one.
    """
    found: list[Difference] = []
    register = ledger = 0
    for kind in line_of(line_id).kinds:
        stated = kind_of(f"{line_id}.{kind}")
        for step in stated.states.transitions if stated.states else ():
            if step.pays:
                own, paid, told = _of_step(stated, step, year)
                register, ledger = register + own, ledger + paid
                found += told
    return Comparison(register, ledger, tuple(found))


def _of_step(kind: Kind, step: Transition, year: int) -> tuple[int, int, list[Difference]]:
    approved = _approved(kind, step, year)
    requests = {
        request.record_id: request
        for request in PaymentRequest.objects.filter(
            record__line=kind.line, record__kind=kind.id, item=step.action, due_year=year
        ).select_related("record", "voucher", "project")
    }
    register = sum(fen for _, fen in approved.values())
    told = list(_without_voucher(approved, requests))
    paid, by_voucher = _by_vouchers(requests)
    told += by_voucher
    beside = list(_beside(requests, step, year))
    told += beside
    return register, paid + sum(each.ledger_fen for each in beside), told


def _approved(kind: Kind, step: Transition, year: int) -> dict[int, tuple[Record, int]]:
    """Records whose step was taken in the year, with what they say now that it is to be paid."""
    events = Event.objects.filter(
        record__line=kind.line,
        record__kind=kind.id,
        action=step.action,
        occurred_on__range=(date(year, 1, 1), date(year, 12, 31)),
    ).select_related("record")
    found = {event.record_id: event.record for event in events}
    return {
        pk: (record, fen)
        for pk, record in found.items()
        if (fen := int(record.content.get(step.pays["amount"]) or 0)) > 0
    }


def _without_voucher(
    approved: dict[int, tuple[Record, int]], requests: dict[int, PaymentRequest]
) -> Iterator[Difference]:
    for pk, (record, fen) in approved.items():
        request = requests.get(pk)
        if request is None:
            yield Difference("已核准，没有付款申请", fen, 0, record, remedy="由承办人员补办付款申请。")
        elif request.state == State.WITHDRAWN:
            yield Difference(
                "付款申请已撤回", fen, 0, record, remedy="核对是否不再支付；不再支付的，更正核准金额。"
            )
        elif request.state in (State.REQUESTED, State.PROPOSED):
            yield Difference(
                f"付款申请{request.get_state_display()}",
                fen,
                0,
                record,
                remedy="请财务人员制证、审核、记账。",
            )
        elif request.fen != fen:
            yield Difference(
                "核准金额在付款后更正",
                fen,
                request.fen,
                record,
                request.voucher,
                "补付或者收回差额，或者核对更正。",
            )
    for pk, request in requests.items():
        if pk not in approved and request.state == State.POSTED:
            yield Difference(
                "已付款，本年没有核准记录",
                0,
                request.fen,
                request.record,
                request.voucher,
                "核对核准步骤的日期和金额。",
            )


def _by_vouchers(requests: dict[int, PaymentRequest]) -> tuple[int, list[Difference]]:
    """What the ledger says of each voucher that pays requests: its spending on the project, reversals included."""
    posted: dict[int, list[PaymentRequest]] = defaultdict(list)
    for request in requests.values():
        if request.state == State.POSTED and request.voucher_id:
            posted[request.voucher_id].append(request)
    total, told = 0, []
    for voucher_id, own in posted.items():
        voucher = own[0].voucher
        project = own[0].project
        fen = _spent(Q(voucher=voucher_id, classification__project=project.code if project else ""))
        asked = sum(request.fen for request in own)
        total += fen
        if fen != asked:
            told.append(
                Difference(
                    "凭证金额与付款申请合计不符",
                    asked,
                    fen,
                    voucher=voucher,
                    remedy="核对凭证，必要时更正凭证。",
                )
            )
    return total, told


def _beside(requests: dict[int, PaymentRequest], step: Transition, year: int) -> Iterator[Difference]:
    """Vouchers of the same project, function and economic item that no request asked for: paid outside the register."""
    projects = {request.project.code for request in requests.values() if request.project}
    economic = step.pays.get("economic", "")
    if not projects or not economic:
        return
    condition = Q(
        year=year,
        classification__project__in=projects,
        classification__economic=economic,
        **_SPENDING,
    )
    if function := step.pays.get("function", ""):
        condition &= Q(classification__function=function)
    paid = PaymentRequest.objects.exclude(voucher=None).values("voucher")
    lines = VoucherLine.objects.filter(condition).exclude(voucher__in=paid).order_by()
    sums = lines.values("voucher", "debit").annotate(fen=Sum("fen"))
    by_voucher: dict[int, int] = defaultdict(int)
    for row in sums:
        by_voucher[row["voucher"]] += row["fen"] if row["debit"] else -row["fen"]
    vouchers = Voucher.objects.in_bulk(pk for pk, fen in by_voucher.items() if fen)
    for pk, voucher in sorted(vouchers.items()):
        yield Difference(
            "账上已付，台账没有",
            0,
            by_voucher[pk],
            voucher=voucher,
            remedy="补登台账，或者核对凭证的项目和科目。",
        )


def _spent(condition: Q) -> int:
    """Spending: debits less credits."""
    lines = VoucherLine.objects.filter(condition, **_SPENDING)
    return sum(fen if debit else -fen for debit, fen in lines.values_list("debit", "fen"))
