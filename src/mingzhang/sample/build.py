"""Build the sample bureau in open, empty books: organisation, budgets, registers, two years of vouchers, both closed."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from mingzhang.records.closing import close_month, close_year
from mingzhang.records.ledger import post
from mingzhang.records.models import Entity
from mingzhang.sample.performance import add_performance
from mingzhang.sample.planned import YEARS, settings
from mingzhang.sample.registers import add_budget, add_organisation, add_projects, add_registers
from mingzhang.sample.vouchers import vouchers
from mingzhang.sample.words import add_words


class SampleError(RuntimeError):
    """The sample could not be built; the message, in Chinese, says why."""


def build_sample(progress: Callable[[str], None] | None = None) -> None:
    """Build everything in one transaction. `progress` is told each step in Chinese.

    Raises SampleError where the books already have a department, so that the sample never mixes with real books.
    """
    tell = progress or (lambda message: None)
    if Entity.objects.filter(kind=Entity.Kind.DEPARTMENT).exists():
        raise SampleError("账簿里已有部门，示例只能建在空账簿里：换一个账簿文件再运行")
    with transaction.atomic():
        tell("建立机构、人员、项目和备查簿")
        entities = add_organisation()
        add_projects(entities)
        add_registers(entities["bureau"])
        add_words(entities)
        for year in YEARS:
            tell(f"{year}年：下达预算")
            add_budget(entities, year)
            for unit in settings()["units"]:
                _keep_books(entities[unit], unit, year, tell)
        tell("绩效目标与自评")
        add_performance(entities["department"])


def _keep_books(entity: Entity, unit: str, year: int, tell: Callable[[str], None]) -> None:
    drafts = vouchers(unit, year)
    tell(f"{year}年：{entity.short_name}记账 {len(drafts)} 张凭证")
    posted = post(drafts)
    if not posted.accepted:
        raise SampleError(f"示例凭证未通过审核：{posted.problems[0]}")
    tell(f"{year}年：{entity.short_name}按月结账、年终结账")
    reports = [close_month(entity, year, month) for month in range(1, 13)]
    reports.append(close_year(entity, year))
    for report in reports:
        if not report.accepted:
            raise SampleError(f"示例结账未通过：{report.in_chinese()}")
        for check in report.checks:
            if not check.holds:
                raise SampleError(f"示例结账后核对不符：{check.in_chinese()}")
