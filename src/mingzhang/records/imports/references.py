"""Cells that name something the books or the code lists know: units, projects, accounts, functional and economic codes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from mingzhang.catalogue.loading import (
    chart_of_accounts,
    economic_classification,
    functional_classification,
    government_economic_classification,
)
from mingzhang.records import codes
from mingzhang.records.drafts import FUNDS
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.values import choice, plain

_CODE = re.compile(r"[\[(【]?\s*(\d[\d.\-]*)\s*[\])】]?\s*[-_—:：|/、.]*\s*(.*)\Z", re.DOTALL)

FUND_WORDS = {
    **{chinese: code for code, chinese in FUNDS.items()},
    "一般公共预算": "general_public_budget",
    "一般公共预算拨款": "general_public_budget",
    "一般公共预算资金": "general_public_budget",
    "公共预算": "general_public_budget",
    "财政拨款": "general_public_budget",
    "经费拨款": "general_public_budget",
    "政府性基金": "government_managed_funds",
    "政府性基金预算": "government_managed_funds",
    "政府性基金预算拨款": "government_managed_funds",
    "政府性基金预算资金": "government_managed_funds",
    "国有资本经营预算": "state_capital_operations",
    "国有资本经营预算拨款": "state_capital_operations",
    "国有资本经营预算资金": "state_capital_operations",
    "非财政专项": "nonfiscal_special",
    "其他": "other",
    "自有资金": "other",
    "单位资金": "other",
    "其他收入": "other",
}
NATURE_WORDS = {"基本支出": "basic", "项目支出": "project", "基本": "basic", "项目": "project", "基本经费": "basic", "项目经费": "project"}  # fmt: skip
SOURCE_WORDS = {"当年": "current", "以前年度结转": "prior", "本年": "current", "当年预算": "current", "本年预算": "current", "当年指标": "current", "结转": "prior", "上年结转": "prior", "结转结余": "prior", "以前年度": "prior"}  # fmt: skip

read_fund = choice(FUND_WORDS, "fund")
read_nature = choice(NATURE_WORDS, "nature")
read_source = choice(SOURCE_WORDS, "source")


def split_code(value: Any) -> tuple[str, str]:
    """The digits a cell begins with and the name after them: `[2040601]行政运行`, `2040601 行政运行`, `行政运行`.

    >>> split_code("[2040601]行政运行"), split_code(2040601.0), split_code("行政运行")
    (('2040601', '行政运行'), ('2040601', ''), ('', '行政运行'))
    """
    shown = plain(value)
    found = _CODE.match(shown)
    if found is None:
        return "", shown
    return re.sub(r"\D", "", found[1]), found[2].strip("])】 ")


@cache
def _by_name(which: str) -> Mapping[str, list[str]]:
    """Codes by name, former names too."""
    names: dict[str, list[str]] = defaultdict(list)
    if which == "account":
        for account in chart_of_accounts().accounts.values():
            names[account.name].append(account.code)
    else:
        known = functional_classification() if which == "function" else economic_classification()
        for code in known.codes.values():
            for name in dict.fromkeys((code.name, *(name for _, name in code.names), *code.former_names)):
                names[name].append(code.code)
    return names


def _named(which: str, chinese: str, name: str) -> str:
    found = _by_name(which).get(name, [])
    if len(found) > 1:
        choices = "、".join(found[:6])
        raise CellError(f"ambiguous_{which}", f"有多个叫“{name}”的{chinese}", f"填写编码，如 {choices}")
    if not found:
        raise CellError(f"unknown_{which}", f"没有叫“{name[:30]}”的{chinese}", "填写编码")
    return found[0]


def read_function(value: Any, _: Context) -> str:
    """A functional code, by digits or by its name."""
    digits, name = split_code(value)
    return digits or _named("function", "支出功能分类科目", name)


def read_economic(value: Any, _: Context) -> str:
    """A departmental economic code, by digits or by its name; the government's own list is another one."""
    digits, name = split_code(value)
    code = digits or _named("economic", "部门预算支出经济分类科目", name)
    if codes.economic_named(code) is None and code in government_economic_classification().codes:
        other = government_economic_classification().codes[code].name
        raise CellError(
            "government_economic",
            f"{code} {other}是政府预算支出经济分类",
            "改用部门预算支出经济分类的款级科目，如 30201",
        )
    return code


def read_account(value: Any, _: Context) -> str:
    """An account: one of the chart, or the unit's own detail account under a lowest one of the chart."""
    digits, name = split_code(value)
    code = digits or _named("account", "会计科目", name)
    for length in range(len(code), 3, -1):
        found = code[:length]
        if codes.account_named(found) is not None:
            if length == len(code) or not codes.has_details(found):
                return found
            break
    raise CellError(
        "unknown_account", f"没有会计科目{code}", "改用会计科目表中的科目；单位自设的明细须在最末级科目之下"
    )


def read_unit(value: Any, context: Context) -> str:
    """A budget unit by code or name; its code."""
    found = read_entity(value, context)
    if not context.books.entities[found].keeps_books:
        name = context.books.entities[found].name
        raise CellError("entity_without_books", f"“{name}”不是记账单位", "填写预算单位的编码")
    return found


def read_entity(value: Any, context: Context) -> str:
    """Any unit or department by code or name; its code."""
    shown = plain(value)
    found = context.entity_named(shown)
    if found is None:
        known = "、".join(
            f"{unit.code}（{unit.name}）" for unit in context.books.entities.values() if unit.keeps_books
        )
        raise CellError("unknown_entity", f"没有单位“{shown[:30]}”", f"改为账簿里的单位：{known}")
    if not context.is_within(found.code):
        raise CellError(
            "not_allowed",
            f"您没有导入“{found.name}”的权限",
            "删去这一行，由该单位的人导入，或请系统管理员授权",
        )
    return found.code


def read_project(value: Any, context: Context) -> str:
    """A project of the books by code or name; its code."""
    shown = plain(value)
    if shown in context.books.projects:
        return shown
    head = re.split(r"[\s\]）)|]", shown.lstrip("[（("), maxsplit=1)[0]
    if head in context.books.projects:
        return head
    if shown in context.project_names:
        return context.project_names[shown]
    raise CellError("unknown_project", f"没有项目“{shown[:30]}”", "先登记或导入项目，或改正项目编码")
