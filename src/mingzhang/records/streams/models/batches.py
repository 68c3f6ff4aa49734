"""Batches (上传批次): one an upload, chained for each device."""

from __future__ import annotations

from django.db import models

from mingzhang.records.streams.models.devices import Device


class StreamBatch(models.Model):
    """An upload of a device as it was taken. Only added to; a purge sets `purged_on`.

    `rows` were kept, `copies` were there before, `refused` could not be read (`problems`: the first fifty). `rows_digest` is the SM3 of the kept rows in
    their written form, `digest` that of the batch and of `previous`, the digest of the device's batch before.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    client_key = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    evaluated_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    copies = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    problems = models.JSONField(default=list)
    rows_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    purged_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "batches"
        constraints = [
            models.UniqueConstraint(fields=["device", "number"], name="batch_number"),
            models.UniqueConstraint(fields=["device", "client_key"], name="batch_client_key"),
        ]

    def __str__(self) -> str:
        return f"{self.device} 第{self.number}批"
