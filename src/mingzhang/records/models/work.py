"""Parts of the year's work report (重点工作), each written by a section, edited by the office, approved by a leader."""

from __future__ import annotations

from django.db import models

from mingzhang.records.models.organisation import Entity
from mingzhang.records.people.models import User


class WorkPart(models.Model):
    """One part: its heading, its section, its text with slots for figures.

    `figures` maps each slot to what it printed when the part was approved: a part whose slots print something else
    now is stale. `version` counts changes.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WRITING = "writing", "撰写中"
        SUBMITTED = "submitted", "待编辑"
        EDITED = "edited", "待审定"
        APPROVED = "approved", "已审定"
        RETURNED = "returned", "已退回"

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="work_parts")
    year = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    section = models.CharField(max_length=60)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITING)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    editor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approver = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    figures = models.JSONField(default=dict)
    remark = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["entity", "year", "order", "id"]

    def __str__(self) -> str:
        return self.heading
