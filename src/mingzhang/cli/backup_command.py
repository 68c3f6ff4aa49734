"""`mingzhang backup`: one moment of the books and the data folder as one file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mingzhang.cli.say import Stages, books_option, fail, open_books
from mingzhang.documents.problems import ProblemError


@click.command(
    "backup", help="备份：把账簿和数据目录（公开、审核、上传的文件）写成一个文件；备份时可以照常办公。"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="写到哪个文件；默认数据目录的 backups/ 下，以日期时间命名。",
)
@books_option
def command(out: Path | None, books: str | None) -> None:
    """Write it, and say what is in it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
    open_books(books)
    from mingzhang.records.backup.making import make_backup

    try:
        made, manifest = make_backup(out, Stages().tell)
    except ProblemError as refused:
        fail(refused.problem)
    click.echo(
        f"{made}：{len(manifest.tables)}张表共{manifest.rows}行，{len(manifest.files)}个文件，{made.stat().st_size}字节"
    )
    click.echo(
        "其中有口令摘要和账簿内容：请存放在受控的介质上；密钥文件 .mingzhang-secret-key 不在其中，须另行保管。"
    )
