"""The key work's figures and the indicators bound to the registers (重点工作、绩效指标引用业务台账): typed numbers of the sample's texts become slots,
indicators that the key work answered are answered by the lines' metrics.
"""

from __future__ import annotations

from mingzhang.records.models import Entity, GoalIndicator, Text
from mingzhang.records.trail import content, record
from mingzhang.sample.planned import settings

KEY_WORK = "key_work"


def bind_key_work(year: int) -> None:
    """Let the texts of the year's key work take their figures from casework.

    Raises ValueError where a text no longer says what the plan replaces.
    """
    codes = {"department": settings()["department"]["code"]}
    codes |= {name: unit["code"] for name, unit in settings()["units"].items()}
    for owner, replaced in settings(f"texts_casework_{year}").items():
        entity = Entity.objects.get(code=codes[owner])
        text = Text.objects.get(entity=entity, year=year, name=KEY_WORK)
        before = content(text)
        for typed, slots in replaced.items():
            if typed not in text.body:
                raise ValueError(f"{owner}: the key work does not say {typed!r}")
            text.body = text.body.replace(typed, slots)
        text.save()
        reason = "引用业务台账的指标"
        record(
            "words",
            "修改",
            "重点工作",
            entity=entity,
            of=text,
            before=before,
            after=content(text),
            reason=reason,
        )


def bind_indicators(year: int) -> None:
    """Let the year's indicators take their values from casework; what was evaluated before stays as it was frozen.

    Raises ValueError where the plan names what no indicator asks.
    """
    department = Entity.objects.get(code=settings()["department"]["code"])
    for words, metric in settings(f"performance_casework_{year}")["metrics"].items():
        rows = list(GoalIndicator.objects.filter(goals__entity=department, goals__year=year, metric=words))
        if not rows:
            raise ValueError(f"no indicator asks {words!r}")
        for row in rows:
            before = content(row)
            row.metric = metric
            row.save()
            record(
                "performance",
                "修改",
                row.name,
                entity=department,
                of=row,
                before=before,
                after=content(row),
                reason="取数改为业务台账的指标",
            )
