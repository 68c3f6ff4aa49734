"""Findings that were accepted with their reason (接受的核对意见): silent until one of their figures changes."""

from __future__ import annotations

from django.db import models

from mingzhang.records.models.organisation import Entity
from mingzhang.records.people.models import User


class AcceptedFinding(models.Model):
    """A finding on a report of `department` for `report_year`, accepted by whoever may at `entity`.

    `figures` are pairs of a figure's name and its printed digits, `key` is the digest of all that the acceptance is
    bound to. Taking it back removes the row; the trail keeps both.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="accepted_findings")
    department = models.CharField(max_length=200, blank=True)
    report_year = models.PositiveSmallIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=80)
    figures = models.JSONField()
    message = models.TextField()
    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    accepted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        ordering = ["entity", "-id"]
        constraints = [models.UniqueConstraint(fields=["entity", "key"], name="finding_accepted_once")]

    def __str__(self) -> str:
        return self.message
