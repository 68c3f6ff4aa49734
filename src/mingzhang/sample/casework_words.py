"""The key work's figures bound to the registers (重点工作引用业务台账): typed numbers of the sample's texts become slots."""

from __future__ import annotations

from mingzhang.records.models import Entity, Text
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
