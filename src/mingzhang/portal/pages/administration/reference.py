"""Code lists and editions to look at: what is in force in which year, and what each format asks for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from mingzhang.catalogue import loading
from mingzhang.forms import Edition
from mingzhang.portal.access import Here, everybody
from mingzhang.portal.showing import show
from mingzhang.portal.words import ATTRIBUTE_NAMES, GROUP_NAMES
from mingzhang.portal.years import current_year

_MOST = 300
LISTS = {
    "functional": "支出功能分类",
    "economic": "部门经济分类",
    "economic_government": "政府经济分类",
    "accounts": "会计科目",
}


@everybody
def codes(here: Here) -> HttpResponse:
    """A code list, searched by code or name, in a year or in all."""
    name = here.request.GET.get("list", "functional")
    if name not in LISTS:
        raise Http404
    words = here.request.GET.get("q", "").strip()
    stated = here.request.GET.get("year", str(current_year()))
    year = int(stated) if stated.isdecimal() and len(stated) == 4 else None
    found = _accounts(words) if name == "accounts" else _codes(name, words, year)
    return show(
        here,
        "administration/codes.html",
        lists=LISTS,
        chosen=name,
        words=words,
        year=year or "",
        rows=found[:_MOST],
        all=len(found),
        groups=GROUP_NAMES,
        attributes=ATTRIBUTE_NAMES,
    )


def _codes(name: str, words: str, year: int | None) -> list[dict[str, Any]]:
    lists = {
        "functional": loading.functional_classification,
        "economic": loading.economic_classification,
        "economic_government": loading.government_economic_classification,
    }
    found = []
    for code in lists[name]().codes.values():
        if year is not None and not code.valid_in(year):
            continue
        own = code.name_in(year) if year is not None else code.name
        if (
            words
            and not code.code.startswith(words)
            and words not in f"{own} {code.name} {' '.join(code.former_names)}"
        ):
            continue
        found.append({"code": code, "name": own})
    return found


def _accounts(words: str) -> list[dict[str, Any]]:
    return [
        {"code": account, "name": account.name}
        for account in loading.chart_of_accounts().accounts.values()
        if not words or account.code.startswith(words) or words in account.name
    ]


@everybody
def editions(here: Here) -> HttpResponse:
    """All editions, the newest first."""
    found = [loading.edition(name) for name in reversed(loading.editions())]
    return show(here, "administration/editions.html", editions=found, years_of=_years)


@everybody
def edition(here: Here, name: str) -> HttpResponse:
    """One edition: its tables with their columns, its parts and sections, its glossary."""
    if name not in loading.editions():
        raise Http404
    return show(
        here, "administration/edition.html", edition=loading.edition(name), years_of=_years, plain=_plain
    )


def _years(edition: Edition) -> str:
    """The years of an edition."""
    first, last = edition.fiscal_years
    return f"{first}" if last == first else f"{first}—{last or ''}"


def _plain(heading: str) -> str:
    """A heading with its slots filled by what stands for any department and year."""
    for slot, word in (("{body}", "部门"), ("{name}", "某部门"), ("{year}", "某")):
        heading = heading.replace(slot, word)
    return heading
