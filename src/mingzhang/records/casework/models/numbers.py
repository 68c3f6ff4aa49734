"""Running numbers (编号): the last number given by a pattern in a year, locked while the next is taken."""

from __future__ import annotations

from django.db import models


class Numbering(models.Model):
    """A run of numbers: `name` is the kind or document template, as `line.kind`. No figure is ever read from it."""

    name = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "year"]
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="numbering_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.year} {self.last}"
