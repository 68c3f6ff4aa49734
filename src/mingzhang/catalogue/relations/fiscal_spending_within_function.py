"""Fiscal spending on a function is part of all spending on it (各功能科目财政拨款支出不超过该科目支出合计).

Law:
    部门决算公开样表，财政拨款收入支出决算总表与收入支出决算总表，各支出行。

Example:
    Of 20.00 spent on public security, 20.00 can be fiscal money, 20.50 cannot.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("20.00"), printed("20.00"))
    True
    >>> relation.holds(printed("20.50"), printed("20.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="各功能科目财政拨款支出不超过该科目支出合计",
    formula="expenditure[fund=fiscal,function=$code] ≤ expenditure[function=$code]",
    law=Article("部门决算公开样表", "财政拨款收入支出决算总表与收入支出决算总表，各支出行"),
    remedy="核对两张总表同一科目的金额。",
    severity="error",
    source_ids=("R-X-13",),
    each="function",
)
