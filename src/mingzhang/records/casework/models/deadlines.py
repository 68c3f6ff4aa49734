"""Deadlines (期限) and holds (中止) of a record."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models.records import Record


class Deadline(models.Model):
    """A deadline of a record by one rule of the table of rules.

    `base_due_on` is unrolled, `due_on` rolled to a working day; `started_at`, `due_at` and `done_at` are the moments where the rule
    counts hours, `done_at` null where only the day is known. `pauses` are [from, to or null] in ISO: days, or moments where the rule
    counts hours. Whether it is overdue follows from when one asks, so it is not kept.
    """

    class Standing(models.TextChoices):
        """Where it stands."""

        RUNNING = "RUNNING", "进行中"
        PAUSED = "PAUSED", "已暂停"
        DONE_ON_TIME = "DONE_ON_TIME", "按期完成"
        DONE_LATE = "DONE_LATE", "逾期完成"
        VOID = "VOID", "不再适用"

    OPEN = (Standing.RUNNING, Standing.PAUSED)

    record = models.ForeignKey(Record, models.PROTECT, related_name="deadlines")
    key = models.CharField(max_length=36, unique=True, default=new_key)
    rule_id = models.CharField(max_length=12)
    family = models.CharField(max_length=12)
    party = models.CharField(max_length=80, blank=True)
    """Whose service started it, where a document's service did."""
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    base_due_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    pauses = models.JSONField(default=list)
    extension = models.PositiveSmallIntegerField(default=0)
    extended_on = models.DateField(null=True, blank=True)
    extended_by = models.CharField(max_length=60, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.RUNNING)
    provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["standing", "due_on"], name="deadline_due"),
            models.Index(fields=["family", "standing"], name="deadline_family"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.rule_id} {self.due_on}"


class Hold(models.Model):
    """A time in which a record stands still: why, since when, until when it is thought to, when it ended."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="holds")
    key = models.CharField(max_length=36, unique=True, default=new_key)
    reason = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"{self.record} {self.reason} {self.from_on}"
