"""Reserved projects are won within the reserved budget (预留项目中标成交金额不超过预留项目预算金额).

Law:
    上海市2024年度部门决算公开模板，政府采购支出情况。

Example:
    A project reserved with 100.00 is not won at 100.50.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("95.00"), printed("100.00"))
    True
    >>> relation.holds(printed("100.50"), printed("100.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="预留项目中标成交金额不超过预留项目预算金额",
    formula="reserved_sme_won ≤ reserved_sme_budget",
    law=Article("上海市2024年度部门决算公开模板", "政府采购支出情况"),
    remedy="核对预留项目的预算与中标成交金额。",
    severity="warning",
    source_ids=("R-NI-33",),
)
