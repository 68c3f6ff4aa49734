"""Each function of the state capital operations balances (国有资本经营预算各功能科目收支平衡).

Law:
    部门决算公开样表，国有资本经营预算财政拨款支出决算表（六栏格式），各行。

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
    chinese="国有资本经营预算各功能科目收支平衡",
    formula=(
        "opening_balance[fund=state_capital_operations,function=$code]"
        " + revenue[fund=state_capital_operations,function=$code]"
        " = expenditure[fund=state_capital_operations,function=$code]"
        " + closing_balance[fund=state_capital_operations,function=$code]"
    ),
    law=Article("部门决算公开样表", "国有资本经营预算财政拨款支出决算表（六栏格式），各行"),
    remedy="核对该科目的年初结转、本年收支和年末结转。",
    severity="error",
    source_ids=("R-T09-02",),
    each="function",
)
