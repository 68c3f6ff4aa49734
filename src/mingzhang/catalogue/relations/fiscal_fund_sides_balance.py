"""Each fiscal fund balances by itself (各项财政拨款资金各自收支平衡).

Law:
    部门决算公开样表，财政拨款收入支出决算总表，各资金栏的总计。

Example:
    12.00 carried in and 100.00 received are 105.00 spent and 7.00 carried out, not 8.00.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("12.00"), printed("100.00"), printed("105.00"), printed("7.00"))
    True
    >>> relation.holds(printed("12.00"), printed("100.00"), printed("105.00"), printed("8.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="各项财政拨款资金各自收支平衡",
    formula=(
        "opening_balance[fund=$code] + revenue[fund=$code] = expenditure[fund=$code]"
        " + closing_balance[fund=$code]"
    ),
    law=Article("部门决算公开样表", "财政拨款收入支出决算总表，各资金栏的总计"),
    remedy="核对该项资金的年初结转、本年收支和年末结转。",
    severity="error",
    source_ids=("R-T04-08",),
    each="fund",
    among=(
        "general_public_budget",
        "government_managed_funds",
        "state_capital_operations",
    ),
)
