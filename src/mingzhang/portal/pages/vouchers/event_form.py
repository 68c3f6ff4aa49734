"""The form of a business event (按业务录入): the fields that its questions ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingzhang.catalogue.loading import event_groups, voucher_templates
from mingzhang.forms import VoucherTemplate
from mingzhang.portal.amounts import fen_of, yuan_of
from mingzhang.portal.pages.vouchers.head_form import HeadForm, head_of
from mingzhang.records import code_search
from mingzhang.records.event_questions import Questions, questions
from mingzhang.records.models import Entity, ProcurementContract
from mingzhang.records.projects import projects_of

_TEXTS = ("nature", "fund", "project", "source", "detail", "counterparty", "contract", "payment", "group")


class EventForm(HeadForm):
    """An event as typed; `payload` is what a proposal keeps."""

    mode = "event"

    def __init__(self, unit: Entity, year: int, template: VoucherTemplate, stated: Mapping[str, str]) -> None:
        super().__init__(unit, year, stated)
        self.template = template
        self.questions: Questions = questions(template, unit)
        asked = (*_TEXTS, "function", "economic", "back_office", *(name for name, _ in self.amount_fields))
        asked += tuple(name for name, _, _ in self.account_fields)
        self.stated |= {name: stated.get(name, "").strip() for name in asked}

    @classmethod
    def of_payload(cls, unit: Entity, year: int, payload: Mapping[str, Any]) -> EventForm | None:
        """The form that would make this payload; None where its template is not there any more."""
        event = payload.get("event") or {}
        template = voucher_templates().events.get(str(event.get("template")))
        if template is None:
            return None
        stated = head_of(payload) | {
            name: str(value) for name, value in event.items() if isinstance(value, str)
        }
        amounts = event.get("amounts")
        if isinstance(amounts, int):
            amounts = {template.amounts[0]: amounts}
        stated |= {f"amount-{name}": yuan_of(fen) for name, fen in (amounts or {}).items()}
        stated["back_office"] = "1" if event.get("back_office") else ""
        form = cls(unit, year, template, stated)
        for name, _, accounts in form.account_fields:
            allowed = {code for code, _ in accounts}
            form.stated[name] = next((code for code in event.get("accounts", ()) if code in allowed), "")
        form.name_codes()
        return form

    def name_codes(self) -> None:
        """Put the names behind the codes, as the suggestions do."""
        for name, choices in (
            ("function", code_search.function_choices(self.year)),
            ("economic", code_search.economic_choices(self.year)),
        ):
            code = self.stated[name]
            if code in choices:
                self.stated[name] = f"{code} {choices[code]}"

    @property
    def plain(self) -> str:
        """The event in plain words."""
        events = (event for group in event_groups() for event in group.events)
        return next(
            (event.plain for event in events if event.template == self.template.name), self.template.event
        )

    @property
    def amount_fields(self) -> list[tuple[str, str]]:
        """(field, label) of the amounts."""
        return [(f"amount-{name}", chinese) for name, chinese in self.questions.amounts]

    @property
    def account_fields(self) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
        """(field, label, accounts) where the event leaves an account open."""
        return [
            (f"account-{place}", f"{'借' if choice.side == 'D' else '贷'}方记入", choice.accounts)
            for place, choice in enumerate(self.questions.choices)
        ]

    @property
    def economic_choices(self) -> dict[str, str]:
        """Economic codes that the event allows, where it names them; else none, and suggestions are looked up."""
        beginnings = self.questions.economics
        if not beginnings:
            return {}
        return {
            code: name
            for code, name in code_search.economic_choices(self.year).items()
            if code.startswith(beginnings)
        }

    @property
    def only_economic(self) -> str:
        """The one economic code that the event has, with its name; blank where there is a choice."""
        found = self.economic_choices
        return " ".join(next(iter(found.items()))) if len(found) == 1 else ""

    @property
    def projects(self) -> list[tuple[str, str]]:
        """Projects of the unit that run in the year."""
        return [(project.code, str(project)) for project in projects_of(self.unit, self.year)]

    @property
    def contracts(self) -> list[str]:
        """Numbers of the unit's procurement contracts."""
        found = ProcurementContract.objects.filter(entity=self.unit).order_by("-id")
        return list(found.values_list("number", flat=True)[:100])

    def payload(self) -> dict[str, Any]:
        """The event as a proposal keeps it; look at `errors` first."""
        head = self.head()
        event: dict[str, Any] = {"template": self.template.name, "amounts": self._amounts()}
        event |= {name: self.stated[name] for name in _TEXTS if self.stated[name]}
        function = code_search.code_of(code_search.function_choices(self.year), self.stated["function"])
        economic = code_search.code_of(code_search.economic_choices(self.year), self.stated["economic"])
        event |= {name: code for name, code in (("function", function), ("economic", economic)) if code}
        if self.stated["back_office"]:
            event["back_office"] = True
        accounts = [self.stated[name] for name, _, _ in self.account_fields if self.stated[name]]
        if accounts:
            event["accounts"] = accounts
        return head | {"summary": head["summary"] or self.template.event, "event": event}

    def _amounts(self) -> int | dict[str, int]:
        given: dict[str, int] = {}
        for (name, _), (field, chinese) in zip(self.questions.amounts, self.amount_fields, strict=True):
            if self.stated[field]:
                try:
                    given[name] = fen_of(self.stated[field])
                except ValueError as wrong:
                    self.errors[field] = str(wrong)
            elif len(self.questions.amounts) == 1:
                self.errors[field] = f"填写{chinese}。"
        if len(given) < len(self.questions.amounts) - 1 and not self.errors:
            blank = next(field for field, _ in self.amount_fields if not self.stated[field])
            self.errors[blank] = "最多只能空一项，由其余各项推算。"
        return given if len(self.questions.amounts) > 1 else next(iter(given.values()), 0)
