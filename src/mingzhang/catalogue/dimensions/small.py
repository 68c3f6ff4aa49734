"""Small dimensions, whole in this file: funds, nature of expenditure, procurement, vehicles, staff, units, books' own."""

from mingzhang.facts import Dimension


def _tree(name: str, chinese: str, *entries: tuple[str, str | None, str]) -> Dimension:
    return Dimension(
        name,
        chinese,
        {code: parent for code, parent, _ in entries},
        {code: text for code, _, text in entries},
    )


fund = _tree(
    "fund",
    "资金来源",
    ("fiscal", None, "财政拨款"),
    ("general_public_budget", "fiscal", "一般公共预算财政拨款"),
    ("government_managed_funds", "fiscal", "政府性基金预算财政拨款"),
    ("state_capital_operations", "fiscal", "国有资本经营预算财政拨款"),
    ("nonfiscal", None, "非财政拨款"),
    ("superior_subsidy", "nonfiscal", "上级补助收入"),
    ("business", "nonfiscal", "事业收入"),
    ("operating", "nonfiscal", "经营收入"),
    ("affiliate_remittance", "nonfiscal", "附属单位上缴收入"),
    ("other", "nonfiscal", "其他收入"),
)
nature = _tree(
    "nature",
    "支出性质",
    ("basic", None, "基本支出"),
    ("project", None, "项目支出"),
    ("remittance_to_superior", None, "上缴上级支出"),
    ("operating", None, "经营支出"),
    ("subsidy_to_affiliates", None, "对附属单位补助支出"),
)
procurement = _tree(
    "procurement", "采购类别", ("goods", None, "货物"), ("works", None, "工程"), ("services", None, "服务")
)
vehicle_kind = _tree(
    "vehicle_kind",
    "车辆用途",
    ("leader", None, "副部（省）级及以上领导用车"),
    ("chief", None, "主要领导干部用车"),
    ("confidential", None, "机要通信用车"),
    ("emergency", None, "应急保障用车"),
    ("law_enforcement", None, "执法执勤用车"),
    ("special", None, "特种专业技术用车"),
    ("retired", None, "离退休干部用车"),
    ("other", None, "其他用车"),
)
staff = _tree("staff", "编制类别", ("administrative", None, "行政"), ("institution", None, "事业"))
retirement = _tree("retirement", "离退休类别", ("veteran", None, "离休"), ("ordinary", None, "退休"))
unit_kind = _tree(
    "unit_kind",
    "单位类别",
    ("administrative", None, "行政单位"),
    ("civil_servant_managed", None, "参照公务员法管理的事业单位"),
    ("institution", None, "事业单位"),
)
project = Dimension("project", "项目", {}, {}, whole=False)
"""Filled by the books: first-level projects (一级项目) above their sub-projects (二级项目)."""
detail = Dimension("detail", "费用明细", {}, {}, whole=False)
"""Filled by the books: finer uses of an economic item, such as repair and insurance of vehicles."""
