"""Numbers of records and documents (案号、文号): one run a pattern and year, without gaps; taken inside the transaction that uses them."""

from __future__ import annotations

from mingzhang.casework.numbering import written
from mingzhang.records.casework.models import Numbering


def next_number(name: str, pattern: str, year: int) -> str:
    """The next number of a run in its pattern's form. The run is locked to the end of the transaction."""
    Numbering.objects.get_or_create(name=name, year=year)
    run = Numbering.objects.select_for_update().get(name=name, year=year)
    run.last += 1
    run.save(update_fields=["last"])
    return written(pattern, year, run.last)
