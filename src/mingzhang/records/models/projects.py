"""Projects (项目) in two levels: a first-level project (一级项目) above its sub-projects (二级项目)."""

from django.db import models

from mingzhang.records.models.organisation import Entity


class Project(models.Model):
    """A project; lines of the ledger name its code."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="projects")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    effect = models.TextField(blank=True)
    secret = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
