"""A group sent abroad has at least one person (因公出国（境）团组数不超过人次数).

Law:
    地方预决算公开操作规程（财预〔2016〕143号），“三公”经费说明，因公出国（境）团组数、人数。

Example:
    Two groups of one person in all cannot be.

    >>> from mingzhang.numbers import Interval
    >>> relation.holds(Interval.of(2), Interval.of(6))
    True
    >>> relation.holds(Interval.of(2), Interval.of(1))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="因公出国（境）团组数不超过人次数",
    formula="overseas_travel_groups ≤ overseas_travel_persons",
    law=Article("地方预决算公开操作规程（财预〔2016〕143号）", "“三公”经费说明，因公出国（境）团组数、人数"),
    remedy="核对出国（境）登记的人数。",
    severity="error",
    source_ids=("R-NI-25",),
)
