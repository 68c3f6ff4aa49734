"""The non-fiscal surplus used is not negative (使用非财政拨款结余不为负数).

Law:
    部门决算公开样表，收入支出决算总表，使用非财政拨款结余行。

Example:
    Surplus is used or not used; it is never used backwards.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("5.00"))
    True
    >>> relation.holds(printed("-5.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="使用非财政拨款结余不为负数",
    formula="0 ≤ use_of_nonfiscal_surplus",
    law=Article("部门决算公开样表", "收入支出决算总表，使用非财政拨款结余行"),
    remedy="核对使用非财政拨款结余的登记方向。",
    severity="warning",
    source_ids=("R-T01-06",),
)
