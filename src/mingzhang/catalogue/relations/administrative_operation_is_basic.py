"""All spending on administrative operation is basic expenditure (“行政运行”科目都是基本支出).

Law:
    政府收支分类科目，支出功能分类科目说明，行政运行（反映基本支出）。

Example:
    Project expenditure of 1.00 under this code belongs under another.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("50.00"), printed("50.00"))
    True
    >>> relation.holds(printed("49.00"), printed("50.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="“行政运行”科目都是基本支出",
    formula="expenditure[function=$code,nature=basic] = expenditure[function=$code]",
    law=Article("政府收支分类科目", "支出功能分类科目说明，行政运行（反映基本支出）"),
    remedy="核对“行政运行”中列入项目支出的凭证，改列相应的项。",
    severity="notice",
    source_ids=("R-T03-04",),
    each="function",
    among=("行政运行",),
)
