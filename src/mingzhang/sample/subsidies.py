"""The sample's subsidies (案件补贴): the year's plan shared out over the cases that casework approves, so that register and ledger say the same.

The plan says what each project spent; the lines' sample years say which cases were approved when. A case is paid in the month of its approval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module

from mingzhang.casework.sampling import SampleRecord, SampleReturn
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import PaymentRequest
from mingzhang.records.casework.paying import match_all
from mingzhang.records.models import Project, Voucher
from mingzhang.sample.desk import Desk, attributes
from mingzhang.sample.planned import Use, settings, uses
from mingzhang.sample.scene import scene
from mingzhang.sample.shares import varied
from mingzhang.sample.workdays import workdays

EVENT = "subsidy"
"""The plan's word for a use that is shared out here; the line's id stands behind it."""

_STREET_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What a case is paid: its key in the line's sample, the day of the approval, the amount, where it is booked, the voucher's key and day."""

    case: str
    approved_on: date
    fen: int
    use: Use
    street: str
    paid_on: date
    voucher: str


@dataclass(frozen=True, slots=True)
class _Approval:
    case: str
    on: date
    weight: int
    street: str


def pay_subsidies(desk: Desk, own: Iterable[Use]) -> None:
    """Book the vouchers of the unit's uses that are subsidies: one for each project, day and street."""
    for use in own:
        if use.event == EVENT:
            vouchers: dict[str, list[Subsidy]] = defaultdict(list)
            for subsidy in subsidies(use.contract, desk.year):
                if subsidy.use == use:
                    vouchers[subsidy.voucher].append(subsidy)
            for key, paid in vouchers.items():
                fen, first = sum(each.fen for each in paid), paid[0]
                summary = f"{first.street}{first.paid_on.month}月{use.summary}（{len(paid)}件）"
                drafted = desk.voucher("V02", first.paid_on, fen, summary, **attributes(use))
                desk.put(drafted, key)


@cache
def subsidies(line: str, year: int) -> tuple[Subsidy, ...]:
    """The year's subsidies of a line by their approvals; they add up to each of the plan's uses exactly."""
    own = sorted((use for use in uses(year) if use.event == EVENT and use.contract == line), key=_choosy)
    waiting = list(_approvals(line, year))
    count, total = len(waiting), sum(use.fen for use in own)
    found: list[Subsidy] = []
    for use in own:
        fitting = [each for each in waiting if each.on.month in use.months]
        wanted = len(waiting) if use is own[-1] else max(1, round(count * use.fen / total))
        chosen = [fitting[place * len(fitting) // wanted] for place in range(wanted)]
        waiting = [each for each in waiting if each not in chosen]
        found += _shared(use, chosen, year)
    return tuple(found)


def with_subsidies(
    line: str, year: int, made: Iterable[SampleRecord | SampleReturn]
) -> Iterator[SampleRecord | SampleReturn]:
    """The line's sample with the amounts that the plan pays."""
    paid = {each.case: each.fen for each in subsidies(line, year)}
    for each in made:
        paying = _paying(each.kind) if isinstance(each, SampleRecord) and each.key in paid else None
        if paying is None or not isinstance(each, SampleRecord):
            yield each
            continue
        action, amount = paying
        yuan = str(Decimal(paid[each.key]) / 100)
        yield replace(
            each,
            steps=tuple(
                replace(step, payload={**(step.payload or {}), amount: yuan})
                if step.action == action
                else step
                for step in each.steps
            ),
        )


def match_subsidies(line: str, year: int, keys: Mapping[str, str]) -> None:
    """Say which voucher of the books paid each approved case; `keys` lead from the sample's keys to those of the books."""
    stated = {keys[each.case]: each for each in subsidies(line, year)}
    vouchers = {
        voucher.event_key: voucher
        for voucher in Voucher.objects.filter(
            event_key__in={each.voucher for each in stated.values()}
        ).select_related("entity")
    }
    projects = {project.code: project for project in Project.objects.all()}
    requests = PaymentRequest.objects.filter(record__key__in=stated).select_related("record")
    match_all(
        (
            (request, vouchers[subsidy.voucher], projects[subsidy.use.project])
            for request in requests
            if (subsidy := stated[request.record.key]).voucher in vouchers
        ),
        f"{year}年已付的案件补贴",
    )


def _choosy(use: Use) -> tuple[int, int]:
    """Uses of few months choose first, the largest last."""
    return len(use.months), use.fen


def _shared(use: Use, chosen: Sequence[_Approval], year: int) -> Iterator[Subsidy]:
    amounts = varied(
        use.fen, [each.weight for each in chosen], use.vary, Desk(use.unit, year).random(use.place)
    )
    for approval, fen in zip(chosen, amounts, strict=True):
        street = approval.street if use.spread == "streets" else ""
        paid_on = _paid_on(approval.on, street)
        key = f"sample-{EVENT}-{use.contract}-{use.place}-{paid_on}-{street}"
        yield Subsidy(approval.case, approval.on, fen, use, street, paid_on, key)


def _paid_on(approved: date, street: str) -> date:
    """Streets are paid at the end of the month; others on the Friday, or the last working day, after the approval within its month."""
    days = workdays(approved.year, approved.month)
    if street:
        return days[-1]
    return next((day for day in days if day >= approved and day.weekday() == 4), days[-1])


@cache
def _approvals(line: str, year: int) -> tuple[_Approval, ...]:
    found = []
    streets = {f"{place + 1:03d}": name for place, name in enumerate(settings()["places"]["streets"])}
    for record in import_module(f"mingzhang.lines.{line}.sample").records(scene(year)):
        if not isinstance(record, SampleRecord) or (paying := _paying(record.kind)) is None:
            continue
        for step in record.steps:
            if step.action == paying[0]:
                street = (
                    streets.get(record.area[_STREET_DIGITS - 3 : _STREET_DIGITS], "") if record.area else ""
                )
                found.append(_Approval(record.key, step.on, int((step.payload or {})[paying[1]]), street))
    return tuple(sorted(found, key=lambda each: (each.on, each.case)))


@cache
def _paying(kind: str) -> tuple[str, str] | None:
    """The step of a kind that asks for a payment, and the field with the amount."""
    table = kind_of(kind).states
    steps = table.transitions if table else ()
    return next(((step.action, step.pays["amount"]) for step in steps if step.pays), None)
