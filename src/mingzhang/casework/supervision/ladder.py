"""The ladder of sanctions (处罚阶梯): which grounds the verified incidents of an episode meet, and what keeps a proposal from being made.

The machine finds grounds and never decides: a proposal names its ground and its evidence, the person is heard, where the law wants it a committee reviews.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.supervision.regimes import Ground, Regime, fits
from mingzhang.documents import Problem


@dataclass(frozen=True, slots=True)
class Incident:
    """A violation found (违规): its kind, days from `on` to `until` (None: it still lasts), severity, whether a person verified it, its evidence.

    `educated`: it goes on after the person was taught of it (经教育仍不改正).
    """

    key: str
    kind: str
    on: date
    until: date | None = None
    severity: str = ""
    verified: bool = False
    evidence: tuple[str, ...] = ()
    educated: bool = False


@dataclass(frozen=True, slots=True)
class Sanction:
    """A sanction decided, or proposed (奖惩): its kind, when, the grounds and incidents it names."""

    kind: str
    on: date
    grounds: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    heard_on: date | None = None
    reviewed_on: date | None = None
    words: str = ""
    """What an “other” ground is, in words."""


@dataclass(frozen=True, slots=True)
class Met:
    """A ground that is met, by these incidents (keys) and, where it counts them, these earlier sanctions (days)."""

    ground: Ground
    incidents: tuple[str, ...]
    prior: tuple[date, ...] = ()


def grounds_met(
    regime: Regime,
    categories: Collection[str],
    incidents: Iterable[Incident],
    earlier: Iterable[Sanction],
    day: date,
) -> list[Met]:
    """The grounds that an episode's verified incidents meet on a day, gravest sanction first.

    `earlier` are the sanctions decided within the same episode. An incident that one of them named grounds no sanction of the same or a lower rank again.
    """
    sanctions = list(earlier)
    known = [incident for incident in incidents if incident.verified and incident.on <= day]
    found = [
        met for ground in regime.grounds if (met := _met(regime, ground, categories, known, sanctions, day))
    ]
    return sorted(found, key=lambda met: (-regime.sanctions[met.ground.sanction].rank, met.ground.id))


def proposal_problems(
    regime: Regime,
    categories: Collection[str],
    proposal: Sanction,
    incidents: Iterable[Incident],
    earlier: Iterable[Sanction],
) -> list[Problem]:
    """What keeps a sanction from being proposed, all at once; nothing where it may be."""
    incidents, earlier = list(incidents), list(earlier)
    return list(_problems(regime, categories, proposal, incidents, earlier))


def _met(
    regime: Regime,
    ground: Ground,
    categories: Collection[str],
    incidents: Sequence[Incident],
    earlier: Sequence[Sanction],
    day: date,
) -> Met | None:
    kind = regime.sanctions[ground.sanction]
    if ground.open or not fits(ground.categories or kind.categories, categories):
        return None
    used = {
        key
        for sanction in earlier
        if regime.sanctions[sanction.kind].rank >= kind.rank
        for key in sanction.incidents
    }
    prior = sorted(
        sanction.on for sanction in earlier if sanction.kind == ground.prior and sanction.on <= day
    )
    if ground.prior and len(prior) < ground.prior_times:
        return None
    after = prior[-1] if ground.prior else date.min
    fitting = tuple(
        incident.key
        for incident in incidents
        if incident.key not in used and incident.on >= after and _fits(ground, incident, day)
    )
    return Met(ground, fitting, tuple(prior)) if fitting else None


def _fits(ground: Ground, incident: Incident, day: date) -> bool:
    """Whether an incident is of the ground's kind; 超过 excludes the number, 以下 includes it (实施办法第五十八条)."""
    until = min(incident.until or day, day)
    days = (until - incident.on).days
    return (
        incident.kind in (ground.incidents or (incident.kind,))
        and incident.severity in (ground.severities or (incident.severity,))
        and (ground.days_over is None or days > ground.days_over)
        and (ground.days_up_to is None or days <= ground.days_up_to)
        and (ground.months_over is None or until > added_months(incident.on, ground.months_over))
        and (not ground.educated or incident.educated)
    )


def _problems(
    regime: Regime,
    categories: Collection[str],
    proposal: Sanction,
    incidents: Sequence[Incident],
    earlier: Sequence[Sanction],
) -> Iterator[Problem]:
    kind = regime.sanctions.get(proposal.kind)
    if kind is None:
        yield Problem(
            "E-CODE", f"没有“{proposal.kind}”这种奖惩", "奖惩种类", f"可用：{'、'.join(regime.sanctions)}。"
        )
        return
    if not fits(kind.categories, categories):
        yield Problem(
            "E-GUARD:ladder",
            f"“{kind.chinese}”不适用于{'、'.join(categories)}对象",
            "奖惩种类",
            "改选适用的种类。",
        )
    if kind.hearing and proposal.heard_on is None:
        yield Problem(
            "E-GUARD:hearing", "没有听取本人陈述申辩的记录", "陈述申辩", "告知并听取本人陈述申辩后登记日期。"
        )
    if kind.review and (proposal.reviewed_on is None or proposal.reviewed_on > proposal.on):
        yield Problem(
            "E-GUARD:review",
            f"“{kind.chinese}”没有先经集体评议",
            "集体评议",
            "提交集体评议，形成结论后再办理。",
        )
    by_key = {incident.key: incident for incident in incidents}
    for key in proposal.incidents:
        yield from _incident_problems(key, by_key.get(key))
    yield from _ground_problems(regime, categories, proposal, incidents, earlier)


def _incident_problems(key: str, incident: Incident | None) -> Iterator[Problem]:
    if incident is None:
        yield Problem("E-REF", f"没有“{key}”这项违规", "违规事实", "选择本矫正期间内登记的违规。")
    elif not incident.verified:
        yield Problem(
            "E-GUARD:verified",
            f"违规“{incident.kind}”（{incident.on}）尚未核实",
            "违规事实",
            "由工作人员核实并作出结论。",
        )
    elif not incident.evidence:
        yield Problem(
            "E-EVID", f"违规“{incident.kind}”（{incident.on}）没有证据", "证据", "上传或者关联证据材料。"
        )


def _ground_problems(
    regime: Regime,
    categories: Collection[str],
    proposal: Sanction,
    incidents: Sequence[Incident],
    earlier: Sequence[Sanction],
) -> Iterator[Problem]:
    grounds = {ground.id: ground for ground in regime.grounds if ground.sanction == proposal.kind}
    met = {each.ground.id: each for each in grounds_met(regime, categories, incidents, earlier, proposal.on)}
    if not proposal.grounds:
        yield Problem("E-REQ", "没有事由", "事由", "选择法定事由。")
    for name in proposal.grounds:
        ground = grounds.get(name)
        if ground is None:
            yield Problem("E-CODE", f"“{name}”不是这种奖惩的事由", "事由", f"可用：{'、'.join(grounds)}。")
        elif ground.open and not proposal.words.strip():
            yield Problem("E-REQ", "选了“其他”事由，没有说明", "事由说明", "写明具体情形。")
        elif not ground.open and not (name in met and set(met[name].incidents) & set(proposal.incidents)):
            yield Problem(
                "E-GUARD:ladder",
                f"已核实的违规不符合事由“{ground.chinese}”",
                "事由",
                f"核对违规的种类、天数、情节和此前的处罚次数（{ground.article}）。",
            )
