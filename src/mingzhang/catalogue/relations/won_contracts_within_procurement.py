"""What small and medium firms won is within procurement (中小企业中标成交金额合计不超过政府采购支出).

Law:
    上海市2024年度部门决算公开模板，政府采购支出情况。

Example:
    60.00 of reserved and 40.00 of other projects need 100.00 of procurement.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("60.00"), printed("40.00"), printed("100.00"))
    True
    >>> relation.holds(printed("60.00"), printed("41.00"), printed("100.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="中小企业中标成交金额合计不超过政府采购支出",
    formula="reserved_sme_won + other_sme_won ≤ procurement_spending",
    law=Article("上海市2024年度部门决算公开模板", "政府采购支出情况"),
    remedy="核对预留项目、其他项目的中标成交金额与采购支出。",
    severity="error",
    source_ids=("R-NI-32",),
)
