"""Budget documents (预算文件): the lines that came with one document, summed up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from mingzhang.records.models import BudgetLine, Entity


@dataclass(slots=True)
class BudgetDocument:
    """One document of one unit: its stage, number and day, its lines, the expenditure and the revenue they add up to."""

    entity: Entity
    stage: str
    number: str
    approved_on: date | None
    lines: list[BudgetLine] = field(default_factory=list)
    expenditure: int = 0
    revenue: int = 0

    @property
    def chinese(self) -> str:
        """Its stage in words."""
        return BudgetLine.Stage(self.stage).label


def budget_documents(units: Iterable[Entity], year: int) -> list[BudgetDocument]:
    """The documents of a year by day; what has no day comes first, as initial budgets do."""
    found: dict[tuple[int, str, str, date | None], BudgetDocument] = {}
    lines = BudgetLine.objects.filter(entity__in=list(units), year=year).select_related("entity")
    for line in lines.order_by("entity__order", "id"):
        key = (line.entity_id, line.stage, line.document_number, line.approved_on)
        document = found.setdefault(
            key, BudgetDocument(line.entity, line.stage, line.document_number, line.approved_on)
        )
        document.lines.append(line)
        if line.concept in ("", "expenditure"):
            document.expenditure += line.fen
        elif line.concept == "revenue":
            document.revenue += line.fen
    return sorted(
        found.values(), key=lambda each: (each.approved_on or date.min, each.stage != "initial", each.number)
    )
