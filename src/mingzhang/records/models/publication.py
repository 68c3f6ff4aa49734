"""Publications (公开): what was published when, frozen with its figures."""

from django.db import models

from mingzhang.records.models.organisation import Entity
from mingzhang.records.people.models import User


class Publication(models.Model):
    """One published version. `figures` maps coordinates to what was printed and the exact value behind it.

    `folder` is where its files stand under the data folder, blank where they were written elsewhere; `sm3` freezes
    them: it is the SM3 of the manifest.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="publications")
    year = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    published_on = models.DateField()
    document_sha256 = models.CharField(max_length=64)
    manifest = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    folder = models.CharField(max_length=200, blank=True)
    sm3 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["entity", "year", "version"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "version"], name="publication_version")
        ]

    def __str__(self) -> str:
        return f"{self.entity}{self.year}年度决算公开 第{self.version}版"


class Disclosure(models.Model):
    """What a publication stands on: the finance bureau's approval (批复), the confidentiality review (保密审查), the day.

    A department publishes within twenty days of the approval (预算法 第十四条).
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="disclosures")
    year = models.PositiveSmallIntegerField()
    approval_number = models.CharField(max_length=80, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_revenue_fen = models.BigIntegerField(null=True, blank=True)
    approved_expenditure_fen = models.BigIntegerField(null=True, blank=True)
    approval_explanation = models.CharField(max_length=300, blank=True)
    approval_entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confidentiality_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confidentiality_at = models.DateTimeField(null=True, blank=True)
    confidentiality_result = models.CharField(max_length=300, blank=True)
    confidentiality_content = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "year"], name="disclosure_once")]

    def __str__(self) -> str:
        return f"{self.entity}{self.year}年度决算公开事项"
