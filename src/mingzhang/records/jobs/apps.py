"""The Django application of what stands beside the queue."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Name and label; its table is `records.models.JobProgress`."""

    name = "mingzhang.records.jobs"
    label = "jobs"
    verbose_name = "后台任务"
    default_auto_field = "django.db.models.BigAutoField"
