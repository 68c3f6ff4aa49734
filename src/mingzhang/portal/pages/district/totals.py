"""District totals as tables: departments side by side, spending by function, money by source; all of them in one workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from django.http import HttpResponse

from mingzhang.numbers import PERCENT, TEN_THOUSAND_YUAN, print_value
from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import Cell, Sheet, workbook
from mingzhang.portal.pages.district.asked import asked_year
from mingzhang.portal.showing import show
from mingzhang.portal.years import years_kept
from mingzhang.records.district.states import overseen
from mingzhang.records.district.summary import Line, Summary, summary
from mingzhang.records.key_figures import Kind
from mingzhang.records.policy import Action


@page(Action.OVERSEE)
def totals(here: Here) -> HttpResponse:
    """The tables of one year."""
    years = years_kept(here.access.standing)
    year = asked_year(here.request.GET.get("year", ""), years)
    found = summary(overseen(here.access), year)
    if here.request.GET.get("format") == "xlsx":
        return workbook(here, f"全区决算汇总{year}年度", _sheets(found))
    return show(
        here,
        "district/totals.html",
        year=year,
        years=years,
        tab="district_totals",
        found=found,
        printed=printed,
        wan=lambda value: printed(value, None),
        share=share,
    )


def printed(value: Fraction | None, kind: Kind | None) -> str:
    """The digits with separators: 万元, or in the unit of the kind of figure; a dash where nothing states it."""
    unit = kind.unit if kind else TEN_THOUSAND_YUAN
    return "—" if value is None else print_value(value, unit, thousands=True)


def share(part: Fraction, whole: Fraction | None) -> str:
    """A share of the whole in percent with one decimal.

    >>> share(Fraction(1), Fraction(8)), share(Fraction(1), None)
    ('12.5%', '—')
    """
    return f"{print_value(part / whole, PERCENT)}%" if whole else "—"


def _sheets(found: Summary) -> Iterator[Sheet]:
    kinds = found.kinds
    header = (
        "部门代码",
        "部门",
        *(
            f"{kind.chinese}（{'元' if kind.unit is TEN_THOUSAND_YUAN else kind.unit.chinese}）"
            for kind in kinds
        ),
    )
    lines = [line for _, line in found.departments]
    yield Sheet("各部门", header, [_row(line, kinds) for line in (*lines, found.whole)])
    yield Sheet(
        "支出按功能分类",
        ("科目编码", "科目名称", "支出合计（元）", "基本支出（元）", "项目支出（元）"),
        [_row(line) for line in found.functions],
    )
    yield Sheet(
        "收支按资金来源", ("资金来源", "收入（元）", "支出（元）"), [_row(line)[1:] for line in found.funds]
    )


def _row(line: Line, kinds: Sequence[Kind] = ()) -> list[Cell]:
    return [
        line.code,
        line.name,
        *(_cell(value, kinds[place] if kinds else None) for place, value in enumerate(line.values)),
    ]


def _cell(value: Fraction | None, kind: Kind | None) -> Cell:
    if value is None:
        return None
    if kind is not None and kind.unit is not TEN_THOUSAND_YUAN:
        return int(value)
    return Decimal(round(value * 100)).scaleb(-2)
