"""Reserved projects won by small and micro firms are part of those won by small and medium firms (小微企业中标预留项目金额不超过中小企业中标预留项目金额).

Law:
    上海市2024年度部门决算公开模板，政府采购支出情况。

Example:
    Small and micro firms are among the small and medium ones.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("60.00"), printed("100.00"))
    True
    >>> relation.holds(printed("100.50"), printed("100.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="小微企业中标预留项目金额不超过中小企业中标预留项目金额",
    formula="reserved_small_micro_won ≤ reserved_sme_won",
    law=Article("上海市2024年度部门决算公开模板", "政府采购支出情况"),
    remedy="核对预留项目中标成交金额。",
    severity="warning",
    source_ids=("R-NI-31",),
)
