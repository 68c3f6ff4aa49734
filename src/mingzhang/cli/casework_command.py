"""`mingzhang casework nightly|stuck|areas`: what casework needs from the server."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import click

from mingzhang.cli.say import books_option, open_books, step, tell

_SHOWN = 200


@click.group("casework", help="业务办理：每夜处理、停滞件清单、载入区划。")
def command() -> None:
    """The group of commands."""


@command.command(
    "nightly", help="每夜处理：自动步骤、工作日历、期限、业务链头锚定；列出停滞件数和损坏的附件。"
)
@books_option
def nightly(books: str | None) -> None:
    """Do the night's work; run it before `mingzhang verify --anchor`."""
    open_books(books)
    from mingzhang.records.casework.nightly import run

    night = run(tell=step)
    click.echo(
        f"自动办理{night.taken}件，日历新增{night.days}天，重算期限{night.moved}个，锚定链头{night.anchored}个。"
    )
    click.echo(f"停滞件{sum(night.stuck.values())}件；清单用 mingzhang casework stuck 查看。")
    for problem in night.damaged:
        click.echo(problem.in_chinese())


@command.command("stuck", help="列出停滞件：为什么停、该做什么。")
@books_option
def stuck(books: str | None) -> None:
    """List stuck records by their keys, no personal value among what is told."""
    open_books(books)
    from mingzhang.records.casework.stuck import stuck_records

    shown = 0
    for shown, found in enumerate(stuck_records(), start=1):
        if shown <= _SHOWN:
            click.echo(f"{found.record.number or found.record.key}  {found.what}  {found.remedy}")
    click.echo(f"共{shown}件{f'，只列出前{_SHOWN}件' if shown > _SHOWN else ''}。")


@command.command("areas", help="载入区划：CSV 文件，两列 code、name；已有的不变。")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--from", "since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="自何日起有效，默认今天。"
)
@books_option
def areas(file: Path, since: datetime | None, books: str | None) -> None:
    """Load areas, all or none."""
    open_books(books)
    from mingzhang.records.casework.errors import RefusedError
    from mingzhang.records.casework.registries import load_areas

    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    try:
        made = load_areas(rows, since.date() if since else date.today())
    except RefusedError as refused:
        tell(list(refused.problems))
        raise SystemExit(1) from None
    click.echo(f"载入区划{len(made)}个。")
