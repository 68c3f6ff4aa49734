"""Contracts of small and medium firms are part of procurement (授予中小企业合同金额不超过政府采购支出总额).

Law:
    地方预决算公开操作规程（财预〔2016〕143号），政府采购支出说明。

Example:
    A share above 100 % shows that amounts of two kinds were compared.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("118.47"), printed("118.47"))
    True
    >>> relation.holds(printed("119.47"), printed("118.47"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="授予中小企业合同金额不超过政府采购支出总额",
    formula="sme_contract_amount ≤ procurement_spending",
    law=Article("地方预决算公开操作规程（财预〔2016〕143号）", "政府采购支出说明"),
    remedy="核对合同登记；合同跨年支付的，按公开口径取本年支出。",
    severity="error",
    source_ids=("R-NI-27",),
)
