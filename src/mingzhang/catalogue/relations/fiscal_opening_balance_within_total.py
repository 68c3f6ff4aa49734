"""The fiscal opening balance is part of the whole (年初财政拨款结转结余不超过年初结转结余总额).

Law:
    部门决算公开样表，财政拨款收入支出决算总表与收入支出决算总表，年初结转和结余行。

Example:
    Of 8.00 carried over, 8.00 can be fiscal, 8.50 cannot.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("8.00"), printed("8.00"))
    True
    >>> relation.holds(printed("8.50"), printed("8.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="年初财政拨款结转结余不超过年初结转结余总额",
    formula="opening_balance[fund=fiscal] ≤ opening_balance",
    law=Article("部门决算公开样表", "财政拨款收入支出决算总表与收入支出决算总表，年初结转和结余行"),
    remedy="核对两张总表；非财政拨款结转结余为负数的，说明原因。",
    severity="warning",
    source_ids=("R-X-16",),
)
