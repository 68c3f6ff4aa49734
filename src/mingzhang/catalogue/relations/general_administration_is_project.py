"""All spending on general administration is project expenditure (“一般行政管理事务”科目都是项目支出).

Law:
    政府收支分类科目，支出功能分类科目说明，一般行政管理事务（未单独设置项级科目的项目支出）。

Example:
    Basic expenditure of 1.00 under this code belongs under 行政运行.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("50.00"), printed("50.00"))
    True
    >>> relation.holds(printed("49.00"), printed("50.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="“一般行政管理事务”科目都是项目支出",
    formula="expenditure[function=$code,nature=project] = expenditure[function=$code]",
    law=Article("政府收支分类科目", "支出功能分类科目说明，一般行政管理事务（未单独设置项级科目的项目支出）"),
    remedy="核对“一般行政管理事务”中列入基本支出的凭证，改列“行政运行”等项。",
    severity="notice",
    source_ids=("R-T03-05",),
    each="function",
    among=("一般行政管理事务",),
)
