"""Positions as they are kept (定位点). Read by `tracks` alone, which asks who may and writes down who did; import-linter keeps all others away.

Source: 社区矫正法 第二十九条: what is learned of a person's place is strictly secret and serves corrections alone.
"""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models import Record
from mingzhang.records.streams.models.batches import StreamBatch
from mingzhang.records.streams.models.devices import Device


class PositionRow(models.Model):
    """A position; never updated. Times in milliseconds since 1970 (UTC), longitude and latitude of WGS-84, the pair as it was sent beside it; accuracy in
    metres, None where none was stated; `flags` of `positions.Flag`; `late`: came too late to decide anything.

    The same position twice is one row; with other flags (sent again under a clock set right) it is another.
    """

    batch = models.ForeignKey(StreamBatch, models.PROTECT, related_name="+")
    episode = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", db_index=False)
    at = models.BigIntegerField()
    received = models.BigIntegerField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    sent_longitude = models.FloatField()
    sent_latitude = models.FloatField()
    datum = models.CharField(max_length=6)
    accuracy = models.FloatField(null=True)
    source = models.CharField(max_length=7)
    flags = models.PositiveSmallIntegerField()
    speed = models.FloatField(null=True)
    battery = models.SmallIntegerField(null=True)
    worn = models.BooleanField(null=True)
    late = models.BooleanField(default=False)

    class Meta:
        ordering = ["episode", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "at", "device", "sent_longitude", "sent_latitude", "flags"],
                name="position_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.at}"
