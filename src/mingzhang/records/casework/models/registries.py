"""Registries (主体库): areas, organisations and people, with the days from and to which they exist."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.keys import new_key
from mingzhang.records.people.models import User


class Area(models.Model):
    """An area (区划): district, street, community or grid; its code begins with that of the area above it."""

    class Level(models.TextChoices):
        """Levels from above."""

        DISTRICT = "district", "区"
        STREET = "street", "街道（乡镇）"
        COMMUNITY = "community", "社区（村）"
        GRID = "grid", "网格"

    code = models.CharField(max_length=15, unique=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=9, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class AreaSuccession(models.Model):
    """Which area took the place of which on a day: two before one after is a merge, one before two a split."""

    before = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    after = models.ForeignKey(Area, models.PROTECT, related_name="precessions")
    on = models.DateField()

    class Meta:
        ordering = ["on", "before", "after"]
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="area_succession_once")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Organisation(models.Model):
    """An organisation (机构): `kind` as the lines call it (街道, 司法所, 律所, 调委会…), not a budget unit of the books."""

    key = models.CharField(max_length=36, unique=True, default=new_key)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    uscc = models.CharField(max_length=18, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="organisations")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "valid_from"], name="organisation_once"),
            models.UniqueConstraint(fields=["uscc"], condition=~models.Q(uscc=""), name="organisation_uscc"),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A person known to a line (人员): a stable key; name and numbers stand sealed in `Personal`.

    Two entries of one person are merged: the later keeps its key as an alias of the one it was `merged_into`.
    """

    key = models.CharField(max_length=36, unique=True, default=new_key)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="case_person")
    sex = models.CharField(max_length=1, blank=True)
    sealed = models.JSONField(default=dict)
    """Commitments of the sealed fields by name: what proves them on the trail."""
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="people")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="aliases")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.key
