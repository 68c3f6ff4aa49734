"""Which part of a report a paragraph belongs to, from its headings: what bare words mean there."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KINDS: tuple[tuple[str, str], ...] = (
    ("glossary", r"名词解释|术语解释|专业名词"),
    ("duties", r"主要职[能责]|职能职责|基本情况$|机构设置|内设机构|部门概况|单位概况|决算单位构成"),
    ("three_public", r"[“\"”]?三公[”\"“]?经费"),
    ("operating", r"机关运行经费"),
    ("procurement", r"政府采购"),
    ("assets", r"国有资产|固定资产|资产占[有用]"),
    ("performance", r"绩效"),
    ("government_funds", r"政府性基金"),
    ("state_capital", r"国有资本经营"),
    ("basic", r"基本支出(?:决算)?(?:情况|支出)?"),
    ("fiscal_overall", r"财政拨款(?:收入支出|收支|收、支)(?:决算)?总?(?:体|计|额)?"),
    ("general_budget", r"一般公共预算(?:财政拨款)?(?:当年拨款)?(?:收入)?支出"),
    ("fiscal_expenditure", r"财政拨款支出"),
    ("overall", r"(?:收入支出|收支|收、支)(?:决算)?(?:总体|总计|总额|总)"),
    ("revenue", r"收入(?:决算)?(?:总体)?(?:情况|说明|构成)"),
    ("expenditure", r"支出(?:决算)?(?:总体)?(?:情况|说明|构成)"),
    ("staff", r"人员(?:构成|情况|编制)"),
)
_FUNDS = {
    "fiscal_overall": "fiscal",
    "fiscal_expenditure": "fiscal",
    "general_budget": "general_public_budget",
    "basic": "general_public_budget",
    "government_funds": "government_managed_funds",
    "state_capital": "state_capital_operations",
}


@dataclass(frozen=True, slots=True)
class Context:
    """A place in the report. `kind` is a name of the table above, empty where headings tell nothing known."""

    kind: str = ""
    heading: str = ""
    sub_heading: str = ""

    @property
    def fund(self) -> str:
        """The fund that bare words like 财政拨款支出 mean here; empty for all money."""
        if self.kind == "three_public":
            named = "一般公共预算" in self.heading + self.sub_heading
            return "general_public_budget" if named else "fiscal"
        return _FUNDS.get(self.kind, "")

    @property
    def shown(self) -> str:
        """The heading as a message names the place."""
        return self.sub_heading or self.heading


def kind_of(heading: str) -> str:
    """The kind of section that a heading opens; empty where unknown.

    >>> kind_of("五、一般公共预算财政拨款支出决算情况说明"), kind_of("一、收入支出决算总体情况说明")
    ('general_budget', 'overall')
    """
    plain = re.sub(r"\s", "", heading)
    if re.search(r"一般公共预算.*基本支出|财政拨款基本支出", plain):
        return "basic"
    for kind, pattern in _KINDS:
        if re.search(pattern, plain):
            return kind
    return ""


def within(context: Context, level: int, heading: str, fiscal_apart: bool = True) -> Context:
    """The context after a heading of this level: a part or section replaces it, a sub-section refines it.

    Without `fiscal_apart`, the report has no other section on the general public budget: 财政拨款支出 means that.
    """
    kind = kind_of(heading)
    if kind == "fiscal_expenditure" and (not fiscal_apart or context.kind == "general_budget"):
        kind = "general_budget"
    if level <= 2:
        return Context(kind, heading)
    # （二）政府采购支出情况 under 其他重要事项 is a section of its own; （二）…结构情况 stays in its section.
    own = (
        kind if kind in ("operating", "procurement", "assets", "performance", "staff", "three_public") else ""
    )
    if own and context.kind != own and context.kind not in ("glossary", "duties"):
        return Context(own, context.heading, heading)
    if kind and (context.kind in ("", "overall") or (context.kind == "fiscal_overall" and kind in _FUNDS)):
        return Context(kind, context.heading, heading)
    return Context(context.kind, context.heading, heading)
