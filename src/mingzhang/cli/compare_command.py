"""`mingzhang compare --year`: where the books and the figures somebody stated cannot be one number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mingzhang.cli.say import books_option, entity_named, open_books
from mingzhang.numbers import PERCENT, TEN_THOUSAND_YUAN, Unit, print_value

if TYPE_CHECKING:
    from mingzhang.facts import Fact, FactStore
    from mingzhang.records.models import Entity

SHOWN = 30
"""How many differences are printed."""


@click.command("compare", help="比较：账簿算出的数与填报的数（决算报表、公开数据）哪里不一致。")
@click.option("--year", type=int, required=True, help="年度，如 2021。")
@click.option("--entity", default=None, help="部门或单位的代码；默认账簿里唯一的部门。")
@click.option("--all", "every", is_flag=True, help=f"列出全部，不只前{SHOWN}处。")
@books_option
def command(year: int, entity: str | None, every: bool, books: str | None) -> None:
    """List the differences; status 1 where there are any."""
    open_books(books)
    if say_differences(entity_named(entity), [year], limit=None if every else SHOWN):
        raise SystemExit(1)


def stated_years(entity: Entity) -> list[int]:
    """Years for which figures were stated about an entity or a unit below it."""
    from mingzhang.records.models import Statement

    found = Statement.objects.filter(entity__in=entity.below()).order_by("year")
    return list(found.values_list("year", flat=True).distinct())


def say_differences(
    entity: Entity, years: Sequence[int], *, limit: int | None = SHOWN, only_if_any: bool = False
) -> int:
    """Print where books and statements differ, and return how often."""
    from mingzhang.records.points import fact_store

    store = fact_store(entity.code, years)
    pairs = store.differences()
    period = "、".join(map(str, years))
    if not pairs:
        if not only_if_any:
            stated = sum(1 for _ in store.statements())
            click.echo(f"{entity.name}{period}年度：填报的{stated}个数，凡账簿也能算出的都一致。")
        return 0
    click.echo(f"{entity.name}{period}年度：账簿与填报不一致{len(pairs)}处（公开时以账簿为准，两边都保留）：")
    for own, stated in pairs[:limit]:
        click.echo(_line(own, stated, store))
    if limit is not None and len(pairs) > limit:
        click.echo(f"  ……还有{len(pairs) - limit}处，用 mingzhang compare --all 列出全部。")
    return len(pairs)


def _line(own: Fact, stated: Fact, store: FactStore) -> str:
    from mingzhang.facts.titles import title_of

    unit = _shown_unit(own, store)
    mine, other, apart = (
        print_value(value, unit, decimals=6, strip_zeros=True) + unit.chinese
        for value in (own.value, stated.value, own.value - stated.value)
    )
    place = stated.provenance
    parts = (getattr(place, name, "") for name in ("file", "sheet", "cell"))
    where = "，".join(part for part in parts if part)
    title = title_of(own.coordinate, store.vocabulary)
    return f"  {title}：账簿 {mine}，填报 {other}，相差 {apart}（{where}）"


def _shown_unit(fact: Fact, store: FactStore) -> Unit:
    if fact.coordinate.measure.kind in ("growth", "share", "completion"):
        return PERCENT
    unit = store.vocabulary.concepts[fact.coordinate.concept].unit
    return TEN_THOUSAND_YUAN if unit.kind == "money" else unit
