"""Changes of what deadlines are computed by and of who may what (期限规则、工作日历、业务岗位的变更): proposed by one person, decided by another."""

from __future__ import annotations

from django.db import models

from mingzhang.records.people.models import User


class SettingChange(models.Model):
    """A new version of a deadline rule, the arrangement of a day, or a post given or ended.

    `subject` is the rule's id, the day or the login name, `content` what it becomes: for a rule amount, unit, roll, basis, sureness and the new version's `rule_id`;
    for a day kind and name; for a post what `appointing` states. `valid_from` is the first rule date that the new version is for.
    """

    class Kind(models.TextChoices):
        """What is changed."""

        RULE = "rule", "期限规则"
        DAY = "day", "工作日历"
        POST = "post", "业务岗位"

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", "待批准"
        APPROVED = "approved", "已生效"
        REFUSED = "refused", "未批准"

    kind = models.CharField(max_length=4, choices=Kind.choices)
    subject = models.CharField(max_length=20)
    content = models.JSONField()
    valid_from = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "state"], name="setting_change_state")]

    def __str__(self) -> str:
        return f"{self.subject} {self.get_state_display()}"
