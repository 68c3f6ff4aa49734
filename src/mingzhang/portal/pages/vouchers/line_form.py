"""The form of entries (逐行录入): both systems line by line, for those who think in accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from mingzhang.portal.amounts import fen_of, yuan_of
from mingzhang.portal.pages.vouchers.head_form import HeadForm, head_of
from mingzhang.records import code_search
from mingzhang.records.models import Entity
from mingzhang.records.projects import projects_of

SYSTEMS = (("financial", "财务会计"), ("budgetary", "预算会计"))
FIELDS = (
    "account", "debit", "credit", "function", "economic", "nature", "fund", "project", "source", "detail",
    "counterparty", "contract",
)  # fmt: skip
_CODES = ("account", "function", "economic")
_BLANK_ROWS = 2
MOST_ROWS = 300


@dataclass
class Row:
    """One line as typed, with what is wrong with it."""

    stated: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    error: str = ""

    def __getitem__(self, name: str) -> str:
        return self.stated[name]

    @property
    def is_empty(self) -> bool:
        """Whether nobody typed an account or an amount."""
        return not (self["account"] or self["debit"] or self["credit"])


class LineForm(HeadForm):
    """Lines as typed; `payload` is what a proposal keeps."""

    mode = "lines"

    def __init__(
        self, unit: Entity, year: int, stated: Mapping[str, str], rows: Mapping[str, list[Row]] | None = None
    ) -> None:
        super().__init__(unit, year, stated)
        self.rows = {system: list((rows or {}).get(system, ())) for system, _ in SYSTEMS}
        self._names = {
            "function": code_search.function_choices(year),
            "economic": code_search.economic_choices(year),
        }

    @classmethod
    def of_post(cls, unit: Entity, year: int, posted: QueryDict) -> LineForm:
        """The form that was sent: each field of a line as often as there are lines."""
        rows: dict[str, list[Row]] = {}
        for system, _ in SYSTEMS:
            columns = [posted.getlist(f"{system}-{name}")[:MOST_ROWS] for name in FIELDS]
            longest = max(map(len, columns))
            filled = [[*column, *[""] * (longest - len(column))] for column in columns]
            rows[system] = [
                Row(dict(zip(FIELDS, (value.strip() for value in values), strict=True)))
                for values in zip(*filled, strict=True)
            ]
        return cls(unit, year, posted, rows)

    @classmethod
    def of_payload(cls, unit: Entity, year: int, payload: Mapping[str, Any]) -> LineForm:
        """The form that would make this payload."""
        form = cls(unit, year, head_of(payload))
        for system, _ in SYSTEMS:
            form.rows[system] = [form._row(line, system) for line in payload.get(system, ())]
        return form

    def _row(self, line: Mapping[str, Any], system: str) -> Row:
        row = Row()
        for name in FIELDS:
            if name not in ("debit", "credit"):
                row.stated[name] = str(line.get(name) or "")
        row.stated["debit" if line.get("side") == "D" else "credit"] = yuan_of(line.get("fen"))
        for name in _CODES:
            names = self._choices(name, system)
            if row[name] in names:
                row.stated[name] = f"{row[name]} {names[row[name]]}"
        return row

    def _choices(self, name: str, system: str) -> Mapping[str, str]:
        return code_search.account_choices(self.unit, system) if name == "account" else self._names[name]

    def with_blank_rows(self, more: int = _BLANK_ROWS) -> LineForm:
        """With empty lines to type into."""
        for rows in self.rows.values():
            rows += [Row() for _ in range(more)]
        return self

    def accounts(self, system: str) -> dict[str, str]:
        """Accounts that lines of a system may take."""
        return code_search.account_choices(self.unit, system)

    @property
    def projects(self) -> list[tuple[str, str]]:
        """Projects of the unit that run in the year."""
        return [(project.code, str(project)) for project in projects_of(self.unit, self.year)]

    def payload(self) -> dict[str, Any]:
        """The lines as a proposal keeps them; look at `errors` first. Empty lines are left out."""
        head = self.head()
        lines = {
            system: [self._entry(row, system) for row in rows if not row.is_empty]
            for system, rows in self.rows.items()
        }
        if any(row.error for rows in self.rows.values() for row in rows):
            self.errors["lines"] = "有的分录填写不完整，见各行说明。"
        elif not any(lines.values()):
            self.errors["lines"] = "至少填写一行分录：科目和金额。"
        return head | lines

    def _entry(self, row: Row, system: str) -> dict[str, Any]:
        side, typed = ("D", row["debit"]) if row["debit"] else ("C", row["credit"])
        fen = 0
        if row["debit"] and row["credit"]:
            row.error = "借方、贷方只填一边。"
        elif not typed:
            row.error = "没有金额。"
        elif not row["account"]:
            row.error = "没有科目。"
        else:
            try:
                fen = fen_of(typed)
            except ValueError as wrong:
                row.error = str(wrong)
        codes = {name: code_search.code_of(self._choices(name, system), row[name]) for name in _CODES}
        plain = {name: row[name] for name in FIELDS if name not in ("debit", "credit", *_CODES)}
        stated = {name: value for name, value in (codes | plain).items() if value}
        return {"side": side, "fen": fen, "source": "current", **stated}
