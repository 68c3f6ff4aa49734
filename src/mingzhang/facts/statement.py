"""A statement: one figure that a report prints, with its place, its words and the precision its digits claim."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents import Place
from mingzhang.facts.coordinate import Coordinate
from mingzhang.facts.fact import Fact
from mingzhang.numbers import Interval, Printed


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed figure of a report, read.

    `fact.interval` is what the printed digits alone allow (`95%` is 94.5–95.5 %); `strict` is the narrower reading
    that the report's own habits support (94.95–95.05 % where it writes one decimal and drops zeros), None where
    the digits show all decimals that the report writes. Of a decrease (减少16.57万元, 下降2%) the interval is
    negative while `fact.printed` keeps the digits. A figure whose subject nobody knows has a *local* coordinate:
    its concept is the Chinese name itself.
    """

    id: str
    fact: Fact
    label: str
    """The words that name the figure, as printed: 住房保障支出（类）."""
    places: tuple[Place, ...]
    source: str = "text"
    """`table` or `text`."""
    context: str = ""
    """The form's or section's name, for messages: 收入支出决算总表, 十、机关运行经费支出情况."""
    strict: Interval | None = None
    approximate: bool = False
    """Printed with 余, 约, 近, 多: compared with nothing."""

    @property
    def coordinate(self) -> Coordinate:
        """Where in the cube the figure stands."""
        return self.fact.coordinate

    @property
    def local(self) -> bool:
        """Whether only the report itself knows the subject: its concept is not one of the catalogue."""
        concept = self.coordinate.concept
        return not (concept.isascii() and concept.isidentifier())

    @property
    def printed(self) -> Printed:
        """The digits with their unit. Raises ValueError for a fact that was not read from print."""
        if self.fact.printed is None:
            raise ValueError(f"statement {self.id} has no printed digits")
        return self.fact.printed

    @property
    def shown(self) -> str:
        """The figure as a reader sees it: `7.2%`, `3369.44万元`."""
        return f"{self.printed.text}{self.printed.unit.chinese}"
