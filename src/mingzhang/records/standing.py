"""What stands between two changes (常设): the organisation with its projects and the years kept, read once a process.

It is kept as long as the heads of the trail's chains that record its changes stand where they stood when it was read;
what no chain records yet is read each time.
Rights are no part of it: who may what is read with every request (`records.present`).
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import NamedTuple

from django.db import connection

from mingzhang.records.kept_years import last_year_kept, years_stated, years_with_vouchers
from mingzhang.records.models import TrailChain
from mingzhang.records.organisation import Organisation
from mingzhang.records.statements import rows

_ORGANISATION = ("organisation", "projects")
_YEARS = ("ledger", "statements")


class State(NamedTuple):
    """A digest of the heads of the chains that the organisation stands in, and of those that the years stand in."""

    organisation: str
    years: str


class KeptYears(NamedTuple):
    """The years of vouchers and of stated figures, and the last with vouchers of its own."""

    years: frozenset[int]
    last: int | None


class Standing:
    """What one state of the trail stands for; what is not asked for is not read. It is shared: never change what it holds."""

    def __init__(self, state: State) -> None:
        self.state = state

    @cached_property
    def organisation(self) -> Organisation:
        """All entities and projects."""
        return Organisation()

    @cached_property
    def kept_years(self) -> KeptYears:
        """Which years there are books of."""
        kept = years_with_vouchers()
        return KeptYears(frozenset((*kept, *years_stated())), last_year_kept(kept))


@cache
def heads(vendor: str) -> tuple[str, str]:
    """SQL expressions of the two parts of a state, to be asked for with other things in one query."""
    table = TrailChain._meta.db_table

    def of(books: tuple[str, ...]) -> str:
        chains = f"SELECT id, head FROM {table} WHERE book IN ({', '.join(repr(book) for book in books)})"
        if vendor == "postgresql":
            return f"(SELECT md5(string_agg(head, '' ORDER BY id)) FROM ({chains}) AS chains)"
        return f"(SELECT group_concat(head, '') FROM ({chains} ORDER BY id))"

    return of(_ORGANISATION), of(_YEARS)


def read_state() -> State:
    """The state as it is now."""
    found = rows(f"SELECT {', '.join(heads(connection.vendor))}", [])
    return State(*(head or "" for head in found[0]))


_KNOWN: dict[str, Standing] = {}


def standing(state: State | None = None) -> Standing:
    """What stands now, or at a state that was just read; a part is read anew where the trail of it moved on."""
    now = state or read_state()
    name = str(connection.settings_dict["NAME"])
    known = _KNOWN.get(name)
    if known is None or known.state != now or not all(now):
        found = Standing(now)
        if known is not None:
            _take_over(known, found)
        known = _KNOWN[name] = found
    return known


def _take_over(before: Standing, after: Standing) -> None:
    """Let the part whose state is the same stand on."""
    for name, part in (("organisation", "organisation"), ("kept_years", "years")):
        if getattr(before.state, part) == getattr(after.state, part) != "" and name in vars(before):
            setattr(after, name, getattr(before, name))


def forget() -> None:
    """Keep nothing any longer."""
    _KNOWN.clear()
