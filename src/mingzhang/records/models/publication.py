"""Publications (公开): what was published when, frozen with its figures."""

from django.db import models

from mingzhang.records.models.organisation import Entity


class Publication(models.Model):
    """One published version. `figures` maps coordinates to what was printed and the exact value behind it."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="publications")
    year = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    published_on = models.DateField()
    document_sha256 = models.CharField(max_length=64)
    manifest = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["entity", "year", "version"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "version"], name="publication_version")
        ]

    def __str__(self) -> str:
        return f"{self.entity}{self.year}年度决算公开 第{self.version}版"
