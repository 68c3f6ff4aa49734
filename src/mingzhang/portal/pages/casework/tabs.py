"""Show a page of casework (业务页面): the frame of a line with its tabs, today, the calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from mingzhang.casework.definitions import Line
from mingzhang.portal.access import Here
from mingzhang.portal.navigation import line_home
from mingzhang.portal.pages.payments.told import pays
from mingzhang.portal.showing import show
from mingzhang.records.casework.sensitive_exports import personal_columns

READING = ("R", "O")
"""Letters that show records; approving and writing include them."""
WRITING = ("W", "O")
COUNTING = ("S",)


def shown(here: Here, template: str, /, *, status: int = 200, **stated: Any) -> HttpResponse:
    """A page of a line, or of all of them."""
    stated.setdefault("today", timezone.localdate())
    stated["line_home"] = line_home(here, here.line) if here.line else ""
    stated |= {"tabs": _tabs(here) if here.line else [], "kind_tabs": _kinds(here) if here.line else []}
    return show(here, template, status=status, **stated)


def _kinds(here: Here) -> list[tuple[str, str, bool]]:
    """The same of the line's kinds of records."""
    line = here.line
    assert line is not None
    if not here.may_in_line(*READING):
        return []
    return [
        (
            kind.chinese,
            reverse("casework_records", kwargs={"line": line.id, "kind": kind.id}),
            here.kind is not None and here.kind.id == kind.id,
        )
        for kind in line.kinds.values()
    ]


def _tabs(here: Here) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is this page) of what the person may open in the line."""
    line = here.line
    assert line is not None
    match = here.request.resolver_match
    current = match.url_name or "" if match else ""
    found: list[tuple[str, str, bool]] = []
    if here.may_in_line(*READING):
        found.append(
            ("工作台", reverse("casework_line", kwargs={"line": line.id}), current == "casework_line")
        )
        found.append(_tab("日历", "casework_calendar", line.id, current))
    if here.may_in_line(*COUNTING):
        found.append(_tab("统计", "casework_statistics", line.id, current, "casework_figure"))
    if here.may_in_line(*COUNTING) and pays(line):
        found.append(_tab("补贴付款", "casework_payments", line.id, current))
    if line.returns and here.may_in_line(*READING):
        found.append(_tab("月报", "casework_returns", line.id, current, "casework_return"))
    if here.may_in_line("W"):
        found.append(_tab("导入", "casework_imports", line.id, current, "casework_mapping", "casework_batch"))
    if here.may_in_line("W", "A") and _has_personal(line):
        found.append(_tab("敏感导出", "casework_exports", line.id, current, "casework_export_ask"))
    return found


def _has_personal(line: Line) -> bool:
    return any(personal_columns(kind) for kind in line.kinds.values())


def _tab(label: str, page: str, line: str, current: str, *also: str) -> tuple[str, str, bool]:
    belongs = current == page or any(current.startswith(name) for name in also)
    return label, reverse(page, kwargs={"line": line}), belongs
