"""Basic expenditure holds no capital-construction classes (基本支出不含基本建设类、对企业补助类科目).

Law:
    政府收支分类科目，支出经济分类科目，309、311、313类（属项目支出）。

Example:
    Nothing of these classes may stand in the table of basic expenditure.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("0.00"))
    True
    >>> relation.holds(printed("0.01"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="基本支出不含基本建设类、对企业补助类科目",
    formula="expenditure[economic=capital_construction,fund=general_public_budget,nature=basic] = 0",
    law=Article("政府收支分类科目", "支出经济分类科目，309、311、313类（属项目支出）"),
    remedy="核对列入基本支出的309、311、313类凭证，改列项目支出。",
    severity="error",
    source_ids=("R-T06-04",),
)
