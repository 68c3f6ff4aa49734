"""General budget spending on a function is part of all spending on it (各功能科目一般公共预算支出不超过该科目支出合计).

Law:
    部门决算公开样表，一般公共预算财政拨款支出决算表与支出决算表，各行。

Example:
    Of 20.00 spent on a function, 20.00 can be general budget money, 20.50 cannot.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("20.00"), printed("20.00"))
    True
    >>> relation.holds(printed("20.50"), printed("20.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="各功能科目一般公共预算支出不超过该科目支出合计",
    formula="expenditure[fund=general_public_budget,function=$code] ≤ expenditure[function=$code]",
    law=Article("部门决算公开样表", "一般公共预算财政拨款支出决算表与支出决算表，各行"),
    remedy="核对两张支出表同一科目的金额。",
    severity="error",
    source_ids=("R-X-14",),
    each="function",
)
