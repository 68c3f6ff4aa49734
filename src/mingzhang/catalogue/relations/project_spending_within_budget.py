"""A project spends at most its adjusted budget of fiscal money (项目财政拨款执行数不超过全年预算数).

Law:
    中华人民共和国预算法，第十三条：支出必须以经批准的预算为依据。Cited from memory。

Example:
    A budget of 80.00 pays 80.00, not 81.00.

    >>> from mingzhang.numbers import printed
    >>> relation.holds(printed("80.00"), printed("80.00"))
    True
    >>> relation.holds(printed("81.00"), printed("80.00"))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="项目财政拨款执行数不超过全年预算数",
    formula=(
        "expenditure[fund=fiscal,project=$code] ≤ expenditure[fund=fiscal,project=$code]#adjusted_budget"
    ),
    law=Article("中华人民共和国预算法", "第十三条：支出必须以经批准的预算为依据", from_memory=True),
    remedy="核对项目凭证与预算调整（追加、上年结转）登记。",
    severity="warning",
    each="project",
)
