"""The Django application of the portal; it has no tables of its own."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Name and label."""

    name = "mingzhang.portal"
    label = "portal"
    verbose_name = "门户"
