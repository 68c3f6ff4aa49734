"""The fiscal income side equals the fiscal expenditure side (财政拨款收入总计等于支出总计).

Law:
    部门决算公开样表，财政拨款收入支出决算总表，总计行。

Example:
    Both sides of the fiscal summary end in one figure.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("2961.68"), printed("2961.68"))
    True
    >>> relation.holds(printed("2961.68"), printed("2961.78"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="财政拨款收入总计等于支出总计",
    formula="total_resources[fund=fiscal] = total_uses[fund=fiscal]",
    law=Article("部门决算公开样表", "财政拨款收入支出决算总表，总计行"),
    remedy="核对财政拨款收支和年初、年末财政拨款结转结余。",
    severity="error",
    source_ids=("R-T04-07",),
)
