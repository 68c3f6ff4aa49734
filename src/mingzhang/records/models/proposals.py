"""Proposals (待审事项): what one person prepares, a second reviews, and a third approves (经办 → 复核 → 审批)."""

from __future__ import annotations

from django.db import models

from mingzhang.records.models.organisation import Entity
from mingzhang.records.people.models import User


class Proposal(models.Model):
    """Something to be done to the books that waits for others. It is done when it is approved, in one transaction.

    What takes long is approved first and then done by a job; until that has succeeded it stays approved.

    `kind` names a kind of `records.proposals`, `payload` is what that kind needs, `result` what came of it. `key` is
    the command's own: the same command sent twice is one proposal. `version` counts changes: who saves over an older
    version is told.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待复核"
        REVIEWED = "reviewed", "待审批"
        APPROVED = "approved", "已审批"
        DONE = "done", "已完成"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"

    OPEN = (State.DRAFT, State.SUBMITTED, State.REVIEWED, State.APPROVED, State.RETURNED)

    kind = models.CharField(max_length=20)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="proposals")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    amount_fen = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    payload = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    key = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="prepared")
    prepared_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="reviewed")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="approved")
    approved_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["entity", "state", "year"], name="proposal_waiting")]

    def __str__(self) -> str:
        return self.title
