"""The list of a kind of record (业务清单), narrowed and searched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils import timezone

from mingzhang.casework.definitions import Field, FieldType, Kind, Shape
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.choosing import Choices, area_choices, names_in
from mingzhang.portal.pages.casework.drawing import drawn_field
from mingzhang.portal.pages.casework.entry import openings_of
from mingzhang.portal.pages.casework.inputs import YES_NO
from mingzhang.portal.pages.casework.shown import cells_of, columns_of, rows_of, state_of, style_of
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.portal.paging import page_of
from mingzhang.portal.typed import day
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.looking.listing import Wanted, filters_of, narrowed
from mingzhang.records.casework.models import Area, Record
from mingzhang.records.casework.searching import find
from mingzhang.records.casework.sensitive_exports import personal_columns

_LONGEST_WORDS = 60


@dataclass(slots=True)
class Asked:
    """What a list is asked for, as typed, and what could not be understood."""

    stated: QueryDict
    chosen: dict[str, str]
    errors: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> str:
        return self.stated.get(_NAMES[name], "").strip()[:_LONGEST_WORDS]

    @property
    def narrows(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.chosen.values()) or any(getattr(self, name) for name in _NAMES)

    @property
    def narrows_more(self) -> bool:
        """Whether a condition beside words, state and days does."""
        return bool(self.area) or any(self.chosen.values())

    @property
    def address(self) -> str:
        """The query of an address with the same conditions."""
        stated = {typed: getattr(self, name) for name, typed in _NAMES.items()} | self.chosen
        return urlencode({name: value for name, value in stated.items() if value})

    def wanted(self, kind: Kind) -> Wanted:
        """The conditions as the records are asked for."""
        area = Area.objects.filter(code=self.area).first() if self.area else None
        if self.area and area is None:
            self.errors.append("没有这个街道社区：请从列表中选择。")
        return Wanted(
            state=self.state,
            area=area,
            begins=self._day("begins", "起始日期"),
            ends=self._day("ends", "截止日期"),
            chosen={
                each.name: _value(each, self.chosen[each.name])
                for each in filters_of(kind)
                if self.chosen[each.name]
            },
        )

    def _day(self, name: str, chinese: str) -> date | None:
        text = getattr(self, name)
        found = day(text)
        if text and found is None:
            self.errors.append(f"{chinese}“{text}”不是日期：请填写如 2021-03-05。")
        return found


_NAMES = {"words": "q", "state": "state", "area": "area", "begins": "from", "ends": "to"}


def _value(each: Field, text: str) -> Any:
    return text == "true" if each.type is FieldType.YES_NO else text


@casework(*READING)
def listing(here: Here) -> HttpResponse:
    """Fifty records, the latest first."""
    kind, today = here.kind, timezone.localdate()
    assert kind is not None
    asked, found = asked_for(here, kind)
    records, more = page_of(found, "occurred_on", here.request.GET.get("after", ""))
    columns = columns_of(kind)
    names = names_in(records, [each for each, _ in columns])
    rows = rows_of(records, today, calendar())
    for row, record in zip(rows, records, strict=True):
        row.cells = cells_of(record, columns, names)
        row.style = style_of(state_of(kind, record.state))
    return shown(
        here,
        "casework/listing.html",
        draws=drawn_field(here.kind) is not None and here.may_in_line("W"),
        asked=asked,
        rows=rows,
        more=more,
        columns=[column for _, column in columns],
        states=[(state.id, state.chinese) for state in kind.states.states] if kind.states else [],
        filters=[(each.name, each.chinese, _choices(each)) for each in filters_of(kind)],
        may_names=here.may_in_line("W"),
        may_ask=here.may_in_line("W") and bool(personal_columns(kind)),
        areas=area_choices(),
        date_label="收到日期" if kind.shape is Shape.MATTER else "日期",
        openings=openings_of(here, kind),
    )


def asked_for(here: Here, kind: Kind) -> tuple[Asked, QuerySet[Record]]:
    """The conditions of the address, and the records in scope that fit."""
    stated = here.request.GET
    asked = Asked(stated, {each.name: stated.get(each.name, "") for each in filters_of(kind)})
    scope = here.case.records(kind.line)
    if asked.words:
        scope = scope.filter(pk__in=find(here.user, asked.words).values("pk"))
    return asked, narrowed(scope, kind, asked.wanted(kind))


def _choices(each: Field) -> list[tuple[str, str]]:
    if each.type is FieldType.YES_NO:
        return list(YES_NO)
    if each.type is FieldType.CODE:
        return [(code, code) for code in each.codes]
    return list(Choices()(each))
