"""No economic item of basic expenditure is negative (基本支出各经济科目不为负数).

Law:
    部门决算公开样表，一般公共预算财政拨款基本支出决算表，各行。

Example:
    Money spent may come back, but not more than was spent.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("8.00"))
    True
    >>> relation.holds(printed("-5.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="基本支出各经济科目不为负数",
    formula="0 ≤ expenditure[economic=$code,fund=general_public_budget,nature=basic]",
    law=Article("部门决算公开样表", "一般公共预算财政拨款基本支出决算表，各行"),
    remedy="核对该科目的冲销凭证；确为负数的，说明原因。",
    severity="warning",
    source_ids=("R-T06-05",),
    each="economic",
)
