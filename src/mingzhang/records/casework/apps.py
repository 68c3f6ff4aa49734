"""The Django application of casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Name and label."""

    name = "mingzhang.records.casework"
    label = "casework"
    verbose_name = "业务办理"
    default_auto_field = "django.db.models.BigAutoField"
