"""The conditions of the list of vouchers (查询条件), from the address into what the records are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from mingzhang.portal.amounts import fen_of
from mingzhang.records import code_search
from mingzhang.records.classifications import Selection
from mingzhang.records.models import Entity, VoucherKind
from mingzhang.records.projects import with_sub_projects
from mingzhang.records.voucher_list import Wanted, is_number

_FIELDS = (
    "q", "month", "kind", "account", "function", "economic", "nature", "fund", "project", "counterparty", "low", "high", "person", "order",
)  # fmt: skip


@dataclass
class Filters:
    """What was asked, as typed, and what could not be understood."""

    stated: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    number: str = ""
    """A number that is asked for itself, where the text is one."""

    @classmethod
    def of(cls, stated: Mapping[str, str]) -> Filters:
        """The conditions that an address states."""
        return cls({name: stated.get(name, "").strip() for name in _FIELDS})

    def __getitem__(self, name: str) -> str:
        return self.stated[name]

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the list."""
        return not any(value for name, value in self.stated.items() if name != "order")

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked for, not even an order."""
        return not any(self.stated.values())

    @property
    def more(self) -> bool:
        """Whether one of the conditions of the second row is stated."""
        return any(
            self.stated[name]
            for name in (
                "kind",
                "function",
                "economic",
                "nature",
                "fund",
                "project",
                "counterparty",
                "person",
            )
        )

    def address(self, **changed: str) -> str:
        """The query of an address that states these conditions, some changed."""
        return urlencode({name: value for name, value in {**self.stated, **changed}.items() if value})

    def wanted(self, unit: Entity, year: int) -> Wanted | None:
        """What the records are asked for; None where a condition can fit nothing, with the errors saying why."""
        month = self.stated["month"]
        return self._checked(
            Wanted(
                unit,
                year,
                month=int(month) if month.isdigit() and 1 <= int(month) <= 12 else 0,
                lines=Selection(
                    accounts=self._codes("account", code_search.all_account_names()),
                    functions=self._codes("function", code_search.function_names(year)),
                    economics=self._codes("economic", code_search.economic_names(year)),
                    projects=with_sub_projects(self.stated["project"]),
                    kind=self.stated["kind"] if self.stated["kind"] in VoucherKind.values else "",
                    nature=self.stated["nature"],
                    fund=self.stated["fund"],
                    counterparty=self.stated["counterparty"],
                ),
                low=self._fen("low"),
                high=self._fen("high"),
                text=self.stated["q"][:80],
                prepared_by=self.stated["person"][:40],
                newest_first=self.stated["order"] != "oldest",
            )
        )

    def _checked(self, wanted: Wanted) -> Wanted | None:
        """Where the text is a voucher's number, that voucher is meant."""
        if wanted.text and is_number(wanted.unit, wanted.year, wanted.text):
            self.number = wanted.text
        return None if self.errors else wanted

    def _codes(self, name: str, names: Mapping[str, str]) -> tuple[str, ...]:
        found = code_search.beginnings(names, self.stated[name])
        if found is None:
            self.errors[name] = f"没有名称含“{self.stated[name]}”的科目：换个说法，或填代码。"
            return ()
        return found

    def _fen(self, name: str) -> int | None:
        if not self.stated[name]:
            return None
        try:
            return fen_of(self.stated[name])
        except ValueError as wrong:
            self.errors[name] = str(wrong)
            return None
