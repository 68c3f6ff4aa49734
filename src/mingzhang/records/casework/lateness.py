"""Late entries (补录): what is entered for a period of which a figure is published restates that figure, so it needs a reason."""

from __future__ import annotations

from datetime import date

from mingzhang.casework.definitions import Kind, Metric
from mingzhang.casework.periods import Period
from mingzhang.documents import Problem
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Frozen


def late_entry(kind: Kind, occurred_on: date, today: date) -> Problem | None:
    """Why a record of that day is late: a figure that counts its kind was published for a period that holds the day and is over."""
    metrics = {metric.id: metric for metric in _counting(kind)}
    published = Frozen.objects.filter(
        metric__in=metrics, from_on__lte=occurred_on, to_on__gte=occurred_on, to_on__lt=today
    ).first()
    if published is None:
        return None
    told = f"{Period(published.from_on, published.to_on).chinese}的“{metrics[published.metric].chinese}”"
    return Problem(
        "E-LATE", f"{told}已经公开，这是补录", "发生日期", "核对发生日期；确是补录的，写明理由再登记。"
    )


def _counting(kind: Kind) -> list[Metric]:
    """The metrics, of whichever line, that count records of the kind."""
    return [
        metric
        for line in all_lines().values()
        for metric in line.metrics.values()
        for counting in (metric.numerator, metric.denominator)
        if counting is not None
        and (kind.name in counting.kinds or (line.id == kind.line and kind.id in counting.kinds))
    ]
