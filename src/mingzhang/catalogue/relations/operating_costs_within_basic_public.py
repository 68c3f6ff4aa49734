"""The operating costs of organs are within the public costs of basic expenditure (机关运行经费不超过一般公共预算基本支出中的公用经费).

Law:
    地方预决算公开操作规程（财预〔2016〕143号），机关运行经费说明。

Example:
    886.76 of public costs cap the operating costs; a department of organs alone has both equal.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("886.76"), printed("886.76"))
    True
    >>> relation.holds(printed("887.76"), printed("886.76"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="机关运行经费不超过一般公共预算基本支出中的公用经费",
    formula="operating_costs ≤ expenditure[economic=public,fund=general_public_budget,nature=basic]",
    law=Article("地方预决算公开操作规程（财预〔2016〕143号）", "机关运行经费说明"),
    remedy="核对机关运行经费的单位范围（行政单位和参公事业单位）与公用经费。",
    severity="error",
    source_ids=("R-N-16",),
)
