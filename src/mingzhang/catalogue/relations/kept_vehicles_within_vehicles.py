"""Official vehicles kept are among the vehicles on the books (公务用车保有量不超过车辆总数).

Law:
    地方预决算公开操作规程（财预〔2016〕143号），“三公”经费和国有资产占用情况说明。

Example:
    Nine vehicles on the books are at most nine official vehicles kept.

    >>> from mingzhang.numbers import Interval
    >>> relation.holds(Interval.of(9), Interval.of(9))
    True
    >>> relation.holds(Interval.of(10), Interval.of(9))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="公务用车保有量不超过车辆总数",
    formula="official_vehicles_kept ≤ vehicles",
    law=Article("地方预决算公开操作规程（财预〔2016〕143号）", "“三公”经费和国有资产占用情况说明"),
    remedy="核对车辆登记中的财政拨款开支标记。",
    severity="warning",
    source_ids=("R-NI-21",),
)
