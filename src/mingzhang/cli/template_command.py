"""`mingzhang template KIND|all --out DIR`: write the empty workbooks to be filled in and imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.import_command import KINDS
from mingzhang.cli.say import books_option, entity_named, fail, open_books_if_any
from mingzhang.documents import Problem

if TYPE_CHECKING:
    from mingzhang.records.models import Entity

OFFERED = tuple(kind for kind in KINDS if kind not in ("final-accounts-workbook", "facts-json"))
"""Kinds that have an empty workbook; the others come out of other programs as they are."""


@click.command("template", help="写出空白导入表：记账凭证、余额、预算、项目、登记簿、文字说明、九张公开表。")
@click.argument("kinds", nargs=-1, required=True, type=click.Choice((*OFFERED, "all")), metavar="种类…|all")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("."), show_default=True, help="写到哪个文件夹。")  # fmt: skip
@click.option("--year", type=int, default=None, help="年度：决定代码表；文字说明表则列出这一年还缺的文字。")
@click.option("--entity", default=None, help="部门或单位的代码；默认账簿里唯一的部门。")
@click.option("--edition", default=None, help="公开格式；默认按建账时选定的格式。")
@books_option
def command(
    kinds: tuple[str, ...],
    out: Path,
    year: int | None,
    entity: str | None,
    edition: str | None,
    books: str | None,
) -> None:
    """Write the workbooks and name them."""
    has_books = open_books_if_any(books)
    from mingzhang.records.imports.blank_files import write_blank
    from mingzhang.records.models import Entity

    departments = Entity.objects.filter(kind=Entity.Kind.DEPARTMENT)
    body = entity_named(entity) if entity or (has_books and departments.count() == 1) else None
    out.mkdir(parents=True, exist_ok=True)
    chosen = _edition(body, edition)
    for name in OFFERED if "all" in kinds else dict.fromkeys(kinds):
        click.echo(f"  {write_blank(name, out, body, year, chosen)}")
    click.echo("填好后运行 mingzhang import 文件名；每个表里都有“填写说明”。")


def _edition(body: Entity | None, edition: str | None) -> str:
    from mingzhang.catalogue.loading import editions
    from mingzhang.records.publishing import DEFAULT_EDITION, edition_of

    if edition and edition not in editions():
        fail(
            Problem(
                "unknown_edition", f"没有公开格式“{edition}”", "--edition", f"可选：{'、'.join(editions())}"
            )
        )
    return edition or (edition_of(body) if body else DEFAULT_EDITION)
