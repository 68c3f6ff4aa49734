"""Budget lines (预算指标): the approved budget and its adjustments, each with its document."""

from django.db import models

from mingzhang.records.models.organisation import Entity


class BudgetLine(models.Model):
    """One amount of a budget document. The adjusted budget (全年预算) is initial plus adjustments.

    `concept` is `expenditure` (also where blank), `revenue` or a concept of the three public expenses.
    """

    class Stage(models.TextChoices):
        """Approved at the start of the year, or changed in it."""

        INITIAL = "initial", "年初预算"
        ADJUSTMENT = "adjustment", "预算调整"

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="budget_lines", db_index=False)
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices)
    document_number = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    concept = models.CharField(max_length=40, blank=True)
    function = models.CharField(max_length=10, blank=True)
    economic = models.CharField(max_length=10, blank=True)
    nature = models.CharField(max_length=10, blank=True)
    fund = models.CharField(max_length=30, blank=True)
    project = models.CharField(max_length=60, blank=True)
    fen = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["entity", "year"], name="budget_line_place")]

    def __str__(self) -> str:
        return f"{self.entity} {self.year} {self.get_stage_display()} {self.concept or 'expenditure'} {self.fen / 100:.2f}"
