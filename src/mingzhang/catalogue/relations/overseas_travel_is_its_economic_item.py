"""Overseas travel is economic item 30212 (因公出国（境）费等于经济分类30212).

Law:
    政府收支分类科目，支出经济分类科目，30212。

Example:
    13.12 in the table of the three public expenses is 13.12 on the books.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("13.12"), printed("13.12"))
    True
    >>> relation.holds(printed("13.12"), printed("13.02"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="因公出国（境）费等于经济分类30212",
    formula=(
        "overseas_travel_spending[fund=general_public_budget]"
        " = expenditure[economic=30212,fund=general_public_budget]"
    ),
    law=Article("政府收支分类科目", "支出经济分类科目，30212"),
    remedy="核对因公出国（境）费登记与经济分类30212的凭证。",
    severity="error",
)
