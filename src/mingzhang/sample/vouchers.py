"""All vouchers of a unit and year, from the plan's uses through the business events, in the order of their dates."""

from __future__ import annotations

from mingzhang.records.drafts import VoucherDraft
from mingzhang.sample.desk import Desk
from mingzhang.sample.events.assets import OPENED_ON, depreciate, open_assets, scrap_vehicles
from mingzhang.sample.events.payments import pay_uses
from mingzhang.sample.events.payroll import pay_staff
from mingzhang.sample.events.treasury import grant_quota, receive_other_money
from mingzhang.sample.planned import uses
from mingzhang.sample.subsidies import pay_subsidies


def vouchers(unit: str, year: int) -> list[VoucherDraft]:
    """The unit's vouchers of the year before its close, by date; opening balances first, notices before payments."""
    desk = Desk(unit, year)
    own = [use for use in uses(year) if use.unit == unit]
    if year == OPENED_ON.year:
        open_assets(desk)
    pay_staff(desk, own)
    receive_other_money(desk, own)
    pay_uses(desk, own)
    pay_subsidies(desk, own)
    grant_quota(desk)
    depreciate(desk)
    scrap_vehicles(desk)
    return sorted(
        desk.drafts, key=lambda draft: (draft.date, draft.kind != "opening", draft.template != "V01")
    )
