"""`mingzhang summary DIR`: what many audited reports show across departments and years."""

from __future__ import annotations

from pathlib import Path

import click

from mingzhang.documents import Problem


@click.command(
    "summary",
    help="汇总大量报告的核对结果（audit --format parquet 所写的文件夹）：各年度、规则、部门、离群。",
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--format",
    "shape",
    type=click.Choice(("text", "xlsx", "html")),
    default="text",
    help="输出到屏幕，或写工作簿、网页",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写哪个文件，默认为文件夹中的 汇总.xlsx 或 汇总.html",
)
@click.option("--rows", type=click.IntRange(1), default=20, show_default=True, help="屏幕上每部分最多几行")
def command(folder: Path, shape: str, out: Path | None, rows: int) -> None:
    """Sum up, on the screen into a workbook or onto a page."""
    try:
        from mingzhang.province.parts import ProvinceFolder
        from mingzhang.province.summary import as_text, summarise
    except ModuleNotFoundError as missing:
        from mingzhang.cli.audit_province import not_installed

        click.echo(not_installed(missing).in_chinese(), err=True)
        raise SystemExit(2) from missing
    province = ProvinceFolder(folder)
    if province.empty:
        what, remedy = (
            "文件夹里没有核对结果",
            f"先运行 mingzhang audit 报告文件夹 --format parquet --out {folder}",
        )
        click.echo(Problem("no_tables", what, str(folder), remedy).in_chinese(), err=True)
        raise SystemExit(2)
    sections = summarise(province)
    if shape == "text":
        click.echo("\n".join(as_text(sections, rows)))
        return
    target = out or folder / f"汇总.{shape}"
    if shape == "xlsx":
        from mingzhang.province.workbook import write_workbook

        write_workbook(target, sections)
    else:
        from mingzhang.province.page import summary_page

        target.write_text(summary_page(sections), encoding="utf-8", newline="\n")
    click.echo(f"已写出 {target}")
