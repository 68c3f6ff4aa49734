"""Vehicle running is economic item 30231 (公务用车运行费等于经济分类30231).

Law:
    政府收支分类科目，支出经济分类科目，30231。

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
    chinese="公务用车运行费等于经济分类30231",
    formula=(
        "official_vehicle_running[fund=general_public_budget]"
        " = expenditure[economic=30231,fund=general_public_budget]"
    ),
    law=Article("政府收支分类科目", "支出经济分类科目，30231"),
    remedy="核对公务用车运行费登记与经济分类30231的凭证。",
    severity="error",
)
