"""What a ledger is asked for (账簿条件): an account, codes beside it, a span of months; read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from mingzhang.catalogue.loading import chart_of_accounts
from mingzhang.forms import Account
from mingzhang.portal.access import Here
from mingzhang.records import code_search
from mingzhang.records.classifications import Selection, used_classifications
from mingzhang.records.drafts import FUNDS
from mingzhang.records.projects import projects_of, with_sub_projects

_FIELDS = ("account", "function", "economic", "project", "nature", "fund", "detail")
NATURES = (("basic", "基本支出"), ("project", "项目支出"))


@dataclass(frozen=True)
class Asked:
    """The conditions as typed, with the months; `accounts` are those with lines, their uppers included, to choose from."""

    stated: Mapping[str, str]
    first: int
    last: int
    accounts: list[Account]
    selection: Selection

    def __getitem__(self, name: str) -> str:
        return self.stated[name]

    @property
    def account(self) -> Account | None:
        """The account asked for, None where there is none of that code."""
        return chart_of_accounts().accounts.get(self.stated["account"])

    @property
    def is_narrowed(self) -> bool:
        """Whether codes beside the account are asked for."""
        return any(self.stated[name] for name in _FIELDS[1:])

    def address(self, **changed: object) -> str:
        """The query of an address with these conditions, some changed."""
        stated = {**self.stated, "first": self.first, "last": self.last, **changed}
        return urlencode({name: value for name, value in stated.items() if value not in ("", None)})

    @property
    def span(self) -> str:
        """The months in words."""
        return f"{self.first}月" if self.first == self.last else f"{self.first}—{self.last}月"


def asked(here: Here) -> Asked:
    """What the address asks for."""
    given = here.request.GET
    stated = {name: given.get(name, "").strip()[:60] for name in _FIELDS}
    for name in ("account", "function", "economic"):
        stated[name] = code_search.leading_code(stated[name])
    first, last = months(given)
    selection = Selection(
        accounts=(stated["account"],) if stated["account"] else (),
        functions=(stated["function"],) if stated["function"] else (),
        economics=(stated["economic"],) if stated["economic"] else (),
        projects=with_sub_projects(stated["project"]),
        nature=stated["nature"],
        fund=stated["fund"],
        detail=stated["detail"],
    )
    return Asked(stated, first, last, _accounts_in_use(here), selection)


def months(given: Mapping[str, str]) -> tuple[int, int]:
    """The first and last month of an address, the whole year where it states none."""
    first, last = (_month(given.get(name, ""), other) for name, other in (("first", 1), ("last", 12)))
    return (first, last) if first <= last else (last, first)


def choices(here: Here, ask: Asked) -> dict[str, list[tuple[str, str]]]:
    """What the fields beside the account offer: codes that lines of the year state."""
    used = used_classifications(here.entity, here.year).values()
    functions, economics = code_search.function_names(here.year), code_search.economic_names(here.year)

    def stated(name: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
        under = {getattr(row, name) for row in used if row.account.startswith(ask["account"])}
        return [(code, f"{code} {names.get(code, '')}".strip()) for code in sorted(under - {""})]

    projects = {
        project.code: project.name
        for project in projects_of(here.entity, among=here.access.organisation.projects)
    }
    return {
        "function": stated("function", functions),
        "economic": stated("economic", economics),
        "project": stated("project", projects),
        "nature": list(NATURES),
        "fund": list(FUNDS.items()),
        "detail": [(code, code) for code, _ in stated("detail", {})],
    }


def _accounts_in_use(here: Here) -> list[Account]:
    accounts = chart_of_accounts().accounts
    found: set[str] = set()
    for stated in used_classifications(here.entity, here.year).values():
        step: Account | None = accounts.get(stated.account)
        while step is not None:
            found.add(step.code)
            step = accounts[step.parent] if step.parent else None
    return [accounts[code] for code in sorted(found)]


def _month(text: str, other: int) -> int:
    return int(text) if text.isdigit() and 1 <= int(text[:3]) <= 12 else other
