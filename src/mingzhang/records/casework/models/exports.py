"""Exports of sensitive fields (敏感信息导出): asked for by one person, approved by another, taken once."""

from __future__ import annotations

from django.db import models

from mingzhang.records.people.models import User


class SensitiveExport(models.Model):
    """A request to take personal fields of some records out in clear.

    `records` are the keys of the records when it was asked, so that nothing joins them after the approval; `conditions` says
    in words how they were chosen; `fields` are paths (`applicants.id_no`).
    """

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        TAKEN = "taken", "已导出"

    line = models.CharField(max_length=30)
    kind = models.CharField(max_length=40)
    conditions = models.CharField(max_length=300)
    records = models.JSONField()
    fields = models.JSONField()
    purpose = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["line", "state"], name="sensitive_export_state")]

    def __str__(self) -> str:
        return f"{self.line}.{self.kind} {self.get_state_display()}"
