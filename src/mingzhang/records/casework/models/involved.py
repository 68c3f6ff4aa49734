"""Who a record names (涉及人员): what "own records only" means."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models.records import Record
from mingzhang.records.people.models import User


class Involved(models.Model):
    """A user whom a record names: who opened it, handles it, or is one of its persons. Events state it, so it cannot be granted behind them."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="involved")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    how = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "involved"
        constraints = [models.UniqueConstraint(fields=["record", "user"], name="involved_once")]
        indexes = [models.Index(fields=["user", "record"], name="involved_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.record}"
