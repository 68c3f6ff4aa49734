"""Payments of casework (业务付款): an approved subsidy on its way into the books."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models.records import Record
from mingzhang.records.models import Entity, Project, Proposal, Voucher
from mingzhang.records.people.models import User


class PaymentRequest(models.Model):
    """What a record's approved subsidy asks the books to pay, and the voucher that paid it.

    `payee` is how the voucher names him; `item` parts several payments of one record. Entity and project stay blank
    until finance assigns them, where the line's word for the project fits none or several.
    """

    class State(models.TextChoices):
        """Where it stands."""

        REQUESTED = "requested", "待付款"
        PROPOSED = "proposed", "凭证待审"
        POSTED = "posted", "已记账"
        WITHDRAWN = "withdrawn", "已撤回"

    record = models.ForeignKey(Record, models.PROTECT, related_name="payments")
    key = models.CharField(max_length=36, unique=True, default=new_key)
    item = models.CharField(max_length=60, blank=True)
    fen = models.BigIntegerField()
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    payee = models.CharField(max_length=80)
    due_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    requested_on = models.DateField()
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    voucher = models.ForeignKey(Voucher, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["record", "item"], name="payment_once")]
        indexes = [models.Index(fields=["state"], name="payment_state")]

    def __str__(self) -> str:
        return f"{self.record} {self.fen}"
