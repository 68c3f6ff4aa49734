"""What the address of a table asks for: edition, view, unit of money, column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.forms import Edition, Form
from mingzhang.numbers import TEN_THOUSAND_YUAN, YUAN, Unit
from mingzhang.portal.access import Here
from mingzhang.records.live import live
from mingzhang.records.live_tables import Shown, compared, edition_choices, filled, side_by_side
from mingzhang.records.publishing import edition_of

VIEWS = (("form", "本表"), ("units", "单位与汇总"), ("compare", "与上年和预算比较"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The choices of a reader; what is not said is the usual."""

    edition: Edition
    usual: str
    view: str = "form"
    in_yuan: bool = False
    column: str = ""

    @property
    def money(self) -> Unit:
        """The unit of amounts."""
        return YUAN if self.in_yuan else TEN_THOUSAND_YUAN

    def query(self, **other: object) -> str:
        """The choices as the query of an address, with some of them changed."""
        changed = replace(self, **other)
        stated = {
            "edition": changed.edition.name if changed.edition.name != self.usual else "",
            "view": changed.view if changed.view != "form" else "",
            "unit": "yuan" if changed.in_yuan else "",
            "column": changed.column,
        }
        return urlencode({name: value for name, value in stated.items() if value})


def asked_of(here: Here) -> Asked:
    """Read the query; what is not there or cannot be is the usual."""
    query, usual = here.request.GET, edition_of(here.entity)
    known = {each.name: each for each in edition_choices(here.year, usual)}
    view = query.get("view", "form")
    views = views_of(here)
    return Asked(
        known.get(query.get("edition", ""), edition_named(usual)),
        usual,
        view if view in dict(views) else "form",
        query.get("unit") == "yuan",
        query.get("column", "")[:80],
    )


def views_of(here: Here) -> tuple[tuple[str, str], ...]:
    """The views of a table; only a department has units to put side by side."""
    return tuple(each for each in VIEWS if each[0] != "units" or not here.entity.keeps_books)


def form_named(asked: Asked, name: str) -> Form:
    """The form of that name in the edition; 404 where it has none."""
    if name not in asked.edition.form_names:
        raise Http404(f"{asked.edition.chinese}没有“{name}”这张表")
    return asked.edition.form(name)


def shown(here: Here, asked: Asked, form: Form) -> Shown:
    """The table asked for."""
    now = live(here.entity, here.year)
    if asked.view == "units":
        return side_by_side(now, here.entity, asked.edition, form, asked.money, asked.column)
    if asked.view == "compare":
        return compared(now, here.entity, asked.edition, form, asked.money, asked.column)
    return filled(now, here.entity, asked.edition, form, asked.money)
