"""Self-evaluation covers at most the project expenditure (绩效自评涉及资金不超过项目支出).

Law:
    项目支出绩效评价管理办法（财预〔2020〕10号），单位自评的范围。Cited from memory。

Example:
    518.44 of project expenditure caps what was evaluated.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("518.44"), printed("518.44"))
    True
    >>> relation.holds(printed("519.44"), printed("518.44"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="绩效自评涉及资金不超过项目支出",
    formula="self_evaluated_amount ≤ expenditure[nature=project]",
    law=Article("项目支出绩效评价管理办法（财预〔2020〕10号）", "单位自评的范围", from_memory=True),
    remedy="核对自评项目清单和资金口径（执行数，不是预算数）。",
    severity="error",
    source_ids=("R-P-06",),
)
