"""`mingzhang trace "…"`: from a printed figure down to its vouchers, or from a voucher up to the figures it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mingzhang.cli.say import books_option, entity_named, fail, open_books
from mingzhang.documents import Problem
from mingzhang.facts import Coordinate, CoordinateError

if TYPE_CHECKING:
    from mingzhang.compose import Explainer
    from mingzhang.records.models import Publication, Voucher

DEEPEST = 12
"""How many levels of derivation are shown."""


@click.command(
    "trace", help="追溯：给出公开的数字（如 3369.44）、坐标或凭证号，列出推导、凭证，或该凭证影响的数字。"
)
@click.argument("what")
@click.option("--year", type=int, default=None, help="决算年度；默认最近公开的年度。")
@click.option("--entity", default=None, help="部门或单位的代码；默认账簿里唯一的部门。")
@click.option(
    "--vouchers", "limit", type=int, default=20, show_default=True, help="最多列出多少张凭证，0 为全部。"
)
@books_option
def command(what: str, year: int | None, entity: str | None, limit: int, books: str | None) -> None:
    """Decide what was given, and trace it."""
    open_books(books)
    from mingzhang.compose import Explainer
    from mingzhang.records.models import Publication, Voucher
    from mingzhang.records.points import fact_store

    top = entity_named(entity)
    published = (
        Publication.objects.filter(entity=top, **({"year": year} if year else {}))
        .order_by("year", "version")
        .last()
    )
    unit, colon, number = what.rpartition(":")
    vouchers = Voucher.objects.filter(number=number, **({"entity__code": unit} if colon else {}))
    if vouchers.exists():
        _figures_moved(what, list(vouchers.select_related("entity")), published)
        return
    wanted = _coordinates(what, published)
    period = int(wanted[0].period[:4])
    explainer = Explainer(fact_store(top.department().code, (period - 1, period)))
    for coordinate in wanted:
        _derivation(coordinate, explainer, 0, set())
        _vouchers(coordinate, limit, explainer)


def _coordinates(what: str, published: Publication | None) -> list[Coordinate]:
    if "@" in what:
        try:
            return [Coordinate.parse(what)]
        except CoordinateError as problem:
            fail(
                Problem(
                    "bad_coordinate",
                    str(problem),
                    what,
                    "例如 expenditure[nature=basic]@部门代码/2021#actual",
                )
            )
    if published is None:
        fail(
            Problem(
                "nothing_published",
                "还没有公开过决算，不能按印出的数字追溯",
                what,
                "先运行 mingzhang publish，或给出坐标。",
            )
        )
    digits = what.replace(",", "").replace("，", "").strip()
    found = [
        Coordinate.parse(coordinate)
        for coordinate, printed in published.figures.items()
        if digits in (printed, printed.replace(",", ""), _digits(printed))
    ]
    if not found:
        fail(
            Problem(
                "no_such_figure",
                f"公开的报告里没有数字“{what}”",
                f"{published}",
                "核对小数位数与单位，如 3369.44 或 3369.44万元。",
            )
        )
    return found


def _digits(printed: str) -> str:
    return "".join(sign for sign in printed if sign.isdigit() or sign in ".-")


def _derivation(coordinate: Coordinate, explainer: Explainer, depth: int, seen: set[str]) -> None:
    explanation = explainer.explain(coordinate)
    if explanation is None:
        fail(
            Problem(
                "unknown_figure", "账簿里没有这个坐标的数", str(coordinate), "核对概念、维度、单位与年度。"
            )
        )
    indent = "  " * depth
    click.echo(f"{indent}{explanation.title}：{explanation.exact}")
    click.echo(f"{indent}  坐标 {explanation.coordinate}")
    click.echo(f"{indent}  {explanation.formula}")
    if depth >= DEEPEST or explanation.coordinate in seen:
        return
    seen.add(explanation.coordinate)
    for label, part, exact in explanation.parts:
        if coordinate.measure.of or coordinate.concept != Coordinate.parse(part).concept:
            _derivation(Coordinate.parse(part), explainer, depth + 1, seen)
        else:
            click.echo(f"{indent}    {label} {exact}")


def _vouchers(coordinate: Coordinate, limit: int, explainer: Explainer) -> None:
    from mingzhang.records.trace import vouchers_of

    rows = vouchers_of(coordinate)
    if not rows:
        return
    click.echo(f"  凭证和登记 {len(rows)} 条：")
    for row in rows[: limit or None]:
        value = explainer.amount(coordinate.concept, row.value)
        number = f"{row.entity}:{row.number}" if row.register == "账簿" else row.number
        click.echo(f"    {row.register} {number}  {row.date or ''}  {value:>16}  {row.summary}")
    if limit and len(rows) > limit:
        click.echo(f"    ……另有 {len(rows) - limit} 条，用 --vouchers 0 全部列出")


def _figures_moved(what: str, vouchers: list[Voucher], published: Publication | None) -> None:
    from mingzhang.records.trace import moved_by

    for voucher in vouchers:
        click.echo(f"凭证 {voucher.entity.code}:{voucher.number}  {voucher.date}  {voucher.summary}")
    if len({voucher.entity_id for voucher in vouchers}) > 1:
        names = "、".join(f"{voucher.entity.code}:{voucher.number}" for voucher in vouchers)
        fail(
            Problem(
                "which_voucher", f"有 {len(vouchers)} 个单位用了凭证号“{what}”", what, f"写明单位：{names}"
            )
        )
    if published is None:
        fail(
            Problem(
                "nothing_published",
                "还没有公开过决算，说不出凭证影响哪些公开数字",
                what,
                "先运行 mingzhang publish。",
            )
        )
    moved = moved_by(what, published.figures)
    click.echo(f"影响《{published}》中的 {len(moved)} 个数字：")
    for coordinate in moved:
        click.echo(f"  {published.figures[str(coordinate)]:>14}  {coordinate}")
