"""Contracts of small and micro firms are part of those of small and medium firms (授予小微企业合同金额不超过授予中小企业合同金额).

Law:
    地方预决算公开操作规程（财预〔2016〕143号），政府采购支出说明。

Example:
    Small and micro firms are among the small and medium ones.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("90.00"), printed("100.00"))
    True
    >>> relation.holds(printed("100.50"), printed("100.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="授予小微企业合同金额不超过授予中小企业合同金额",
    formula="small_micro_contract_amount ≤ sme_contract_amount",
    law=Article("地方预决算公开操作规程（财预〔2016〕143号）", "政府采购支出说明"),
    remedy="核对合同登记中的企业规模。",
    severity="error",
    source_ids=("R-NI-28",),
)
