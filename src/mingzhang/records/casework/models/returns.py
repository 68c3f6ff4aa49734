"""Monthly returns of units (月报)."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models.registries import Organisation
from mingzhang.records.people.models import User


class Return(models.Model):
    """What an organisation reports by a form for a month (its first day); its files prove it, another person reviews it."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "填写中"
        SUBMITTED = "submitted", "已报送"
        SENT_BACK = "sent_back", "退回修改"
        REVIEWED = "reviewed", "已审核"

    line = models.CharField(max_length=30)
    form = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="returns")
    month = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    reporter = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-month", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["line", "form", "organisation", "month"], name="return_once")
        ]
        indexes = [models.Index(fields=["line", "month", "state"], name="return_month")]

    def __str__(self) -> str:
        return f"{self.organisation}{self.month:%Y-%m}"


class ReturnItem(models.Model):
    """One number of a return; blank is not the same as nought."""

    report = models.ForeignKey(Return, models.CASCADE, related_name="items")
    name = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["report", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="return_item_once")]
        indexes = [models.Index(fields=["name"], name="return_item_name")]

    def __str__(self) -> str:
        return f"{self.report} {self.name} {self.value}"
