"""The closing balance is not negative (年末结转和结余不为负数).

Law:
    部门决算公开样表，收入支出决算总表，年末结转和结余行。

Example:
    Money carried over may be nothing, but not less.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("8.00"))
    True
    >>> relation.holds(printed("-0.01"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="年末结转和结余不为负数",
    formula="0 ≤ closing_balance",
    law=Article("部门决算公开样表", "收入支出决算总表，年末结转和结余行"),
    remedy="核对年末结转和结余；确为负数的，说明原因。",
    severity="warning",
    source_ids=("R-T01-06",),
)
