"""The state of the tables (表结构): by their migrations, so that a backup finds the tables it was made from."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.backup.tables import kept_labels
from mingzhang.records.empty_books import is_empty, take_tables

Schema = dict[str, list[str]]
"""The last migrations of each kept application: usually one, more where branches were not yet joined."""


def applied(using: str = DEFAULT_DB_ALIAS) -> Schema:
    """The state of the tables. Raises ProblemError where this program does not know it: it would leave something out."""
    graph = MigrationExecutor(connections[using]).loader.graph
    seen = set(MigrationRecorder(connections[using]).applied_migrations())
    kept = {node for node in seen if node[0] in kept_labels()}
    if unknown := sorted(kept - graph.nodes.keys()):
        raise ProblemError(
            Problem(
                "books_of_later_version",
                f"账簿由更新的版本使用过：不认识表结构{' '.join(unknown[0])}",
                str(connections[using].settings_dict["NAME"]),
                "用升级后的版本备份；旧版本会漏掉它不认识的内容。",
            )
        )
    found: Schema = {app: [] for app in kept_labels()}
    for app, name in sorted(kept):
        later = {child.key for child in graph.node_map[app, name].children if child.key[0] == app}
        if not later & seen:
            found[app].append(name)
    return found


def migrate_to(schema: Schema, where: str) -> Apps:
    """Bring empty books to the state that a backup was made in, and return its models.

    Raises ProblemError where this program does not know that state: the backup is of a later one.
    """
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    targets = [(app, name) for app, names in schema.items() for name in names]
    if unknown := [target for target in targets if target not in executor.loader.graph.nodes]:
        raise ProblemError(
            Problem(
                "backup_of_later_version",
                f"备份来自更新的版本：不认识表结构{' '.join(unknown[0])}",
                where,
                "没有恢复任何内容；先把明账升级到备份时的版本，再恢复。",
            )
        )
    latest = {node for node in executor.loader.graph.leaf_nodes() if node[0] in schema}
    if latest == set(targets) and is_empty(DEFAULT_DB_ALIAS) and take_tables(DEFAULT_DB_ALIAS):
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps
