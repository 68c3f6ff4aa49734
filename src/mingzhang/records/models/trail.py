"""The trail (操作留痕): every change as an entry of a numbered chain, one chain per entity and book."""

from __future__ import annotations

from django.db import models

from mingzhang.records.models.organisation import Entity


class TrailChain(models.Model):
    """A chain and its head: how many entries it has and the digest of the last. Locked while an entry is added.

    `name` is `<entity>/<book>`, or `<book>` alone for what belongs to the whole installation.
    """

    name = models.CharField(max_length=90, unique=True)
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    book = models.CharField(max_length=20)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TrailEntry(models.Model):
    """Who changed what, when, from what to what, and why. Never changed or deleted.

    `subject` names the record as people do; `key` as the database does (`Reason:17`). An import or a posting of many
    vouchers is one entry with the number of its rows and the SM3 of them all. `digest` is the SM3 of this entry's
    content and of the digest before it; before the first stands the SM3 of the chain's name.
    """

    chain = models.ForeignKey(TrailChain, models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    key = models.CharField(max_length=80, blank=True, db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    rows_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="trail_entry_number")]
        indexes = [models.Index(fields=["-at"], name="trail_entry_at")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.action} {self.subject}"


class TrailRow(models.Model):
    """A row of another table as an entry leaves it: the SM3 of its content, blank where it was removed. Never changed.

    `kind` is the name of the row's model and `key` its primary key; the last of them must agree with the row. The
    entry's `rows_digest` covers them all.
    """

    entry = models.ForeignKey(TrailEntry, models.PROTECT, related_name="row_seals")
    kind = models.CharField(max_length=24)
    key = models.BigIntegerField()
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "key"], name="trail_row_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.name}"
