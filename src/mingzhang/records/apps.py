"""The Django application of the records."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from mingzhang.records.month_totals import keep_after_migrating


class RecordsConfig(AppConfig):
    """Name, label and the pragmas of SQLite."""

    name = "mingzhang.records"
    label = "records"
    verbose_name = "账簿"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have every new SQLite connection write ahead, wait for the other writer and keep references whole; keep the totals by month."""
        connection_created.connect(_prepare, dispatch_uid="mingzhang.records.sqlite")
        post_migrate.connect(keep_after_migrating, sender=self, dispatch_uid="mingzhang.records.month_totals")


def _prepare(connection, **_: object) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in (
                "journal_mode = WAL",
                "synchronous = NORMAL",
                "busy_timeout = 20000",
                "foreign_keys = ON",
                "cache_size = -65536",
            ):
                cursor.execute(f"PRAGMA {pragma}")
