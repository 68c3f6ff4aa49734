"""`mingzhang restore FILE`: put a backup into empty books, of the same kind of database or of another."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mingzhang.cli.say import Stages, books_option, fail, make_books_unmigrated
from mingzhang.documents.problems import ProblemError


@click.command("restore", help="恢复：把备份写入一套空的账簿（SQLite、PostgreSQL 均可），并逐表核对。")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@books_option
def command(file: Path, books: str | None) -> None:
    """Restore, and say that every table is as it was."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
    make_books_unmigrated(books)
    from mingzhang.records.backup.restoring import restore

    try:
        manifest = restore(file, Stages().tell)
    except ProblemError as refused:
        fail(refused.problem)
    for table in manifest.tables:
        click.echo(f"  一致  {table.name}  {table.rows}行  {table.sm3[:16]}…")
    click.echo(
        f"已恢复：{len(manifest.tables)}张表共{manifest.rows}行、{len(manifest.files)}个文件，与备份逐一核对一致"
        f"（备份于{manifest.made_at}，版本{manifest.version}，{manifest.database}）。"
    )
    click.echo(
        "登录状态不随备份恢复，所有人须重新登录；请核对备份之后停用的人员和作废的接口令牌，重新停用、作废。"
    )
