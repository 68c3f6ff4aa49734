"""The official calendar (工作日历): days that differ from the ordinary week."""

from __future__ import annotations

from django.db import models


class CalendarDay(models.Model):
    """A day of the official calendar, with the notice that set it. A year is known when the table has a day of it."""

    class Kind(models.TextChoices):
        """What kind of day."""

        WORK = "WORK", "工作日"
        REST = "REST", "休息日"
        HOLIDAY = "HOLIDAY", "法定节假日"
        MAKEUP = "MAKEUP", "调休上班"

    date = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"
