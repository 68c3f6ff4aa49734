"""Draw records by lot (抽样): a period, how many, a seed; the same again gives the same list, whoever draws."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from mingzhang.casework.definitions import Field, Kind
from mingzhang.casework.drawing import draw, lot, population_digest
from mingzhang.casework.predicates import meets
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.inputs import PREFIX
from mingzhang.portal.pages.casework.periods import asked
from mingzhang.portal.pages.casework.shown import address_of, state_of
from mingzhang.portal.pages.casework.tabs import shown
from mingzhang.portal.typed import whole_number
from mingzhang.portal.years import current_year
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Record

_MOST, _USUAL = 500, 10
_SHOWN_DIGITS = 12
_LONGEST_SEED = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record drawn: its place, its lot, and where it is entered."""

    place: int
    number: str
    title: str
    state: str
    lot: str
    address: str
    enter: str


@casework("W")
def drawing(here: Here) -> HttpResponse:
    """The form, and the drawn list once a seed is given."""
    kind, line = here.kind, here.line
    assert kind is not None
    assert line is not None
    field = drawn_field(kind)
    if field is None:
        raise Http404(f"{kind.chinese}不用抽样")
    stated = here.request.GET
    period, error = asked(stated, current_year())
    count = min(whole_number(stated.get("count"), _USUAL), _MOST)
    seed = stated.get("seed", "").strip()[:_LONGEST_SEED]
    population = _population(here, field, period.first.isoformat(), period.last.isoformat())
    chosen = draw(population, count, seed) if seed else []
    return shown(
        here,
        "casework/drawing.html",
        kind=kind,
        of=kind_of(field.kind),
        period={"chinese": period.chinese, "begins": period.first, "ends": period.last},
        count=count,
        seed=seed,
        error=error,
        population=len(population),
        digest=population_digest(population)[:_SHOWN_DIGITS],
        drawn=[_drawn(kind, field, population[key], place, seed) for place, key in enumerate(chosen, 1)],
    )


def drawn_field(kind: Kind) -> Field | None:
    """The kind's field whose records are drawn by lot."""
    return next((each for each in kind.fields if each.draw), None)


def _population(here: Here, field: Field, first: str, last: str) -> dict[str, Record]:
    """The records in scope that may be drawn in the period, by their keys."""
    line, _, name = field.kind.partition(".")
    day = field.draw["date_field"]
    return {
        record.key: record
        for record in here.case.records(line).filter(kind=name)
        if first <= str(record.content.get(day) or "") <= last
        and meets({**record.content, "state": record.state}, field.draw.get("where", {}))
    }


def _drawn(kind: Kind, field: Field, record: Record, place: int, seed: str) -> Drawn:
    query = urlencode({f"{PREFIX}.{field.name}": record.number or record.key})
    new = reverse("casework_new", kwargs={"line": kind.line, "kind": kind.id})
    return Drawn(
        place=place,
        number=record.number,
        title=record.title,
        state=state_of(kind_of(field.kind), record.state).chinese,
        lot=lot(record.key, seed)[:_SHOWN_DIGITS],
        address=address_of(record),
        enter=f"{new}?{query}",
    )
