"""Compliance (义务履行): duties against contacts, derived anew each time and kept nowhere; by duty, and by person and day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from mingzhang.casework.supervision.duties import Duty
from mingzhang.casework.supervision.regimes import Regime
from mingzhang.casework.supervision.spans import Episode

GRACE_DAYS = 3
"""So long after its period a duty done is late and not missed; a local choice (参)."""


class Standing(StrEnum):
    """How a duty stands (履行情况)."""

    DONE = "完成"
    LATE = "迟到"
    MISSED = "缺失"
    EXEMPT = "免除"
    RUNNING = "进行中"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that happened (报到、通话、学习), as somebody entered or a device proved: its kind, day, the amounts it counts for."""

    key: str
    kind: str
    on: date
    amount: int | Decimal = 0


@dataclass(frozen=True, slots=True)
class Compliance:
    """A duty with its standing, the contacts that count for it, and the day on which it was fulfilled."""

    duty: Duty
    standing: Standing
    contacts: tuple[str, ...]
    done_on: date | None


def comply(
    duties: Iterable[Duty],
    contacts: Iterable[Contact],
    regime: Regime,
    today: date,
    exempt: Collection[str] = (),
) -> list[Compliance]:
    """The standing of each duty of one episode on a day; `exempt` holds keys of duties that somebody waived with a reason.

    A contact counts for one duty of a kind only: first for the one in whose period it lies; what is more than that asks may mend an earlier one late.
    """
    duties = sorted(duties, key=lambda duty: (duty.until, duty.rule))
    kinds = {rule.id: rule.contact for rule in regime.duties}
    by_kind: dict[str, list[Contact]] = {}
    for contact in sorted(contacts, key=lambda contact: (contact.on, contact.key)):
        if contact.on <= today:
            by_kind.setdefault(contact.kind, []).append(contact)
    taken: dict[str, list[Contact]] = {}
    for duty in duties:
        pool = by_kind.get(kinds.get(duty.rule, ""), [])
        taken[duty.key] = _take(duty, pool, [], duty.since, duty.until)
    for duty in duties:
        pool = by_kind.get(kinds.get(duty.rule, ""), [])
        late = _take(
            duty,
            pool,
            taken[duty.key],
            duty.until + timedelta(days=1),
            duty.until + timedelta(days=GRACE_DAYS),
        )
        taken[duty.key] += late
    return [_standing(duty, taken[duty.key], today, duty.key in exempt) for duty in duties]


def day_standing(episode: Episode, compliances: Iterable[Compliance], day: date) -> str:
    """How a person stands at the end of a day (当日情况): 不在册, 中止 (duties suspended), 欠 (a duty that ended before is not fulfilled), 齐."""
    if not episode.open_on(day):
        return "不在册"
    if any(span.covers(day) for span in episode.suspended):
        return "中止"
    for each in compliances:
        owed = each.duty.until <= day and (each.done_on is None or each.done_on > day)
        if owed and each.standing is not Standing.EXEMPT:
            return "欠"
    return "齐"


def _fulfilled(duty: Duty, contacts: Sequence[Contact]) -> bool:
    return len(contacts) >= duty.times and sum(contact.amount for contact in contacts) >= duty.amount


def _take(
    duty: Duty, pool: list[Contact], held: Sequence[Contact], since: date, until: date
) -> list[Contact]:
    """Take from the pool what the duty still needs of contacts from day to day, in their order."""
    found: list[Contact] = []
    for contact in [contact for contact in pool if since <= contact.on <= until]:
        if _fulfilled(duty, [*held, *found]):
            break
        found.append(contact)
        pool.remove(contact)
    return found


def _standing(duty: Duty, contacts: Sequence[Contact], today: date, exempt: bool) -> Compliance:
    done_on = (
        max((contact.on for contact in contacts), default=duty.until) if _fulfilled(duty, contacts) else None
    )
    keys = tuple(contact.key for contact in contacts)
    if exempt:
        return Compliance(duty, Standing.EXEMPT, keys, done_on)
    if done_on is not None:
        return Compliance(duty, Standing.DONE if done_on <= duty.until else Standing.LATE, keys, done_on)
    return Compliance(duty, Standing.MISSED if today > duty.until else Standing.RUNNING, keys, None)
