"""Which form a table is: by its title, else by its heads and rows, measured against the forms of every edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingzhang.forms import Edition
from mingzhang.read.texts import alike, plain


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: the form's name, how its rows and columns are read, and what all its figures share."""

    name: str
    layout: str
    """`two_sided`, `coded` (rows are codes or names of a classification), `three_public`, `performance`, `other`, `data`."""
    concept: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()


_FISCAL, _BUDGET = ("fund", "fiscal"), ("fund", "general_public_budget")
_FUNDS, _STATE = ("fund", "government_managed_funds"), ("fund", "state_capital_operations")
_BASIC, _PROJECT = ("nature", "basic"), ("nature", "project")

OTHER = Kind("", "other")
PERFORMANCE = Kind("", "performance")
DATA = Kind("", "data")
"""A list of data that goes with a report's own file and is not part of what it prints."""
THREE_PUBLIC = Kind("three_public", "three_public")
OPERATION = Kind("operation_information", "three_public")
KINDS = {
    kind.name: kind
    for kind in (
        Kind("income_expenditure_summary", "two_sided"),
        Kind("revenue", "coded", "revenue"),
        Kind("expenditure", "coded", "expenditure"),
        Kind("fiscal_summary", "two_sided", "", (_FISCAL,)),
        Kind("general_public_budget_expenditure", "coded", "expenditure", (_BUDGET,)),
        Kind("general_public_budget_basic", "coded", "expenditure", (_BUDGET, _BASIC)),
        Kind("general_public_budget_project", "coded", "expenditure", (_BUDGET, _PROJECT)),
        Kind("fiscal_expenditure_by_item", "coded", "expenditure", (_FISCAL,)),
        Kind("government_managed_funds", "coded", "expenditure", (_FUNDS,)),
        Kind("state_capital_operations", "coded", "expenditure", (_STATE,)),
        THREE_PUBLIC,
        OPERATION,
    )
}
_BOTH = r"(?:收入支出|收、?支|收入和支出)"
_TITLES: tuple[tuple[str, str], ...] = (
    (r"自评表|绩效(?:目标)?(?:自评|评价|完成情况).*表|绩效.*自评.*表", "performance"),
    (r"预算(?:总|明细|汇总)?表\Z|目标(?:申报)?表", "other"),
    (
        r"机构运行信息表|机关运行经费(?:及|、|和)?.*表|三公\"?经费.{0,4}行政参公.*表|行政参公.*表",
        "operation_information",
    ),
    (r"三公\"?经费.*表", "three_public"),
    (r"政府性基金.*三公|国有资产|政府采购.*表", "other"),
    (r"政府性基金.*表", "government_managed_funds"),
    (r"国有资本经营.*表", "state_capital_operations"),
    (r"项目支出.*表", "general_public_budget_project"),
    (r"(?:一般公共预算|财政拨款).*基本支出.*表", "general_public_budget_basic"),
    (
        rf"一般公共预算(?:财政拨款)?(?:{_BOTH}|支出)(?:决算)?(?:明细|总)?表",
        "general_public_budget_expenditure",
    ),
    (rf"财政拨款{_BOTH}(?:决算)?(?:总|汇总)?表", "fiscal_summary"),
    (r"财政拨款支出(?:决算)?(?:明细)?表", "fiscal_expenditure_by_item"),
    (rf"{_BOTH}(?:决算)?(?:总|汇总)?表", "income_expenditure_summary"),
    (r"(?<!拨款)收入(?:决算)?(?:总|明细)?表", "revenue"),
    (r"(?<!拨款)(?<!收入)(?<!项目)(?<!基本)支出(?:决算)?(?:总|明细)?表", "expenditure"),
)
_COMPILED = tuple((re.compile(rf"{pattern}(?:\([^()]*\))?\Z"), name) for pattern, name in _TITLES)
_SIMILAR = 0.86
"""A title this much like a form's own title is that form's, however its words are turned."""


def kind_of_title(title: str, editions: Sequence[Edition] = ()) -> Kind | None:
    """The kind that a title names; None where the title says nothing of a public form.

    >>> kind_of_title("附表3：云岭区司法局2021年度支出决算表").name
    'expenditure'
    >>> kind_of_title("财政拨款“三公”经费支出决算表").name, kind_of_title("收支决算总表").name
    ('three_public', 'income_expenditure_summary')
    >>> kind_of_title("人员情况表") is None
    True
    """
    words = plain(title)
    for pattern, name in _COMPILED:
        if pattern.search(words):
            return {"performance": PERFORMANCE, "other": OTHER}.get(name) or KINDS[name]
    best, form = max(
        (
            (SequenceMatcher(None, alike(words), alike(form.title)).ratio(), form.name)
            for edition in editions
            for form in edition.forms
        ),
        default=(0.0, ""),
    )
    return KINDS.get(form) if best >= _SIMILAR and "表" in words[-8:] else None


def kind_of_content(heads: Sequence[str], labels: Sequence[str]) -> Kind:
    """The kind of an untitled table, from its first rows (each one text) and its labels; OTHER where they do not tell."""
    head, rows = "".join(heads), "".join(labels)
    whole = head + rows
    if "执行率" in whole and "预算" in whole and ("指标" in whole or "得分" in whole):
        return PERFORMANCE
    if "坐标" in head and "准确值" in head:
        return DATA
    if "因公出国" in whole and "公务接待" in whole and not re.search(r"3021[27]", rows):
        return OPERATION if "机关运行" in rows or "保有量" in rows else THREE_PUBLIC
    if "一般公共服务支出" in rows and "总计" in rows and "外交支出" in rows:
        fiscal = "结转" in rows and "上级补助" not in rows and "政府性基金" in head
        return KINDS["fiscal_summary" if fiscal else "income_expenditure_summary"]
    if "工资福利支出" in rows and "商品和服务支出" in rows and re.search(r"30[123]\d\d", rows):
        return KINDS["general_public_budget_basic"]
    if any("上级补助收入" in row and "事业收入" in row and "合计" in row for row in heads):
        return KINDS["revenue"]
    if any("上缴上级支出" in row and "基本支出" in row and "合计" in row for row in heads):
        return KINDS["expenditure"]
    return OTHER
