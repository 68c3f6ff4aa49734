"""Figures (指标数): which grain counts, what was published, which small cells were released."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models.registries import Area, Organisation
from mingzhang.records.people.models import User


class Grain(models.Model):
    """Which grain counts for a register, an organisation and a month (its first day): exactly one, so nothing counts twice."""

    class Kind(models.TextChoices):
        """The three grains (三种粒度)."""

        RECORDS = "records", "逐条登记"
        PLATFORM = "platform", "外部平台"
        RETURN = "return", "单位月报"

    line = models.CharField(max_length=30)
    register = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="grains")
    month = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["register", "month", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["line", "register", "organisation", "month"], name="grain_once")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.organisation} {self.month:%Y-%m} {self.get_kind_display()}"


class Frozen(models.Model):
    """A published figure as it was: value, numerator, denominator, and the keys of the records it counted.

    `definition` is the definition card it was computed by. Later changes are told beside it and never change it.
    """

    line = models.CharField(max_length=30)
    metric = models.CharField(max_length=20)
    definition_version = models.PositiveSmallIntegerField()
    definition = models.JSONField(default=dict)
    from_on = models.DateField()
    to_on = models.DateField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    grain = models.CharField(max_length=20)
    keys = models.JSONField(default=list)
    base_keys = models.JSONField(default=list)
    keys_digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "frozen"
        indexes = [models.Index(fields=["metric", "from_on", "to_on"], name="frozen_metric")]

    def __str__(self) -> str:
        return f"{self.metric} {self.from_on}—{self.to_on}"


class Release(models.Model):
    """A small cell that may be told in a public text (小数值公开): by the head's decision, with the reason."""

    line = models.CharField(max_length=30)
    metric = models.CharField(max_length=20)
    from_on = models.DateField()
    to_on = models.DateField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField(max_digits=24, decimal_places=6)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["metric", "from_on", "to_on"], name="release_metric")]

    def __str__(self) -> str:
        return f"{self.metric} {self.value}"
