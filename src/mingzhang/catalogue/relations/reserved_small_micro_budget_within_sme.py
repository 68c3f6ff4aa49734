"""The budget reserved for small and micro firms is part of that for small and medium firms (面向小微企业预留金额不超过面向中小企业预留金额).

Law:
    上海市2024年度部门决算公开模板，政府采购支出情况。

Example:
    Small and micro firms are among the small and medium ones.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("60.00"), printed("100.00"))
    True
    >>> relation.holds(printed("100.50"), printed("100.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="面向小微企业预留金额不超过面向中小企业预留金额",
    formula="reserved_small_micro_budget ≤ reserved_sme_budget",
    law=Article("上海市2024年度部门决算公开模板", "政府采购支出情况"),
    remedy="核对预留采购项目预算金额。",
    severity="warning",
    source_ids=("R-NI-31",),
)
