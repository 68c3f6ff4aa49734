"""Fill in what people write: reasons for changes and the report's own texts, from the plan (变动原因、文字说明)."""

from __future__ import annotations

from mingzhang.records.models import Entity, Reason, Text
from mingzhang.records.trail import enter
from mingzhang.sample.planned import YEARS, settings


def add_words(entities: dict[str, Entity]) -> None:
    """Add the reasons and texts of the last year."""
    year = YEARS[-1]
    author = settings()["units"]["bureau"]["prepared_by"]
    for name, cells in settings(f"reasons_{year}").items():
        enter(
            Reason(entity=entities[name], year=year, cell=cell, text=text, author=author)
            for cell, text in cells.items()
        )
    for name, texts in settings(f"texts_{year}").items():
        enter(
            Text(entity=entities[name], year=year, name=topic, body=body.strip())
            for topic, body in texts.items()
        )
