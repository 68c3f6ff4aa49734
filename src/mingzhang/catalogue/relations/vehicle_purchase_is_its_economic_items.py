"""Vehicle purchase is economic item 31013 and item 30913 (公务用车购置费等于经济分类31013与30913之和).

Law:
    政府收支分类科目，支出经济分类科目，31013、30913。

Example:
    12.39 bought from basic and 5.00 from capital construction money are 17.39.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("17.39"), printed("12.39"), printed("5.00"))
    True
    >>> relation.holds(printed("17.39"), printed("12.39"), printed("6.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="公务用车购置费等于经济分类31013与30913之和",
    formula=(
        "official_vehicle_purchase[fund=general_public_budget]"
        " = expenditure[economic=31013,fund=general_public_budget]"
        " + expenditure[economic=30913,fund=general_public_budget]"
    ),
    law=Article("政府收支分类科目", "支出经济分类科目，31013、30913"),
    remedy="核对公务用车购置费登记与经济分类31013、30913的凭证。",
    severity="error",
)
