"""The three public expenses are part of general budget spending (“三公”经费不超过一般公共预算支出).

Law:
    部门决算公开样表，“三公”经费支出决算表与一般公共预算财政拨款支出决算表，合计。

Example:
    Of 20.00 spent, 20.00 can be for the three, 20.50 cannot.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("20.00"), printed("20.00"))
    True
    >>> relation.holds(printed("20.50"), printed("20.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="“三公”经费不超过一般公共预算支出",
    formula=("three_public_spending[fund=general_public_budget] ≤ expenditure[fund=general_public_budget]"),
    law=Article("部门决算公开样表", "“三公”经费支出决算表与一般公共预算财政拨款支出决算表，合计"),
    remedy="核对“三公”经费表与支出决算表的合计。",
    severity="error",
    source_ids=("R-X-22",),
)
