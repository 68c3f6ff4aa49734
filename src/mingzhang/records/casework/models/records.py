"""Records (业务记录): every matter, activity, registry entry and target of every line."""

from __future__ import annotations

from typing import Any

from django.db import models

from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models.registries import Area, Organisation
from mingzhang.records.people.models import User


class Record(models.Model):
    """A record of a line. It is what its events say: only an action changes it, and each change adds one event.

    `content` holds the line's own fields of class P0, rows below as lists; others stand sealed in `Personal`. `version`
    is the number of its events, `head` the digest of the last. `words` is what the search looks through.
    """

    key = models.CharField(max_length=36, unique=True, default=new_key)
    line = models.CharField(max_length=30)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="records")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="records"
    )
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="case_records")
    state = models.CharField(max_length=40, blank=True)
    table_version = models.PositiveSmallIntegerField(default=1)
    accepted_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    secrecy = models.CharField(max_length=12, default="INTERNAL")
    rule_date = models.DateField()
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    source_system = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    fingerprint = models.CharField(max_length=64, blank=True)
    """Keyed digest of the fields that mark a second entry as a duplicate."""
    fingerprint_key = models.CharField(max_length=20, blank=True)
    """The key of that digest; blank for the first one."""
    content = models.JSONField(default=dict)
    draft = models.JSONField(default=dict)
    """A step of two persons that was drafted and waits: action, payload, who, when."""
    words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    anchored = models.PositiveIntegerField(default=0)
    """The version whose head was last put on the trail."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kind", "number_year", "number"],
                condition=~models.Q(number=""),
                name="record_number",
            ),
            models.UniqueConstraint(
                fields=["line", "kind", "source_system", "source_ref"],
                condition=~models.Q(source_ref=""),
                name="record_source",
            ),
        ]
        indexes = [
            models.Index(fields=["line", "kind", "state"], name="record_state"),
            models.Index(fields=["line", "kind", "occurred_on"], name="record_occurred"),
            models.Index(fields=["line", "kind", "received_at"], name="record_received"),
            models.Index(fields=["line", "kind", "closed_on"], name="record_closed"),
            models.Index(fields=["line", "kind", "accepted_on"], name="record_accepted"),
            models.Index(fields=["owner", "state"], name="record_owner"),
            models.Index(
                fields=["occurred_on", "id", "line", "secrecy", "area", "organisation"], name="record_days"
            ),
            models.Index(fields=["area", "line"], name="record_area"),
            models.Index(fields=["organisation", "line"], name="record_organisation"),
            models.Index(fields=["line", "kind", "fingerprint"], name="record_fingerprint"),
        ]

    def __str__(self) -> str:
        return self.number or self.title or self.key

    def value(self, name: str) -> Any:
        """A field of the line by its name; None where it is blank or sealed."""
        return self.content.get(name)
