"""Reception in basic expenditure is within the three public expenses of all appropriations (基本支出中的公务接待费不超过财政拨款“三公”经费中的公务接待费).

Law:
    政府收支分类科目，支出经济分类科目，30217。

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
    chinese="基本支出中的公务接待费不超过财政拨款“三公”经费中的公务接待费",
    formula=(
        "expenditure[economic=30217,fund=general_public_budget,nature=basic]"
        " ≤ official_reception_spending[fund=fiscal]"
    ),
    law=Article("政府收支分类科目", "支出经济分类科目，30217"),
    remedy="核对基本支出决算表30217行与“三公”经费表的公务接待费。",
    severity="warning",
    source_ids=("R-X-19",),
)
