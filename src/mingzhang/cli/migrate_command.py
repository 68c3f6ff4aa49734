"""`mingzhang migrate`: bring the tables of the books and of the portal up to date, as an upgrade needs it."""

from __future__ import annotations

import os

import click

from mingzhang.cli.say import books_option


@click.command("migrate", help="升级数据库：建立或更新账簿和门户的全部数据表（升级软件后运行）。")
@books_option
@click.option("--check", is_flag=True, help="只检查是否需要升级；需要时以状态 1 结束。")
def command(books: str | None, check: bool) -> None:
    """Migrate, and name what was done."""
    if books:
        os.environ["DATABASE_URL"] = books
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
    import django

    from mingzhang.records.setup import migrate, pending

    django.setup()
    wanted = list(dict.fromkeys((app, name) for _, app, name in pending()))
    if not wanted:
        click.echo("数据库已是最新。")
        return
    for app, name in wanted:
        click.echo(f"{'待升级' if check else '升级'}  {app} {name}")
    if check:
        raise SystemExit(1)
    migrate()
    from mingzhang.records.search import catch_up

    catch_up()
    click.echo("数据库已升级。")
