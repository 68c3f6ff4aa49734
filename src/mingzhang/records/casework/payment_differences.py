"""Register and ledger (台账与账簿): whether what records approved equals what vouchers paid, and every difference by its record or voucher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from mingzhang.casework.definitions import Kind, Transition
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.models import Event, PaymentRequest, Record
from mingzhang.records.casework.paying import State
from mingzhang.records.models import Voucher, VoucherLine
from mingzhang.records.models.ledger import BUDGETARY, VoucherKind

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
    unit: int | None = None
    """The key of the unit that is to pay, where it is decided."""


@dataclass(frozen=True, slots=True)
class Month:
    """A project's month in a unit's books: what is paid stands in the month of its voucher, what is not yet in the month of its approval.

    Unit and project are codes, blank where they are not decided yet.
    """

    unit: str
    project: str
    month: date
    register_fen: int
    ledger_fen: int

    @property
    def apart_fen(self) -> int:
        """What the register has more."""
        return self.register_fen - self.ledger_fen


@dataclass(frozen=True, slots=True)
class Comparison:
    """A line's year: what its records approved, what the ledger paid for them, and why they differ."""

    register_fen: int
    ledger_fen: int
    differences: tuple[Difference, ...]
    months: tuple[Month, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing differs, in sum and one by one."""
        return self.register_fen == self.ledger_fen and not self.differences


_Place = tuple[str, str, date]
"""Unit, project, month."""


class _Sums:
    """What either side has in the months of the projects."""

    def __init__(self) -> None:
        self.register: dict[_Place, int] = defaultdict(int)
        self.ledger: dict[_Place, int] = defaultdict(int)

    def months(self) -> tuple[Month, ...]:
        """By project and month."""
        places = sorted({*self.register, *self.ledger})
        return tuple(Month(*place, self.register[place], self.ledger[place]) for place in places)


def differences(line_id: str, year: int) -> Comparison:
    """Compare the year's approved payments of a line with the vouchers of its projects.

    The ledger's side are the vouchers made of requests and, of the same projects, function and economic items, those made without one.
    """
    found: list[Difference] = []
    sums = _Sums()
    for kind in line_of(line_id).kinds:
        stated = kind_of(f"{line_id}.{kind}")
        for step in stated.states.transitions if stated.states else ():
            if step.pays:
                found += _of_step(stated, step, year, sums)
    return Comparison(sum(sums.register.values()), sum(sums.ledger.values()), tuple(found), sums.months())


def _of_step(kind: Kind, step: Transition, year: int, sums: _Sums) -> list[Difference]:
    approved = _approved(kind, step, year)
    requests = {
        request.record_id: request
        for request in PaymentRequest.objects.filter(
            record__line=kind.line, record__kind=kind.id, item=step.action, due_year=year
        ).select_related("record", "entity", "project", "voucher__entity")
    }
    for pk, (_, fen, on) in approved.items():
        sums.register[_place(requests.get(pk), on)] += fen
    return [
        *_without_voucher(approved, requests),
        *_by_vouchers(requests, sums),
        *_beside(requests, step, year, sums),
    ]


def _place(request: PaymentRequest | None, on: date) -> _Place:
    """Where an approved payment stands."""
    if request is None:
        return "", "", on.replace(day=1)
    project = request.project.code if request.project else ""
    if request.state == State.POSTED and request.voucher is not None:
        return _place_of(request.voucher, project)
    return request.entity.code if request.entity else "", project, on.replace(day=1)


def _place_of(voucher: Voucher, project: str) -> _Place:
    return voucher.entity.code, project, date(voucher.year, voucher.month, 1)


def _approved(kind: Kind, step: Transition, year: int) -> dict[int, tuple[Record, int, date]]:
    """Records whose step was taken in the year, with what they say now that it is to be paid, and the day of the step."""
    events = Event.objects.filter(
        record__line=kind.line,
        record__kind=kind.id,
        action=step.action,
        occurred_on__range=(date(year, 1, 1), date(year, 12, 31)),
    ).select_related("record")
    found = {event.record_id: event for event in events}
    return {
        pk: (event.record, fen, event.occurred_on)
        for pk, event in found.items()
        if (fen := int(event.record.content.get(step.pays["amount"]) or 0)) > 0
    }


def _without_voucher(
    approved: dict[int, tuple[Record, int, date]], requests: dict[int, PaymentRequest]
) -> Iterator[Difference]:
    for pk, (record, fen, _) in approved.items():
        request = requests.get(pk)
        if request is None:
            yield Difference("已核准，没有付款申请", fen, 0, record, remedy="由承办人员补办付款申请。")
        elif request.state == State.WITHDRAWN:
            yield Difference(
                "付款申请已撤回",
                fen,
                0,
                record,
                remedy="核对是否不再支付；不再支付的，更正核准金额。",
                unit=request.entity_id,
            )
        elif request.state in (State.REQUESTED, State.PROPOSED):
            yield Difference(
                f"付款申请{request.get_state_display()}",
                fen,
                0,
                record,
                remedy="请财务人员制证、审核、记账。",
                unit=request.entity_id,
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


def _by_vouchers(requests: dict[int, PaymentRequest], sums: _Sums) -> list[Difference]:
    """What the ledger says of each voucher that pays requests: its spending on the project, reversals included."""
    posted: dict[int, list[PaymentRequest]] = defaultdict(list)
    for request in requests.values():
        if request.state == State.POSTED and request.voucher_id:
            posted[request.voucher_id].append(request)
    told = []
    spent = _spent(posted)
    for voucher_id, own in posted.items():
        voucher = own[0].voucher
        assert voucher is not None
        project = own[0].project.code if own[0].project else ""
        fen = spent[voucher_id, project]
        asked = sum(request.fen for request in own)
        sums.ledger[_place_of(voucher, project)] += fen
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
    return told


def _beside(
    requests: dict[int, PaymentRequest], step: Transition, year: int, sums: _Sums
) -> Iterator[Difference]:
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
    lines = VoucherLine.objects.filter(condition).exclude(classification__kind=VoucherKind.CLOSING)
    grouped = (
        lines.exclude(voucher__in=paid)
        .order_by()
        .values("voucher", "classification__project", "debit")
        .annotate(fen=Sum("fen"))
    )
    found: dict[tuple[int, str], int] = defaultdict(int)
    for row in grouped:
        found[row["voucher"], row["classification__project"]] += row["fen"] if row["debit"] else -row["fen"]
    vouchers = Voucher.objects.select_related("entity").in_bulk(pk for (pk, _), fen in found.items() if fen)
    for (pk, project), fen in sorted(found.items()):
        if not fen:
            continue
        sums.ledger[_place_of(vouchers[pk], project)] += fen
        yield Difference(
            "账上已付，台账没有",
            0,
            fen,
            voucher=vouchers[pk],
            remedy="补登台账，或者核对凭证的项目和科目。",
        )


def _spent(vouchers: Iterable[int]) -> dict[tuple[int, str], int]:
    """What vouchers spend on each project: debits less credits."""
    lines = VoucherLine.objects.filter(voucher__in=list(vouchers), **_SPENDING)
    found: dict[tuple[int, str], int] = defaultdict(int)
    for voucher, project, debit, fen in lines.values_list(
        "voucher", "classification__project", "debit", "fen"
    ):
        found[voucher, project] += fen if debit else -fen
    return found
