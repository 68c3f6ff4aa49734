"""Restore a backup (恢复): into empty books only, proved before and compared table by table afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models, transaction

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.backup.archive import ArchiveReader, Manifest, Table
from mingzhang.records.backup.data_folder import put_back, refuse_other_files
from mingzhang.records.backup.making import Progress
from mingzhang.records.backup.rows import RowReader, columns, insert, lines
from mingzhang.records.backup.schema import migrate_to
from mingzhang.records.backup.tables import kept_tables
from mingzhang.records.setup import migrate


def restore(file: Path, progress: Progress | None = None) -> Manifest:
    """Put a backup into the open books, which must be empty, and its files into the data folder.

    Everything is read and compared with the manifest first; then it goes in as one transaction, is read again from the
    tables and compared once more. Raises ProblemError, with nothing in the books, where anything is not as it should be.
    """
    tell = progress or (lambda stage, done, total: None)
    with ArchiveReader(file) as archive:
        manifest = archive.manifest
        refuse_used_books()
        refuse_other_files(manifest.files)
        tell("核对备份文件", 0, 1)
        archive.prove()
        registry = migrate_to(manifest.migrations, str(file))
        for place, kept in enumerate(manifest.files):
            tell("写入文件", place, len(manifest.files))
            put_back(archive, kept)
        with transaction.atomic():
            for place, table in enumerate(manifest.tables):
                tell("写入数据表", place, len(manifest.tables))
                _put_in(archive, table, _model(registry, table, file), file)
            connection.check_constraints()
            _count_on([_model(registry, table, file) for table in manifest.tables])
            for place, table in enumerate(manifest.tables):
                tell("逐表核对", place, len(manifest.tables))
                _compare(table, _model(registry, table, file), file)
    migrate()
    return manifest


def refuse_used_books() -> None:
    """Raise ProblemError where the open books hold anything."""
    there = set(connection.introspection.table_names())
    for model in kept_tables():
        if model._meta.db_table in there and _first_key(model) is not None:
            raise ProblemError(
                Problem(
                    "books_not_empty",
                    f"账簿里已有内容（{model._meta.label_lower}），恢复从不覆盖",
                    str(connection.settings_dict["NAME"]),
                    "用 --books 指明一个新的 SQLite 文件或一个空的 PostgreSQL 库。",
                )
            )


def _first_key(model: type[models.Model]) -> Any:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quote(model._meta.pk.column)} FROM {quote(model._meta.db_table)} LIMIT 1")
        return cursor.fetchone()


def _model(registry: Any, table: Table, file: Path) -> type[models.Model]:
    """The model of a table as it was when the backup was made."""
    try:
        model = registry.get_model(*table.name.split("."))
    except LookupError as unknown:
        raise ProblemError(_unknown(table, file)) from unknown
    if [field.column for field in columns(model)] != table.columns:
        raise ProblemError(_unknown(table, file))
    return model


def _put_in(archive: ArchiveReader, table: Table, model: type[models.Model], file: Path) -> None:
    reader = RowReader(model, connection)
    number = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal number
        for line in archive.lines(table.member):
            number += 1
            yield reader.read(line)

    try:
        insert(model, rows(), connection)
        if connection.vendor == "postgresql":
            connection.check_constraints()
    except (DatabaseError, ValueError) as refused:
        raise ProblemError(
            Problem(
                "row_refused",
                f"表{table.name}的内容写不进新库（第{number}行之前）：{refused}",
                str(file),
                "没有恢复任何内容；把这条信息告诉系统管理员。",
            )
        ) from refused


def _count_on(restored: list[type[models.Model]]) -> None:
    """Let new rows be numbered after those restored."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), restored):
            cursor.execute(statement)


def _compare(table: Table, model: type[models.Model], file: Path) -> None:
    digest, rows = hashlib.new("sm3"), 0
    for line in lines(model, DEFAULT_DB_ALIAS):
        digest.update(line)
        rows += 1
    if (rows, digest.hexdigest()) != (table.rows, table.sm3):
        raise ProblemError(
            Problem(
                "restored_differs",
                f"表{table.name}恢复后与备份不一致（{rows}行，应为{table.rows}行）",
                str(file),
                "没有恢复任何内容；换用另一份备份，并把这条信息告诉系统管理员。",
            )
        )


def _unknown(table: Table, file: Path) -> Problem:
    return Problem(
        "backup_of_other_tables",
        f"备份里的表{table.name}与它所述的表结构不符",
        str(file),
        "没有恢复任何内容；用写出这份备份的版本恢复。",
    )
