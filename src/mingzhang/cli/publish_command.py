"""`mingzhang publish`: write the disclosure of a department or unit in every format."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang import pipeline
from mingzhang.cli.say import books_option, entity_named, fail, open_books, step, tell
from mingzhang.documents import Problem

if TYPE_CHECKING:
    from mingzhang.records.publishing import Version


@click.command("publish", help="编制并写出决算公开：DOCX、PDF、HTML、XLSX、JSON 和开放数据包。")
@click.option("--year", type=click.IntRange(1990, 2100), required=True, help="决算年度，如 2021。")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个文件夹。"
)
@click.option("--entity", default=None, help="部门或单位的代码；默认账簿里唯一的部门。")
@click.option("--unit", "units", is_flag=True, help="连同每个所属单位自己的单位决算公开一起写出。")
@click.option("--edition", default=None, help="公开格式；默认按建账时选定的格式。")
@click.option(
    "--rounding",
    type=click.Choice(pipeline.ROUNDINGS),
    default="half-up",
    help="取整：四舍五入，或处处相加一致的受控取整。",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(pipeline.FORMATS),
    help="只写这些格式，可多次使用。",
)
@click.option(
    "--date",
    "day",
    default=None,
    metavar="YYYY-MM-DD",
    help="公开日期；默认今天。内容未变时沿用上一版的日期。",
)
@click.option("--draft", is_flag=True, help="写出草稿：每页标“草稿”，缺的文字留空位，不记为公开版本。")
@books_option
def command(
    year: int,
    out: Path,
    entity: str | None,
    units: bool,
    edition: str | None,
    rounding: str,
    formats: tuple[str, ...],
    day: str | None,
    draft: bool,
    books: str | None,
) -> None:
    """Publish, and name every file written and what is still missing."""
    open_books(books)
    from mingzhang.records.points import fact_store
    from mingzhang.records.publishing import NotReadyError, edition_of, publish

    top = entity_named(entity)
    chosen = edition or edition_of(top)
    published_on = _date(day)
    step(f"汇总{top.department().name}{year - 1}、{year}年度账簿")
    store = fact_store(top.department().code, (year - 1, year))
    bodies = [top, *(top.units() if units and not top.keeps_books else [])]
    for index, body in enumerate(bodies):
        try:
            version = publish(
                body,
                year,
                chosen,
                out if index == 0 else out / pipeline.file_name(body.name),
                store=store,
                formats=formats or pipeline.FORMATS,
                rounding=rounding,
                published_on=published_on,
                draft=draft,
                progress=step,
            )
        except NotReadyError as refused:
            tell(refused.problems)
            fail(_not_ready(body.name, year, len(refused.problems)))
        click.echo(f"{body.name}{year}年度决算，{_state(version)}：")
        for path in version.published.files:
            click.echo(f"  {path}")
        if version.is_new and version.changes:
            click.echo(f"  与上一版相比变动 {len(version.changes)} 个数字，见 manifest.json")
        tell(version.published.problems)


def _state(version: Version) -> str:
    if version.number is None:
        return "草稿，未记为公开版本"
    return f"第{version.number}版（{'新版本' if version.is_new else '内容未变，沿用'}）"


def _not_ready(name: str, year: int, count: int) -> Problem:
    return Problem(
        "not_ready",
        f"还有 {count} 处没有填写，不能公开",
        f"{name}{year}年度决算",
        "补齐上面列出的各项后再运行；只想先看样子，加 --draft 写出草稿。",
    )


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        fail(Problem("bad_date", f"“{text}”不是日期", "--date", "写作 2022-09-15 的形式。"))
