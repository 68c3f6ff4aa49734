"""General budget basic expenditure is part of all basic expenditure (各功能科目一般公共预算基本支出不超过该科目基本支出).

Law:
    部门决算公开样表，一般公共预算财政拨款支出决算表与支出决算表，基本支出栏。

Example:
    Of 20.00 of basic expenditure, 20.00 can be general budget money, 20.50 cannot.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("20.00"), printed("20.00"))
    True
    >>> relation.holds(printed("20.50"), printed("20.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="各功能科目一般公共预算基本支出不超过该科目基本支出",
    formula=(
        "expenditure[fund=general_public_budget,function=$code,nature=basic]"
        " ≤ expenditure[function=$code,nature=basic]"
    ),
    law=Article("部门决算公开样表", "一般公共预算财政拨款支出决算表与支出决算表，基本支出栏"),
    remedy="核对两张支出表同一科目的基本支出。",
    severity="error",
    source_ids=("R-X-14",),
    each="function",
)
