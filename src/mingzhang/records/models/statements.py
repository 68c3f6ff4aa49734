"""Facts that enter without vouchers (填报数), and the batches and mappings of imports."""

from django.db import models

from mingzhang.records.models.organisation import Entity


class ImportBatch(models.Model):
    """One file taken in; the same file (by hash) taken in again changes nothing."""

    kind = models.CharField(max_length=30)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="import_batches")

    class Meta:
        ordering = ["imported_at", "id"]
        verbose_name_plural = "import batches"
        constraints = [models.UniqueConstraint(fields=["kind", "sha256", "entity"], name="import_batch_once")]

    def __str__(self) -> str:
        return f"{self.file_name}（{self.rows}行）"


class ColumnMapping(models.Model):
    """Which column of a file with these headers holds what, remembered from the last import."""

    kind = models.CharField(max_length=30)
    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "header_hash"], name="column_mapping_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.header_hash[:8]}"


class Statement(models.Model):
    """A figure somebody wrote down: a cell of a filled workbook or of last year's report.

    `coordinate` is the written form without or with entity and period; `value` is exact, in base units (元, 人 …).
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="statements")
    year = models.PositiveSmallIntegerField()
    coordinate = models.CharField(max_length=300)
    value = models.CharField(max_length=60)
    printed = models.CharField(max_length=60, blank=True)
    file = models.CharField(max_length=255, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    cell = models.CharField(max_length=20, blank=True)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, null=True, blank=True, related_name="statements")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["entity", "year"], name="statement_place")]

    def __str__(self) -> str:
        return f"{self.coordinate} = {self.printed or self.value}"
