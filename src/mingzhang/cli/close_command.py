"""`mingzhang close`: close a month or the year of a unit or of a whole department."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NoReturn

import click

from mingzhang.cli.say import books_option, entity_named, fail, open_books
from mingzhang.documents import Problem


@click.command("close", help="结账：按月关账，或年终结账（十六步）并结转下年。")
@click.option("--year", type=int, required=True, help="会计年度。")
@click.option("--month", type=click.IntRange(1, 12), default=None, help="只关这个月；不给则年终结账。")
@click.option("--entity", default=None, help="部门或单位的代码；默认账簿里唯一的部门，逐个单位结账。")
@click.option(
    "--finished-project",
    "finished",
    multiple=True,
    metavar="代码",
    help="已完成或终止的项目，年终把它的结转转为结余；可以重复，一级项目连同它的子项目。",
)
@click.option(
    "--special-surplus",
    "special",
    type=str,
    default=None,
    metavar="元",
    help="事业单位年终提取的专用结余；只用于一个单位，须用 --entity 指定。",
)
@books_option
def command(
    year: int,
    month: int | None,
    entity: str | None,
    finished: tuple[str, ...],
    special: str | None,
    books: str | None,
) -> None:
    """Close each unit at or under the entity, print each report; status 1 where one was refused."""
    open_books(books)
    from mingzhang.records.closing import close_month, close_year

    units = entity_named(entity).units()
    if month and (finished or special):
        _refuse(
            "month_takes_no_options", "按月关账不结转项目，也不提取专用结余", "年终结账时（不给 --month）再给"
        )
    if special and len(units) > 1:
        _refuse("which_unit", "提取专用结余要逐个单位办理", "用 --entity 指定一个事业单位")
    fen = _fen(special) if special else 0
    reports = [
        close_month(unit, year, month)
        if month
        else close_year(unit, year, special_surplus=fen, finished_projects=finished)
        for unit in units
    ]
    for closed in reports:
        click.echo(closed.in_chinese())
    raise SystemExit(not all(closed.accepted for closed in reports))


def _fen(amount: str) -> int:
    try:
        fen = Decimal(amount.replace(",", "").replace("，", "")) * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite() or fen <= 0 or fen != fen.to_integral_value():
        _refuse("wrong_amount", f"“{amount}”不是金额", "填写正数，单位为元，最多两位小数，如 12000.00")
    return int(fen)


def _refuse(code: str, what: str, remedy: str) -> NoReturn:
    fail(Problem(code, what, "mingzhang close", remedy))
