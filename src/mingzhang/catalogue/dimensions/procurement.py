"""Government procurement (政府采购): spending by kind, and the part of small firms."""

from mingzhang.facts import Concept
from mingzhang.numbers import YUAN

_SOURCE = "部门决算公开说明 · 政府采购支出情况"


def _money(name: str, chinese: str, meaning: str, *source_ids: str, by_kind: bool = True) -> Concept:
    return Concept(
        name, chinese, YUAN, meaning, _SOURCE, ("procurement",) if by_kind else (), None, True, source_ids
    )


procurement_spending = _money(
    "procurement_spending",
    "政府采购支出",
    "Procurement of the year.",
    "proc.total",
    "proc.goods",
    "proc.works",
    "proc.services",
)
sme_contract_amount = _money(
    "sme_contract_amount",
    "授予中小企业合同金额",
    "Contracts awarded to small and medium firms, micro firms included.",
    "proc.sme",
)
small_micro_contract_amount = _money(
    "small_micro_contract_amount",
    "授予小微企业合同金额",
    "Contracts awarded to small and micro firms.",
    "proc.smicro",
)
reserved_sme_budget = _money(
    "reserved_sme_budget",
    "面向中小企业预留采购项目预算金额",
    "Budget reserved for small and medium firms.",
    "proc.reserved.sme",
    by_kind=False,
)
reserved_small_micro_budget = _money(
    "reserved_small_micro_budget",
    "面向小微企业预留采购项目预算金额",
    "Budget reserved for small and micro firms.",
    "proc.reserved.smicro",
    by_kind=False,
)
reserved_sme_won = _money(
    "reserved_sme_won",
    "预留项目由中小企业中标成交金额",
    "Reserved projects won by small and medium firms.",
    "proc.reserved.sme.won",
    by_kind=False,
)
reserved_small_micro_won = _money(
    "reserved_small_micro_won",
    "预留项目由小微企业中标成交金额",
    "Reserved projects won by small and micro firms.",
    "proc.reserved.smicro.won",
    by_kind=False,
)
other_sme_won = _money(
    "other_sme_won",
    "其他采购项目由中小企业中标成交金额",
    "Unreserved projects won by small and medium firms.",
    "proc.other.sme.won",
    by_kind=False,
)
