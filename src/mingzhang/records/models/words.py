"""What people write (文字): reasons for changes, kept with the figure's cell, and texts by name."""

from django.db import models

from mingzhang.records.models.organisation import Entity


class Reason(models.Model):
    """Why a figure changed (增减原因), kept with the cell it explains."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="reasons")
    year = models.PositiveSmallIntegerField()
    cell = models.CharField(max_length=200)
    text = models.TextField()
    author = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "year", "cell"], name="reason_once")]

    def __str__(self) -> str:
        return f"{self.cell}：{self.text}"


class Text(models.Model):
    """A text of the report by name: functions of the department (主要职能), key work, performance …."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="texts")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "year", "name"], name="text_once")]

    def __str__(self) -> str:
        return self.name
