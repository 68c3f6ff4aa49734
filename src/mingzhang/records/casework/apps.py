"""The Django application of casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Name and label."""

    name = "mingzhang.records.casework"
    label = "casework"
    verbose_name = "业务办理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let requests for payment follow the vouchers proposed for them."""
        from mingzhang.records.casework.paying import follow
        from mingzhang.records.proposals.signals import moved

        moved.connect(follow, dispatch_uid="casework.paying.follow")
