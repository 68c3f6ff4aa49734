"""`mingzhang import FILE…`: take vouchers, balances, budgets, registers, texts and filled workbooks into the books."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.say import books_option, entity_named, fail, open_books, tell
from mingzhang.documents import Problem

if TYPE_CHECKING:
    from mingzhang.records.imports.run import Progress, Report
    from mingzhang.records.models import Entity

SHOWN = 50
"""How many problems are printed; the file of `--report` has all of them."""

KINDS = (
    "vouchers", "balances", "budgets", "projects", "vehicles", "equipment", "contracts", "receptions", "trips",
    "staff", "texts", "nine-tables", "final-accounts-workbook", "facts-json",
)  # fmt: skip


@click.command(
    "import",
    help="导入：凭证、余额、预算、项目、登记簿、文字，或填好的决算报表。要么全部导入，要么一行不动。",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default=None,
    help="文件的种类；不给则按表头识别。facts-json 是公开过的决算数据。",
)
@click.option("--entity", default=None, help="单位或部门的代码或名称；表里写明单位的不用给。")
@click.option("--year", type=int, default=None, help="年度；表里写明年度的不用给。")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="字段=列名",
    help="指定列的对应，如 --map 摘要=业务内容，可多次使用。",
)
@click.option("--edition", default=None, help="公开表的格式；默认按建账时选定的格式。")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), default=None, help="把全部问题写进这个 .xlsx 或 .csv 文件。")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="只核对，不写入账簿。")
@books_option
def command(
    files: tuple[Path, ...],
    kind: str | None,
    entity: str | None,
    year: int | None,
    mapping: tuple[str, ...],
    edition: str | None,
    report: Path | None,
    dry_run: bool,
    books: str | None,
) -> None:
    """Import each file by itself, tell what became of it, and stop with status 1 where one was refused."""
    open_books(books)
    from mingzhang.records.imports.problem_report import write_problems
    from mingzhang.records.imports.run import import_file

    given = dict(_pair(text) for text in mapping)
    body = entity_named(entity) if entity else None
    reports = []
    for path in files:
        with _progress(path.name) as tell_stage:
            done = import_file(
                path,
                kind,
                entity=body,
                year=year,
                mapping=given,
                edition=edition,
                dry_run=dry_run,
                progress=tell_stage,
            )
        _say(done, report)
        reports.append(done)
    if report is not None:
        write_problems([problem for done in reports for problem in done.problems], report)
        click.echo(f"全部问题已写入 {report}")
    if not dry_run and any(done.added or done.changed for done in reports):
        _say_differences(body, year)
    if not all(done.accepted for done in reports):
        raise SystemExit(1)


def _pair(text: str) -> tuple[str, str]:
    name, equals, column = text.partition("=")
    if not (equals and name.strip() and column.strip()):
        fail(Problem("bad_mapping", f"“{text}”不是 字段=列名", "--map", "例如 --map 摘要=业务内容"))
    return name.strip(), column.strip()


@contextmanager
def _progress(name: str) -> Iterator[Progress]:
    """A bar that moves from stage to stage on a terminal, and is not there elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda stage: None
        return
    columns = (
        TextColumn("{task.fields[file]}"),
        BarColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=4, file=name)
        yield lambda stage: progress.update(task, advance=1, description=stage)


def _say(done: Report, report: Path | None) -> None:
    from mingzhang.records.imports.run import chinese_of

    name = f"{done.file}（{chinese_of(done.kind)}）" if done.kind else done.file
    if done.before:
        click.echo(f"{name}：这个文件已于{done.before}导入过，账簿没有变化。")
        return
    if done.mapping:
        other = [f"{field}←{column}" for field, column in done.mapping if not column.startswith(f"{field}（")]
        same = len(done.mapping) - len(other)
        parts = ([f"{same}列与模板同名"] if same else []) + other
        click.echo(f"列的对应：{'；'.join(parts)}")
    if done.unused:
        click.echo(f"没有用到的列：{'、'.join(done.unused)}（需要时用 --map 字段=列名 指定）")
    if done.left_out:
        click.echo(f"略过合计行{done.left_out}行。")
    tell(problem for problem in done.problems[:SHOWN])
    if len(done.problems) > SHOWN:
        where = f"见 {report}" if report else "用 --report 问题.xlsx 取得全部"
        click.echo(f"共{len(done.problems)}个问题，以上是前{SHOWN}个，{where}。", err=True)
    if not done.accepted:
        errors = sum(1 for problem in done.problems if problem.is_error)
        click.echo(f"{name}：有{errors}处错误，账簿没有任何变化。改正后重新导入。", err=True)
    elif done.dry_run:
        click.echo(f"{name}：核对了{done.rows}行，没有错误；只核对，没有写入。")
    elif done.rows:
        click.echo(f"{name}：{_outcome(done)}")


def _outcome(done: Report) -> str:
    if not done.added and not done.changed:
        return f"内容都已在账簿里（{done.unchanged}{done.unit}），没有变化。"
    parts = [f"导入{done.added}{done.unit}"]
    if done.changed:
        parts.append(f"更新或替换{done.changed}{done.unit}")
    if done.unchanged:
        parts.append(f"{done.unchanged}{done.unit}已在账簿里，没有变化")
    return f"{'，'.join(parts)}（文件共{done.rows}{'行' if done.unit != '个数' else '个数'}）。"


def _say_differences(body: Entity | None, year: int | None) -> None:
    """After an import: where vouchers and stated figures disagree, say so."""
    from mingzhang.cli.compare_command import say_differences, stated_years
    from mingzhang.records.models import Entity

    departments = [body.department()] if body else list(Entity.objects.filter(kind=Entity.Kind.DEPARTMENT))
    for department in departments:
        years = [year] if year else stated_years(department)
        if years:
            say_differences(department, years, only_if_any=True)
