"""Devices (定位终端) as they may send: one row is one issue of a device to one person."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models import Record
from mingzhang.records.people.models import User


class Device(models.Model):
    """A device issued to a person under supervision, from a moment to a moment; handed to another person it is another row with another token.

    `token` and `secret` are the SM3 of both; the secret itself is derived from the installation's secret key and kept nowhere. `entry` is the
    device in the registry of the line. `length` and `head` are those of the chain of its batches, `anchored` the length last put on the trail.
    """

    class Kind(models.TextChoices):
        """What sends."""

        WRISTBAND = "wristband", "电子腕带"
        PHONE = "phone", "手机"
        KIOSK = "kiosk", "自助矫正终端"
        RECORDER = "recorder", "执法记录仪"

    key = models.CharField(max_length=36, unique=True, default=new_key)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    number = models.CharField(max_length=60)
    asset = models.CharField(max_length=60, blank=True)
    entry = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    episode = models.ForeignKey(Record, models.PROTECT, related_name="devices")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=200, blank=True)
    token = models.CharField(max_length=64, unique=True)
    secret = models.CharField(max_length=64)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    last_seen_at = models.DateTimeField(null=True, blank=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    anchored = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], condition=models.Q(until=None), name="device_issued_once"
            )
        ]
        indexes = [models.Index(fields=["episode", "until"], name="device_of_episode")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class DeviceNonce(models.Model):
    """A nonce that a device has used, kept as long as its request could be sent again."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="nonces")
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["device", "nonce"], name="device_nonce_once")]
        indexes = [models.Index(fields=["at"], name="device_nonce_at")]

    def __str__(self) -> str:
        return self.nonce
