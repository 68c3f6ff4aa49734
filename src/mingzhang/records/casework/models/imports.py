"""Imports of registers (台账导入): files, saved columns, rows that wait for correction."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models.records import Record
from mingzhang.records.people.models import User


class ImportMapping(models.Model):
    """Which column of a sender's file is which field, saved under a name."""

    line = models.CharField(max_length=30)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    mapping = models.JSONField(default=dict)

    class Meta:
        ordering = ["line", "kind", "name"]
        constraints = [models.UniqueConstraint(fields=["line", "kind", "name"], name="import_mapping_once")]

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One file taken in: how many rows were read, entered, left waiting. The same file twice is once."""

    line = models.CharField(max_length=30)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=120)
    sm3 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    all_or_nothing = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "import batches"
        indexes = [models.Index(fields=["line", "kind", "sm3"], name="import_file")]

    def __str__(self) -> str:
        return self.file_name


class Rejected(models.Model):
    """A row that waits for correction (待更正): its values, sealed, and what the sender must do about each problem."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "待更正"
        CORRECTED = "corrected", "已更正入库"
        DISCARDED = "discarded", "不再导入"

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rejected_rows")
    row = models.PositiveIntegerField()
    values = models.TextField()
    key_name = models.CharField(max_length=20, blank=True)
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["batch", "row"]
        verbose_name_plural = "rejected"
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="rejected_row")]
        indexes = [models.Index(fields=["state"], name="rejected_state")]

    def __str__(self) -> str:
        return f"{self.batch} {self.row}"
