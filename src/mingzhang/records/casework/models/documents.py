"""Official documents (文书), their service (送达), and files that prove something (附件)."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models.records import Record
from mingzhang.records.casework.models.returns import Return
from mingzhang.records.people.models import User


class Document(models.Model):
    """An issued document: its number, and its text, frozen. A cancelled one keeps its number, with the reason.

    Where `key_name` names a key, `text` is sealed with it. `digest` is the SM3 of the text in clear.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="documents")
    key = models.CharField(max_length=36, unique=True, default=new_key)
    template = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=60, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField()
    key_name = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64)
    issued_on = models.DateField()
    signer = models.CharField(max_length=60)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["issued_on", "id"]
        indexes = [models.Index(fields=["template", "number_year", "number"], name="document_number")]

    def __str__(self) -> str:
        return self.number or self.name


class Attachment(models.Model):
    """A file by its SM3: it stands once in the data folder, whatever it proves. It belongs to a record or to a return (`report`)."""

    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="attachments")
    report = models.ForeignKey(Return, models.PROTECT, null=True, blank=True, related_name="evidence")
    key = models.CharField(max_length=36, unique=True, default=new_key)
    name = models.CharField(max_length=120)
    sm3 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media = models.CharField(max_length=80)
    proves = models.CharField(max_length=80, blank=True)
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    removed_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A document served to a party: how, when sent, when received. Receiving it starts the deadlines of its template."""

    class Method(models.TextChoices):
        """How it was served (送达方式)."""

        DIRECT = "direct", "直接送达"
        POST = "post", "邮寄送达"
        ELECTRONIC = "electronic", "电子送达"
        LEAVING = "leaving", "留置送达"
        NOTICE = "notice", "公告送达"
        HANDED_ON = "handed_on", "转交送达"

    document = models.ForeignKey(Document, models.PROTECT, related_name="services")
    key = models.CharField(max_length=36, unique=True, default=new_key)
    party = models.CharField(max_length=80)
    method = models.CharField(max_length=12, choices=Method.choices)
    sent_on = models.DateField()
    received_on = models.DateField(null=True, blank=True)
    proof = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sent_on", "id"]

    def __str__(self) -> str:
        return f"{self.document} → {self.party}"
