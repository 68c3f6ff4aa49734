"""The three public expenses stay within their budget (“三公”经费决算数不超过年初预算数).

Law:
    党政机关厉行节约反对浪费条例，“三公”经费预算管理。Cited from memory。

Example:
    25.51 of 46.00 is within the budget, 46.51 is not.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("25.51"), printed("46.00"))
    True
    >>> relation.holds(printed("46.51"), printed("46.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="“三公”经费决算数不超过年初预算数",
    formula=(
        "three_public_spending[fund=general_public_budget]"
        " ≤ three_public_spending[fund=general_public_budget]#initial_budget"
    ),
    law=Article("党政机关厉行节约反对浪费条例", "“三公”经费预算管理", from_memory=True),
    remedy="核对预算数；确有超支的，说明原因和追加预算的依据。",
    severity="warning",
    source_ids=("R-B-04",),
)
