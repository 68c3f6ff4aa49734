"""The classifications that a unit's year uses (在用的核算组合), from the totals by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.db import connection

from mingzhang.records.models import Classification, Entity, MonthTotal, TrailChain
from mingzhang.records.statements import rows
from mingzhang.records.sums import Stated
from mingzhang.records.trail.chains import LEDGER

_YEARS_KEPT = 96
"""So many units' years are kept in memory: a few hundred classifications each."""
_HEADS = f"SELECT head FROM {TrailChain._meta.db_table} WHERE entity_id = %s AND book = %s ORDER BY name"


def ledger_heads(unit: Entity | int) -> tuple[str, ...]:
    """The heads of the chains of a unit's ledger: they change with each booking. None where it has booked nothing on the trail."""
    key = unit.pk if isinstance(unit, Entity) else unit
    return tuple(head for (head,) in rows(_HEADS, (key, LEDGER)))


def used_classifications(
    unit: Entity | int, year: int, heads: tuple[str, ...] | None = None
) -> Mapping[int, Stated]:
    """What lines of a unit's year state, by the key of the classification: a few hundred among any number of lines.

    The unit is given itself or by its key. They are kept in memory until the unit books something; `heads` are those
    of its ledger, if already read.
    """
    key = unit.pk if isinstance(unit, Entity) else unit
    heads = ledger_heads(key) if heads is None else heads
    if not heads:
        return _read(key, year)
    return _kept(str(connection.settings_dict["NAME"]), key, year, heads)


@lru_cache(maxsize=_YEARS_KEPT)
def _kept(database: str, unit: int, year: int, heads: tuple[str, ...]) -> Mapping[int, Stated]:
    return MappingProxyType(_read(unit, year))


def _read(unit: int, year: int) -> dict[int, Stated]:
    used = MonthTotal.objects.filter(entity=unit, year=year).values("classification")
    found = Classification.objects.filter(pk__in=used).order_by("pk")
    return {key: Stated(*stated) for key, *stated in found.values_list("pk", *Stated._fields)}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which lines are meant (筛选条件). Codes are beginnings, any of them; what is left empty takes all."""

    accounts: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    economics: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    system: str = ""
    kind: str = ""
    nature: str = ""
    fund: str = ""
    detail: str = ""
    counterparty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it takes every line."""
        return self == Selection()

    def covers(self, stated: Stated) -> bool:
        """Whether lines with this statement are meant."""
        return (
            stated.account.startswith(self.accounts or "")
            and stated.function.startswith(self.functions or "")
            and stated.economic.startswith(self.economics or "")
            and (not self.projects or stated.project in self.projects)
            and all(
                not wanted or wanted == said
                for wanted, said in (
                    (self.system, stated.system),
                    (self.kind, stated.kind),
                    (self.nature, stated.nature),
                    (self.fund, stated.fund),
                    (self.detail, stated.detail),
                    (self.counterparty, stated.counterparty),
                )
            )
        )


def chosen(used: Mapping[int, Stated], covers: Callable[[Stated], bool]) -> list[int]:
    """Keys of the classifications that are meant, in order."""
    return sorted(key for key, stated in used.items() if covers(stated))
