"""Casework: figures with their definition cards and records, monthly returns, files taken in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import Field

from mingzhang.casework.periods import Period
from mingzhang.documents import Problem
from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import case_endpoint
from mingzhang.portal.api.problems import ERRORS
from mingzhang.portal.pages.casework.reach import reach_of, sees_all_units
from mingzhang.records.casework import returns
from mingzhang.records.casework.looking.figures import figure_of, figures_of, grain_in_words
from mingzhang.records.casework.metrics import Figure
from mingzhang.records.casework.models import Area, Organisation, Return
from mingzhang.records.proposals.kind import RefusedError

router = Router(tags=["业务办理 casework"])
Day = Annotated[date, Query(description="含当日 / included")]
AreaCode = Annotated[str, Field(max_length=15, description="街道社区代码，空为全部 / area code")]
MetricId = Annotated[str, Field(max_length=20, description="指标编号，如 M07-02 / metric")]
FormId = Annotated[str, Field(max_length=60, description="月报 / form")]
UnitKey = Annotated[str, Field(max_length=36, description="机构 key / organisation")]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="如 2021-03 / month")]


class FigureOut(Schema):
    """A figure with its definition card (指标与口径)."""

    metric: str
    chinese: str
    unit: str
    printed: str = Field(description="— 表示分母为零 / a dash over a zero base")
    numerator: str = Field(description="精确的十进制或分数 / exact")
    denominator: str | None
    basis: str
    includes: str
    excludes: str
    version: int
    first: date
    last: date
    grain: str
    late: int = Field(description="其中期后补录 / recorded after the period")


class FigureWhole(FigureOut):
    """A figure with the keys of the records that it counted; none for who sees figures only."""

    keys: list[str]
    base_keys: list[str]


class ReturnOut(Schema):
    """A monthly return (月报)."""

    form: str
    organisation: str
    name: str
    month: date
    state: str
    values: dict[str, str | None]
    reporter: str | None
    reviewer: str | None
    note: str
    version: int


class MonthOut(Schema):
    """The returns of a month, and the units whose are missing."""

    items: list[ReturnOut]
    missing: dict[str, str] = Field(description="机构 key → 状况 / organisation → why")


class ReturnIn(Schema):
    """What a unit reports; blank is not nought."""

    values: dict[str, str | None]
    notes: dict[str, str] = Field(default_factory=dict)
    version: int | None = Field(None, ge=1, le=2**31 - 1, description="看到的版本 / version seen")
    submit: bool = Field(False, description="同时报送 / hand it in")


def _period(first: date, last: date) -> Period:
    if last < first or not 1990 <= first.year <= last.year <= 2100:
        raise RefusedError(
            Problem("E-DATE", "起止日期不对", "时段", "止日不早于起日，年份在1990至2100之间。")
        )
    return Period(first, last)


def _asked(here: Here, area: str) -> tuple[Area | None, Organisation | None]:
    """The area asked for within what the person's figures reach, and the organisation they are kept to."""
    reach = reach_of(here)
    if not area:
        return reach.area, reach.organisation
    found = Area.objects.filter(code=area).first()
    if found is None or (reach.area and not area.startswith(reach.area.code)):
        raise Http404
    return found, reach.organisation


def _told(figure: Figure) -> dict[str, Any]:
    metric = figure.metric
    return {
        "metric": metric.id,
        "chinese": metric.chinese,
        "unit": metric.unit,
        "printed": figure.printed,
        "numerator": str(figure.numerator),
        "denominator": None if figure.denominator is None else str(figure.denominator),
        "basis": metric.basis,
        "includes": metric.includes,
        "excludes": metric.excludes,
        "version": metric.version,
        "first": figure.period.first,
        "last": figure.period.last,
        "grain": grain_in_words(figure),
        "late": len(figure.late),
    }


@router.get("/casework/{line}/metrics", response={200: list[FigureOut], **ERRORS}, summary="指标 / figures")
@case_endpoint("S")
def overview(here: Here, first: Day, last: Day, area: AreaCode = ""):
    """All figures of the line in a period, counted now."""
    assert here.line is not None
    period = _period(first, last)
    where, organisation = _asked(here, area)
    found = figures_of(here.line.metrics.values(), period, where, organisation)
    return [FigureOut(**_told(figure)) for figure in found]


@router.get(
    "/casework/{line}/metrics/{metric}",
    response={200: FigureWhole, **ERRORS},
    summary="一个指标 / one figure",
)
@case_endpoint("S")
def one(here: Here, metric: MetricId, first: Day, last: Day, area: AreaCode = ""):
    """A figure with the records that it counted."""
    assert here.line is not None
    if metric not in here.line.metrics:
        raise Http404
    where, organisation = _asked(here, area)
    found = figure_of(here.line, metric, _period(first, last), where, organisation)
    reads = here.may_in_line("R")
    return FigureWhole(
        **_told(found),
        keys=list(found.keys) if reads else [],
        base_keys=list(found.base_keys) if reads else [],
    )


def _return_out(row: Return) -> ReturnOut:
    return ReturnOut(
        form=row.form,
        organisation=row.organisation.key,
        name=row.organisation.name,
        month=row.month,
        state=row.state,
        values={
            item.name: None if item.value is None else f"{item.value.normalize():f}"
            for item in row.items.all()
        },
        reporter=row.reporter.username if row.reporter else None,
        reviewer=row.reviewer.username if row.reviewer else None,
        note=row.note,
        version=row.version,
    )


@router.get(
    "/casework/{line}/returns/{form}/{month}",
    response={200: MonthOut, **ERRORS},
    summary="月报 / returns of a month",
)
@case_endpoint("R", "O")
def month(here: Here, form: FormId, month: Month):
    """What units reported for a month, and which did not; one's own units where the post reaches no further."""
    first = _form_and_month(here, form, month)
    assert here.line is not None
    rows = Return.objects.filter(line=here.line.id, form=form, month=first)
    rows = rows.select_related("organisation", "reporter", "reviewer").prefetch_related("items")
    whole = sees_all_units(here)
    line = here.line.id
    return MonthOut(
        items=[
            _return_out(row) for row in rows if whole or returns.may_report(here.user, line, row.organisation)
        ],
        missing={
            each.organisation.key: each.status
            for each in returns.missing(line, form, first)
            if whole or returns.may_report(here.user, line, each.organisation)
        },
    )


@router.put(
    "/casework/{line}/returns/{form}/{month}/{organisation}",
    response={200: ReturnOut, **ERRORS},
    summary="填报 / fill in a return",
)
@case_endpoint("R", "O", work=True)
def fill_in(here: Here, form: FormId, month: Month, organisation: UnitKey, stated: ReturnIn):
    """Keep a return as filled in, and hand it in where that is asked."""
    first = _form_and_month(here, form, month)
    assert here.line is not None
    unit = Organisation.objects.filter(key=organisation).first()
    if unit is None:
        raise Http404
    if not returns.may_report(here.user, here.line.id, unit):
        raise PermissionDenied
    report = returns.save(
        here.user, here.line.id, form, unit, first, stated.values, stated.notes, version=stated.version
    )
    if stated.submit:
        report = returns.submit(here.user, report, report.version)
    rows = Return.objects.select_related("organisation", "reporter", "reviewer").prefetch_related("items")
    return _return_out(rows.get(pk=report.pk))


def _form_and_month(here: Here, form: str, month: str) -> date:
    assert here.line is not None
    if form not in here.line.returns or not 1990 <= int(month[:4]) <= 2100:
        raise Http404
    return date.fromisoformat(f"{month}-01")
