"""Budgets (预算指标): approved at the start of the year, and each adjustment with its document."""

from mingzhang.catalogue.dimensions import three_public
from mingzhang.facts import Concept
from mingzhang.records.imports.budget_rows import check_budget, expand_budget, listed_once
from mingzhang.records.imports.common import ECONOMIC, FUNCTION, FUND, NATURE, PROJECT, UNIT, YEAR
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.registers import Register
from mingzhang.records.imports.values import choice, day, money, shorter, text
from mingzhang.records.models import BudgetLine

_STAGES = {"年初预算": "initial", "预算调整": "adjustment", "年初": "initial", "年初批复": "initial", "调整": "adjustment", "追加": "adjustment", "追减": "adjustment", "调整预算": "adjustment", "年中追加": "adjustment", "年中调整": "adjustment"}  # fmt: skip
_CONCEPTS = {"支出预算": "expenditure", "收入预算": "revenue", "支出": "expenditure", "收入": "revenue"} | {
    entry.chinese: entry.name for entry in vars(three_public).values()
    if isinstance(entry, Concept) and entry.name.endswith(("_spending", "_purchase", "_running"))
}  # fmt: skip

kind = Kind(
    "budgets",
    "预算指标",
    (
        UNIT,
        YEAR,
        Field("stage", "预算阶段", choice(_STAGES, "stage"), ("指标类型", "调整类型", "预算类型", "年初/调整", "指标来源类型"), required=True, choices=("年初预算", "预算调整"), width=10),
        Field("document_number", "指标文号", text(80), ("文号", "批复文号", "指标文件号", "发文文号", "调整文号"), note="调整必填", width=22),
        Field("approved_on", "批复日期", day, ("下达日期", "指标日期", "发文日期", "日期"), default=None, width=12),
        Field("concept", "预算类别", choice(_CONCEPTS, "budget_concept"), ("收支类别", "收支类型"), choices=shorter(_CONCEPTS), note="留空时：支出预算，同额财政拨款收入预算，“三公”科目同时计入“三公”预算", width=22),
        FUNCTION,
        ECONOMIC,
        NATURE,
        FUND,
        PROJECT,
        Field("fen", "金额（元）", money(negative=True, zero=False), ("金额", "指标金额", "预算金额", "预算数", "批复金额", "下达金额"), required=True, number=True, note="调减填负数"),
    ),
    Register(
        BudgetLine,
        ("entity", "year", "stage", "document_number", "approved_on", "concept", "function", "economic", "nature", "fund", "project", "fen"),
        check=check_budget,
        expand=expand_budget,
        together=listed_once,
    ),
)  # fmt: skip
