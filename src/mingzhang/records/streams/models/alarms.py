"""What an alarm rests on (告警证据)."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models import Record


class AlarmEvidence(models.Model):
    """Of an alarm the person, and the first and last moment (milliseconds) of the positions it rests on, which are not purged while the file is kept.

    `ended`: when the alarm was over; `withdrawn_at`: since when the positions known say that it never was.
    """

    alarm = models.OneToOneField(Record, models.PROTECT, related_name="evidence")
    episode = models.ForeignKey(Record, models.PROTECT, related_name="+")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    ended = models.BigIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "alarm evidence"
        indexes = [models.Index(fields=["episode", "first"], name="evidence_of_episode")]

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.first}—{self.last}"
