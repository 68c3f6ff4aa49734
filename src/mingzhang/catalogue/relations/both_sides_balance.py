"""The income side equals the expenditure side (收入总计等于支出总计).

Law:
    部门决算公开样表，收入支出决算总表，总计行。

Example:
    A table that prints 3,369.44 on one side and 3,369.34 on the other cannot be right.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("3369.44"), printed("3369.44"))
    True
    >>> relation.holds(printed("3369.44"), printed("3369.34"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="收入总计等于支出总计",
    formula="total_resources = total_uses",
    law=Article("部门决算公开样表", "收入支出决算总表，总计行"),
    remedy="核对本年收支、年初和年末结转结余。",
    severity="error",
    source_ids=("R-T01-05",),
)
