"""Open a year (建账、年初余额): the first opening balances of a unit, and those a closed year hands on."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from mingzhang.documents import Problem
from mingzhang.records.drafts import VoucherDraft
from mingzhang.records.ledger import Books, post
from mingzhang.records.models import BUDGETARY, FINANCIAL, Entity, PeriodLock, VoucherKind
from mingzhang.records.places import Balances, Place, entries
from mingzhang.records.sums import EVERYTHING, ledger_sums


def opening_balances(entity: Entity, year: int, financial: Balances, budgetary: Balances) -> VoucherDraft:
    """The voucher with which a unit's books begin: balances at 1 January, debits positive."""
    return VoucherDraft(
        entity.code,
        date(year, 1, 1),
        "年初余额",
        entries(financial),
        entries(budgetary),
        kind=VoucherKind.OPENING,
        event_key=f"opening-{year}",
    )


def still_missing(entity: Entity, year: int) -> dict[str, Balances]:
    """What next year's opening vouchers lack of this year's closing balances, by system.

    Economic items and details of the old year are dropped on the way.
    """
    missing: dict[str, Balances] = {FINANCIAL: defaultdict(int), BUDGETARY: defaultdict(int)}
    for row in ledger_sums([entity], [year, year + 1], EVERYTHING):
        stated = row.stated
        kept = Place(stated.account, stated.function, "", stated.nature, stated.fund, stated.project)
        if row.year == year and stated.account[0] in "1238":
            missing[stated.system][kept] += row.fen
        elif row.year == year + 1 and stated.kind == VoucherKind.OPENING:
            missing[stated.system][kept] -= row.fen
    found = {
        system: {place: fen for place, fen in balances.items() if fen} for system, balances in missing.items()
    }
    return {system: balances for system, balances in found.items() if balances}


def open_next_year(entity: Entity, year: int) -> tuple[str, tuple[Problem, ...]]:
    """Post what next year's opening lacks; return the number of its voucher, blank where nothing, and problems."""
    missing = still_missing(entity, year)
    if not missing:
        return "", ()
    draft = VoucherDraft(
        entity.code,
        date(year + 1, 1, 1),
        f"上年结转（{year}年度年末余额）",
        entries(missing.get(FINANCIAL, {})),
        entries(missing.get(BUDGETARY, {})),
        kind=VoucherKind.OPENING,
        reason=f"{year}年度结账",
    )
    posted = post([draft], _books_on(date(year + 1, 1, 1)), "结转下年")
    return posted.numbers[0] if posted.accepted else "", tuple(p for p in posted.problems if p.is_error)


def _books_on(day: date) -> Books:
    """The books as an opening voucher finds them.

    Its day may still lie ahead: a year is closed on its last day, its follower opened at once. Or the follower's first
    months may be closed already, as they are when the old year is closed, or closed again, in spring.
    """
    books = Books()
    books.today = max(books.today, day)
    books.locks = {lock for lock in books.locks if lock[2] == PeriodLock.YEAR}
    return books
