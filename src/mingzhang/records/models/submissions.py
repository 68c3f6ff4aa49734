"""Forms that were taken (表单标识): the same form sent twice makes one record."""

from django.db import models


class Submission(models.Model):
    """The key of a form and the record that it made, as `Reception:17`."""

    key = models.CharField(max_length=64, unique=True)
    made = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.key} → {self.made}"
