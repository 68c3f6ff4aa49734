"""Main figures of a published report (主要指标), taken from its frozen figures: what lists and comparisons show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.facts import Cell
from mingzhang.numbers import TEN_THOUSAND_YUAN, Unit, print_value, read_figure, unit_named
from mingzhang.records.models import Publication


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the main figures: its name, and the cells where a report may state it, the likeliest first."""

    name: str
    chinese: str
    cells: tuple[Cell, ...]
    unit: Unit
    note: str = ""


def _kind(name: str, chinese: str, *cells: str, unit: Unit = TEN_THOUSAND_YUAN) -> Kind:
    return Kind(name, chinese, tuple(map(Cell.parse, cells)), unit)


_PERSON = unit_named("人")
STATED = (
    _kind("revenue", "本年收入", "revenue", "total_resources"),
    _kind("expenditure", "本年支出", "expenditure", "total_uses"),
    _kind("basic", "基本支出", "expenditure[nature=basic]"),
    _kind("project", "项目支出", "expenditure[nature=project]"),
    _kind(
        "three_public",
        "“三公”经费支出",
        "three_public_spending[fund=general_public_budget]",
        "three_public_spending[fund=fiscal]",
        "three_public_spending",
    ),
    _kind("operating_costs", "机关运行经费", "operating_costs"),
    _kind("procurement", "政府采购支出", "procurement_spending"),
    _kind("staff", "在职人员", "staff_in_post", unit=_PERSON),
)
PER_HEAD = Kind("per_head", "人均支出", (), TEN_THOUSAND_YUAN, "本年支出÷在职人员，由公开的数算出")
KINDS = (*STATED, PER_HEAD)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A main figure of one report: the exact value of the printed digits, in base units, and how it is shown."""

    kind: Kind
    value: Fraction
    coordinate: str

    @property
    def text(self) -> str:
        """The digits with separators, in the unit of its kind."""
        return print_value(self.value, self.kind.unit, thousands=True)


def key_figures(publications: Iterable[Publication]) -> dict[int, dict[str, KeyFigure]]:
    """The main figures that reports state, by key of the version, then by name.

    They are remembered, for a version never changes; the figures of those not yet known are read in one query.
    """
    wanted = {publication.pk: publication for publication in publications}
    unknown = [key for key, each in wanted.items() if (key, each.document_sha256) not in _known]
    if len(_known) > _MOST_KNOWN:
        _known.clear()
        unknown = list(wanted)
    figures = dict(Publication.objects.filter(pk__in=unknown).values_list("pk", "figures"))
    for key in unknown:
        each = wanted[key]
        _known[key, each.document_sha256] = _read(each.entity.code, each.year, figures.get(key) or {})
    return {key: _known[key, each.document_sha256] for key, each in wanted.items()}


_known: dict[tuple[int, str], dict[str, KeyFigure]] = {}
_MOST_KNOWN = 20_000


def _read(entity: str, year: int, figures: Mapping[str, str]) -> dict[str, KeyFigure]:
    found = {}
    for kind in STATED:
        for cell in kind.cells:
            coordinate = str(cell.at(entity, str(year)))
            printed = figures.get(coordinate)
            if printed:
                found[kind.name] = KeyFigure(kind, read_figure(printed).exact, coordinate)
                break
    if "expenditure" in found and "staff" in found and found["staff"].value > 0:
        each = found["expenditure"].value / found["staff"].value
        found[PER_HEAD.name] = KeyFigure(PER_HEAD, each, "")
    return found
