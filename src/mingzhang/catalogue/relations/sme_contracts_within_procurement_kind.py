"""In each kind, contracts of small and medium firms are part of procurement (各类采购授予中小企业合同金额不超过该类采购支出).

Law:
    地方预决算公开操作规程（财预〔2016〕143号），政府采购支出说明。

Example:
    Of 30.00 spent on services, 30.00 can go to small firms, 30.50 cannot.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("30.00"), printed("30.00"))
    True
    >>> relation.holds(printed("30.50"), printed("30.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="各类采购授予中小企业合同金额不超过该类采购支出",
    formula="sme_contract_amount[procurement=$code] ≤ procurement_spending[procurement=$code]",
    law=Article("地方预决算公开操作规程（财预〔2016〕143号）", "政府采购支出说明"),
    remedy="核对该类采购的合同登记。",
    severity="error",
    source_ids=("R-NI-29",),
    each="procurement",
)
