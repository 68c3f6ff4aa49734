"""Each function of the government-managed funds balances (政府性基金各功能科目收支平衡).

Law:
    部门决算公开样表，政府性基金预算财政拨款收入支出决算表，各行。

Example:
    A row that took in 30.00 and spent 20.00 carries 10.00 out.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("0.00"), printed("30.00"), printed("20.00"), printed("10.00"))
    True
    >>> relation.holds(printed("0.00"), printed("30.00"), printed("20.00"), printed("11.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="政府性基金各功能科目收支平衡",
    formula=(
        "opening_balance[fund=government_managed_funds,function=$code]"
        " + revenue[fund=government_managed_funds,function=$code]"
        " = expenditure[fund=government_managed_funds,function=$code]"
        " + closing_balance[fund=government_managed_funds,function=$code]"
    ),
    law=Article("部门决算公开样表", "政府性基金预算财政拨款收入支出决算表，各行"),
    remedy="核对该科目的年初结转、本年收支和年末结转。",
    severity="error",
    source_ids=("R-T08-01",),
    each="function",
)
