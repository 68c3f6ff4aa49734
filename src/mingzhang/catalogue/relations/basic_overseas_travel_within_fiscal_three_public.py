"""Overseas travel in basic expenditure is within the three public expenses of all appropriations (基本支出中的因公出国（境）费不超过财政拨款“三公”经费中的因公出国（境）费).

Law:
    政府收支分类科目，支出经济分类科目，30212。

Example:
    Basic expenditure is a part: 13.12 of 13.12 is possible, 13.22 is not.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("13.12"), printed("13.12"))
    True
    >>> relation.holds(printed("13.22"), printed("13.12"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="基本支出中的因公出国（境）费不超过财政拨款“三公”经费中的因公出国（境）费",
    formula=(
        "expenditure[economic=30212,fund=general_public_budget,nature=basic]"
        " ≤ overseas_travel_spending[fund=fiscal]"
    ),
    law=Article("政府收支分类科目", "支出经济分类科目，30212"),
    remedy="核对基本支出决算表30212行与“三公”经费表的因公出国（境）费。",
    severity="warning",
    source_ids=("R-X-20",),
)
