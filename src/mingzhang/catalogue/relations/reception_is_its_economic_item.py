"""Reception is economic item 30217 (公务接待费等于经济分类30217).

Law:
    政府收支分类科目，支出经济分类科目，30217。

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
    chinese="公务接待费等于经济分类30217",
    formula=(
        "official_reception_spending[fund=general_public_budget]"
        " = expenditure[economic=30217,fund=general_public_budget]"
    ),
    law=Article("政府收支分类科目", "支出经济分类科目，30217"),
    remedy="核对公务接待费登记与经济分类30217的凭证。",
    severity="error",
)
