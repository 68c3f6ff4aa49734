"""Basic expenditure is personnel and public costs together (基本支出等于人员经费与公用经费之和).

Law:
    部门决算公开样表，一般公共预算财政拨款基本支出决算表，合计行。

Example:
    1,964.24 of personnel and 886.76 of public costs are 2,851.00 of basic expenditure.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("2851"), printed("1964.24"), printed("886.76"))
    True
    >>> relation.holds(printed("2851"), printed("1964.24"), printed("896.76"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="基本支出等于人员经费与公用经费之和",
    formula=(
        "expenditure[fund=general_public_budget,nature=basic]"
        " = expenditure[economic=personnel,fund=general_public_budget,nature=basic]"
        " + expenditure[economic=public,fund=general_public_budget,nature=basic]"
    ),
    law=Article("部门决算公开样表", "一般公共预算财政拨款基本支出决算表，合计行"),
    remedy="核对人员经费与公用经费的经济分类。",
    severity="error",
    source_ids=("R-X-10",),
)
