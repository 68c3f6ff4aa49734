"""Jobs (后台任务): long work with its progress, its owner and its result."""

from __future__ import annotations

from django.db import models

from mingzhang.records.models.organisation import Entity
from mingzhang.records.people.models import User


class Job(models.Model):
    """One piece of long work. The queue runs it; this row tells people how far it is and what came of it.

    A job whose worker died is taken up again: work must be such that doing it again changes nothing.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"
        CANCELLED = "cancelled", "已取消"

    ENDED = (State.DONE, State.FAILED, State.CANCELLED)

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="jobs")
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="jobs")
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_wanted = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problems = models.JSONField(default=list)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "kind"], name="job_state")]

    def __str__(self) -> str:
        return self.title
