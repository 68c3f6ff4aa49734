"""`mingzhang close`: close a month or the year of a unit or of a whole department."""

from __future__ import annotations

import click

from mingzhang.cli.say import books_option, entity_named, open_books


@click.command("close", help="结账：按月关账，或年终结账（十六步）并结转下年。")
@click.option("--year", type=int, required=True, help="会计年度。")
@click.option("--month", type=click.IntRange(1, 12), default=None, help="只关这个月；不给则年终结账。")
@click.option("--entity", default=None, help="部门或单位的代码；默认账簿里唯一的部门，逐个单位结账。")
@books_option
def command(year: int, month: int | None, entity: str | None, books: str | None) -> None:
    """Close each unit at or under the entity, print each report; status 1 where one was refused."""
    open_books(books)
    from mingzhang.records.closing import close_month, close_year

    reports = [
        close_month(unit, year, month) if month else close_year(unit, year)
        for unit in entity_named(entity).units()
    ]
    for closed in reports:
        click.echo(closed.in_chinese())
    raise SystemExit(not all(closed.accepted for closed in reports))
