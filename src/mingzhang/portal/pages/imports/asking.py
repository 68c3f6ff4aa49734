"""What a form of imports asks for."""

from __future__ import annotations

from collections.abc import Mapping

from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.statements import STATEMENT_KINDS
from mingzhang.records.jobs.importing import Wish


def wish_of(stated: Mapping[str, str]) -> Wish:
    """The kind and the year of a form; a blank year is that of the file."""
    return Wish(stated.get("kind", ""), year_of(stated))


def year_of(stated: Mapping[str, str]) -> int | None:
    """The year of a form."""
    text = stated.get("of_year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else None


def kinds_offered() -> list[tuple[str, str]]:
    """Kinds that may be uploaded, by name."""
    uploaded = {name: chinese for name, chinese in STATEMENT_KINDS.items() if name != "facts-json"}
    return [*((kind.name, kind.chinese) for kind in KINDS.values()), *uploaded.items()]
