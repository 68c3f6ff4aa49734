"""Personal data (个人信息): sealed fields, what they are searched by, and who read them."""

from __future__ import annotations

from django.db import models

from mingzhang.records.casework.models.records import Record
from mingzhang.records.casework.models.registries import Person
from mingzhang.records.people.models import User


class Personal(models.Model):
    """One personal field (P1–P3) of a record, of a row below it, or of a person.

    `path` is the field's name, for a field of a row `rows.<row's key>.name`. `sealed` is ciphertext in Base64 by the
    key `key_name`; `commitment` is the SM3 of a salt and the clear text, both sealed together, so that events prove
    the field without telling it and keys can be changed.
    """

    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="personal")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="personal")
    path = models.CharField(max_length=120)
    privacy = models.CharField(max_length=2)
    key_name = models.CharField(max_length=20)
    sealed = models.TextField()
    commitment = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "personal"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "path"], condition=models.Q(person=None), name="personal_of_record"
            ),
            models.UniqueConstraint(
                fields=["person", "path"], condition=models.Q(record=None), name="personal_of_person"
            ),
        ]
        indexes = [models.Index(fields=["key_name"], name="personal_key")]

    def __str__(self) -> str:
        return f"{self.record_id or self.person_id} {self.path}"


class Index(models.Model):
    """What a sealed field is found by: the keyed digest of the whole value, or of each pair of its characters."""

    class Kind(models.TextChoices):
        """What was digested."""

        EXACT = "exact", "全值"
        PAIR = "pair", "相邻两字"

    personal = models.ForeignKey(Personal, models.CASCADE, related_name="indexes")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    digest = models.CharField(max_length=64)
    key_name = models.CharField(max_length=20, blank=True)
    """The key of the digest; blank for the first one."""

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "indexes"
        indexes = [models.Index(fields=["digest", "kind"], name="personal_index")]

    def __str__(self) -> str:
        return f"{self.personal} {self.kind}"


class ReadLog(models.Model):
    """Somebody opened a personal field in clear, for a stated purpose. Only added to."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="reads")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reads")
    path = models.CharField(max_length=120)
    privacy = models.CharField(max_length=2)
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["user", "at"], name="read_by")]

    def __str__(self) -> str:
        return f"{self.user} {self.path} {self.at}"


class SealedGrant(models.Model):
    """A named person may open sealed fields (P3) of a record for a time (封存信息查阅授权): by whose decision and why. Without one nobody may."""

    user = models.ForeignKey(User, models.PROTECT, related_name="sealed_grants")
    record = models.ForeignKey(Record, models.PROTECT, related_name="sealed_grants")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revoked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["record", "user"], name="sealed_grant_record")]

    def __str__(self) -> str:
        return f"{self.user} {self.from_on}—{self.to_on}"
