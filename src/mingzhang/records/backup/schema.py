"""The state of the tables (表结构): by their migrations, so that a backup finds the tables it was made from."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.backup.tables import kept_labels


def applied(using: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """The last migration that the tables of each kept application have seen.

    Raises ProblemError where this program does not know one of them: it would leave out what it does not know.
    """
    graph = MigrationExecutor(connections[using]).loader.graph
    seen = MigrationRecorder(connections[using]).applied_migrations()
    found = {app: max(name for label, name in seen if label == app) for app in kept_labels()}
    for app, name in found.items():
        if (app, name) not in graph.nodes:
            raise ProblemError(
                Problem(
                    "books_of_later_version",
                    f"账簿由更新的版本使用过：不认识表结构{app} {name}",
                    str(connections[using].settings_dict["NAME"]),
                    "用升级后的版本备份；旧版本会漏掉它不认识的内容。",
                )
            )
    return found


def migrate_to(migrations: dict[str, str], where: str) -> Apps:
    """Bring empty books to the state that a backup was made in, and return its models.

    Raises ProblemError where this program does not know that state: the backup is of a later one.
    """
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    targets = list(migrations.items())
    unknown = [name for name in targets if name not in executor.loader.graph.nodes]
    if unknown:
        raise ProblemError(
            Problem(
                "backup_of_later_version",
                f"备份来自更新的版本：不认识表结构{unknown[0][0]} {unknown[0][1]}",
                where,
                "没有恢复任何内容；先把明账升级到备份时的版本，再恢复。",
            )
        )
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def migrate_fully() -> None:
    """Bring the tables up to date."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
