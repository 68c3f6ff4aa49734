"""The Django application of streams."""

from django.apps import AppConfig


class StreamsConfig(AppConfig):
    """Name and label."""

    name = "mingzhang.records.streams"
    label = "streams"
    verbose_name = "定位与实时"
    default_auto_field = "django.db.models.BigAutoField"
