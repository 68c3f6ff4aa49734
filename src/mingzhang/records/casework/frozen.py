"""Published figures (已公开指标数): frozen with their records and their definition; what they would be now is told beside them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from mingzhang.casework.periods import Period
from mingzhang.numbers import round_half_up
from mingzhang.records.casework.anchoring import anchor_cases
from mingzhang.records.casework.metrics import Figure, figure
from mingzhang.records.casework.models import Frozen
from mingzhang.records.people.models import User
from mingzhang.records.trail import enter
from mingzhang.records.trail.digests import json_like, sm3_of_lines

_PLACES = 6


def freeze(found: Figure, by: User | None = None, reason: str = "") -> Frozen:
    """Keep a figure as it is published, with the heads of all chains put on the trail in the same transaction."""
    keys, base = list(found.keys), list(found.base_keys)
    row = Frozen(
        line=found.metric.line, metric=found.metric.id, definition_version=found.metric.version,
        definition=json_like(_card(found)), from_on=found.period.first, to_on=found.period.last,
        organisation=found.organisation, area=found.area, value=_decimal(found.value), numerator=_decimal(found.numerator),
        denominator=_decimal(found.denominator), grain=found.grain, keys=keys, base_keys=base,
        keys_digest=sm3_of_lines([*keys, "/", *base]), at=timezone.now(), by=by, reason=reason[:200],
    )  # fmt: skip
    with transaction.atomic():
        enter([row], "公开", reason=reason)
        anchor_cases(f"指标{found.metric.id}公开")
    return row


def _card(found: Figure) -> dict[str, Any]:
    metric = found.metric
    return {
        **{name: value for name, value in asdict(metric).items() if name not in ("numerator", "denominator")},
        "numerator": asdict(metric.numerator),
        "denominator": asdict(metric.denominator) if metric.denominator else None,
    }


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, _PLACES)


@dataclass(frozen=True, slots=True)
class Restated:
    """A frozen figure and the same one now; records that count now and did not, and the reverse; those of the former recorded since."""

    frozen: Frozen
    now: Figure
    joined: tuple[str, ...]
    left: tuple[str, ...]
    late: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether another value or other records would be published today."""
        return _decimal(self.now.value) != self.frozen.value or bool(self.joined or self.left)


def restated(frozen: Frozen, today: date | None = None) -> Restated:
    """What a frozen figure would be now, by the definition in force; the frozen row is never changed."""
    now = figure(
        frozen.metric, Period(frozen.from_on, frozen.to_on), frozen.organisation, frozen.area, today=today
    )
    then, here = set(frozen.keys), set(now.keys)
    joined = tuple(key for key in now.keys if key not in then)
    left = tuple(key for key in frozen.keys if key not in here)
    return Restated(frozen, now, joined, left, tuple(key for key in joined if key in set(now.late)))
