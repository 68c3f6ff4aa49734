"""What judging remembers: of each person the state of the evaluator, and the number of the fences' last change."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models import Record


class FenceState(models.Model):
    """A person's state of the evaluator (`fences.as_plain`); locked while positions of that person are taken.

    `last_at`: when the device last spoke (milliseconds), `silent`: whether its silence is an alarm already; so that those to be watched are found.
    """

    episode = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="+")
    state = models.JSONField()
    last_at = models.BigIntegerField()
    silent = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["episode"]
        indexes = [models.Index(fields=["silent", "last_at"], name="fence_state_silence")]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.last_at}"


class PlanVersion(models.Model):
    """One row: how often fences, leaves and episodes have changed. A process whose plan is of another number makes it anew."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
