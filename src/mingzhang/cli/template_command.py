"""`mingzhang template KIND|all --out DIR`: write the empty workbooks to be filled in and imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.import_command import KINDS
from mingzhang.cli.say import books_option, entity_named, fail, open_books_if_any
from mingzhang.documents import Problem
from mingzhang.pipeline import file_name

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
    from mingzhang.records.imports.kinds import KINDS as TABLES
    from mingzhang.records.imports.templates import write_template
    from mingzhang.records.models import Entity

    departments = Entity.objects.filter(kind=Entity.Kind.DEPARTMENT)
    body = entity_named(entity) if entity or (has_books and departments.count() == 1) else None
    out.mkdir(parents=True, exist_ok=True)
    for name in OFFERED if "all" in kinds else dict.fromkeys(kinds):
        if name == "nine-tables":
            path = _nine_tables(out, body, year, edition)
        elif name == "texts":
            path = write_template(
                TABLES[name], out / f"{TABLES[name].chinese}.xlsx", year, list(_words(body, year, edition))
            )
        else:
            path = write_template(TABLES[name], out / f"{TABLES[name].chinese}.xlsx", year)
        click.echo(f"  {path}")
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


def _nine_tables(out: Path, body: Entity | None, year: int | None, edition: str | None) -> Path:
    from datetime import date

    from mingzhang.catalogue.loading import edition as edition_named
    from mingzhang.catalogue.loading import vocabulary
    from mingzhang.write.blank import empty_workbook

    form = edition_named(_edition(body, edition))
    fiscal = year or form.fiscal_years[1] or max(form.fiscal_years[0], date.today().year - 1)
    name = body.name if body else "（部门名称）"
    words = vocabulary(fiscal, form.code_names).with_entities(
        [(body.code if body else "department", None, name)]
    )
    path = out / file_name(f"{body.name if body else ''}{fiscal}年度公开表.xlsx")
    empty_workbook(form, words, path, body.code if body else "department", fiscal)
    return path


def _words(body: Entity | None, year: int | None, edition: str | None) -> Iterator[dict[str, str]]:
    """The keys to be filled in: what the year's report lacks, or all that the edition may ask for."""
    from mingzhang.records.imports.missing_words import asked_for, still_missing
    from mingzhang.records.points import fact_store

    chosen = _edition(body, edition)
    code = body.code if body else ""
    if body is None or year is None:
        found = asked_for(chosen)
    else:
        found = still_missing(body, year, chosen, fact_store(body.department().code, (year - 1, year)))
    for key, what in found:
        yield {"entity": code, "year": str(year or ""), "key": key, "subject": what}
