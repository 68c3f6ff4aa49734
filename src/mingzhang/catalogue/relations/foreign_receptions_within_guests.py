"""A reception of foreign guests has at least one guest (外事接待批次不超过外事接待人次).

Law:
    地方预决算公开操作规程（财预〔2016〕143号），“三公”经费说明，外事接待批次、人数。

Example:
    Five receptions of four guests cannot be.

    >>> from mingzhang.numbers import Interval
    >>> relation.holds(Interval.of(5), Interval.of(40))
    True
    >>> relation.holds(Interval.of(5), Interval.of(4))
    False
"""

from mingzhang.forms.relation import Article, Relation

relation = Relation(
    chinese="外事接待批次不超过外事接待人次",
    formula="foreign_reception_batches ≤ foreign_reception_guests",
    law=Article("地方预决算公开操作规程（财预〔2016〕143号）", "“三公”经费说明，外事接待批次、人数"),
    remedy="核对外事接待登记的人数。",
    severity="error",
    source_ids=("R-NI-22",),
)
