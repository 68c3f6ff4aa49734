"""Events (事件): everything that ever happened to a record, in a chain of its own."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models.records import Record
from mingzhang.records.people.models import User


class Event(models.Model):
    """One change of one record, never changed or deleted; a correction is a new event that names the one it corrects.

    `payload` states what changed: `record` (common fields), `content` (the line's own), `rows` (deadlines, holds,
    documents, services, files, sealed fields, by table and key), as they are afterwards. `digest` is the SM3 of the
    event's content and of the digest before it; before the first stands the SM3 of the record's key.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    actor_name = models.CharField(max_length=60)
    role = models.CharField(max_length=8, blank=True)
    on_behalf_of = models.CharField(max_length=60, blank=True)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    corrects = models.PositiveIntegerField(null=True, blank=True)
    """The number of the event that this one corrects."""
    command_key = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="event_number"),
            models.UniqueConstraint(
                fields=["command_key"], condition=~models.Q(command_key=""), name="event_command"
            ),
        ]
        indexes = [models.Index(fields=["recorded_at"], name="event_recorded")]

    def __str__(self) -> str:
        return f"{self.record} {self.number} {self.action}"
