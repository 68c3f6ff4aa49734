"""The Django application of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Name and label."""

    name = "mingzhang.records.people"
    label = "people"
    verbose_name = "用户"
    default_auto_field = "django.db.models.BigAutoField"
