"""What desks hear at once (实时事件)."""

from __future__ import annotations

from django.db import models


class LiveEvent(models.Model):
    """Something changed that a desk shows: topic, kind, the record's key, and nothing of what it says: who hears it asks for the record, and so is asked."""

    at = models.DateTimeField()
    topic = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=36)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["at"], name="live_event_at")]

    def __str__(self) -> str:
        return f"{self.topic} {self.kind}"
