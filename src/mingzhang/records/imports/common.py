"""Columns that many tables share: unit, year, codes of the classifications, fund, nature, project."""

from __future__ import annotations

from mingzhang.records.imports.fields import Field
from mingzhang.records.imports.references import (
    FUND_WORDS,
    NATURE_WORDS,
    read_economic,
    read_entity,
    read_function,
    read_fund,
    read_nature,
    read_project,
    read_unit,
)
from mingzhang.records.imports.values import fiscal_year, shorter

UNIT = Field(
    "entity", "单位编码", read_unit,
    ("单位代码", "预算单位编码", "预算单位代码", "核算单位编码", "核算单位", "预算单位", "账套编码", "账套", "单位", "单位名称", "预算单位名称"),
    note="账簿里单位的编码或名称；只有一个单位或在导入时指定单位（命令行用 --entity）时可以不填", codes="单位", width=16,
)  # fmt: skip
BODY = Field(
    "entity", "单位编码", read_entity, UNIT.synonyms,
    note="写给部门的填部门编码，写给单位的填单位编码；不填为部门", codes="单位和部门", width=16,
)  # fmt: skip
YEAR = Field(
    "year", "年度", fiscal_year, ("会计年度", "预算年度", "财政年度", "决算年度", "指标年度"), default=None,
    note="四位年度，如 2021；导入时指定了年度可以不填", width=8,
)  # fmt: skip
FUNCTION = Field(
    "function", "功能科目", read_function,
    ("支出功能分类科目编码", "支出功能分类编码", "功能分类科目编码", "功能分类编码", "功能科目编码", "功能分类科目", "支出功能分类科目", "支出功能分类", "功能分类", "预算科目编码", "预算科目"),
    note="支出功能分类的项级科目，7 位，如 2040601", codes="功能科目", width=22,
)  # fmt: skip
ECONOMIC = Field(
    "economic", "经济科目", read_economic,
    ("部门经济分类", "部门预算支出经济分类科目编码", "部门预算支出经济分类", "部门经济分类编码", "部门支出经济分类", "支出经济分类编码", "经济分类科目编码", "经济科目编码", "部门经济科目", "支出经济分类科目", "支出经济分类", "经济分类科目", "经济分类"),
    note="部门预算支出经济分类的款级科目，5 位，如 30201", codes="经济科目", width=22,
)  # fmt: skip
NATURE = Field(
    "nature", "支出性质", read_nature,
    ("基本项目", "基本/项目", "支出类型", "支出类别", "支出性质名称", "基本支出项目支出", "预算支出类型"),
    note="基本支出 或 项目支出", choices=shorter(NATURE_WORDS), width=10,
)  # fmt: skip
FUND = Field(
    "fund", "资金性质", read_fund,
    ("资金来源", "经费来源", "资金类型", "预算来源", "资金性质名称", "资金性质编码", "资金来源名称"),
    note="资金来源", choices=shorter(FUND_WORDS), width=24,
)  # fmt: skip
PROJECT = Field(
    "project", "项目编码", read_project, ("项目代码", "项目名称", "预算项目", "预算项目编码", "项目"),
    note="先导入项目表；项目支出必填", codes="项目", width=18,
)  # fmt: skip
