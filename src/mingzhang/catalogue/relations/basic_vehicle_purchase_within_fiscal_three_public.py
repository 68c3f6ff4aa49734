"""Vehicle purchase in basic expenditure is within the three public expenses of all appropriations (基本支出中的公务用车购置费不超过财政拨款“三公”经费中的公务用车购置费).

Law:
    政府收支分类科目，支出经济分类科目，31013。

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
    chinese="基本支出中的公务用车购置费不超过财政拨款“三公”经费中的公务用车购置费",
    formula=(
        "expenditure[economic=31013,fund=general_public_budget,nature=basic]"
        " ≤ official_vehicle_purchase[fund=fiscal]"
    ),
    law=Article("政府收支分类科目", "支出经济分类科目，31013"),
    remedy="核对基本支出决算表31013行与“三公”经费表的公务用车购置费。",
    severity="warning",
    source_ids=("R-X-21",),
)
