"""Jobs (后台任务): long work with its progress, its owner and its result."""

from __future__ import annotations

from functools import cached_property

from django.db import models

from mingzhang.records.models.organisation import Entity
from mingzhang.records.people.models import User


class Job(models.Model):
    """One piece of long work: who asked for what, where it stands, what came of it. How far it is, `progress` tells.

    A job whose worker died is taken up again: work must be such that doing it again changes nothing. `attempts` counts
    the takings, and whoever holds an older number has lost the job.
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
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problems = models.JSONField(default=list)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "kind"], name="job_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in self.ENDED

    @cached_property
    def progress(self) -> JobProgress:
        """How far it is, read once."""
        return JobProgress.objects.filter(key=self.key).first() or JobProgress(key=self.key)


class JobProgress(models.Model):
    """How far a job is (进度), and whether it shall stop: small and often written, so it stands beside the queue, not in the books.

    `beats` goes up while a worker holds the job under the number `attempt`: the sign of life.
    """

    key = models.CharField(max_length=64, primary_key=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    beats = models.PositiveBigIntegerField(default=0)
    stage = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel_wanted = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "jobs"

    def __str__(self) -> str:
        return f"{self.stage} {self.done}/{self.total}"
