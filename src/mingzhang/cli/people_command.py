"""`mingzhang people`: the first administrator, made on the machine itself; everybody else is added in the portal."""

from __future__ import annotations

import os

import click

from mingzhang.cli.say import books_option, entity_named, fail, open_books, tell
from mingzhang.documents import Problem


@click.group("people", help="用户：在服务器上建立第一位系统管理员；其余用户在门户的“用户”页建立。")
def command() -> None:
    """Run one of the commands below."""


@command.command("add", help="建立用户并授权，显示只能用一次的密码。")
@click.argument("username")
@click.option("--name", required=True, help="姓名。")
@click.option("--section", default="", help="科室。")
@click.option(
    "--grant",
    "grants",
    multiple=True,
    metavar="角色@代码",
    help="角色和单位，如 administrator@sfj；可以重复。",
)
@books_option
def add(username: str, name: str, section: str, grants: tuple[str, ...], books: str | None) -> None:
    """Add a person with grants, all or nothing."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
    open_books(books)
    from django.db import transaction

    from mingzhang.records.administration.grants import give
    from mingzhang.records.administration.people import add_first_person
    from mingzhang.records.models import Role
    from mingzhang.records.proposals.kind import RefusedError

    asked = []
    for each in grants:
        role, _, code = each.partition("@")
        if role not in Role.values:
            known = "、".join(f"{value}（{label}）" for value, label in Role.choices)
            fail(Problem("unknown_role", f"没有角色“{role}”", "--grant", f"可选：{known}"))
        asked.append((role, entity_named(code or None)))
    try:
        with transaction.atomic():
            person, password = add_first_person(username, name, section)
            for role, entity in asked:
                give(person, role, entity)
    except RefusedError as refused:
        tell(refused.problems)
        raise SystemExit(2) from None
    click.echo(f"已建立用户 {person.username}（{person.name}）")
    for role, entity in asked:
        click.echo(f"  {Role(role).label}：{entity.name}及所属")
    click.echo(f"一次性密码：{password}（只显示这一次；首次登录后须修改）")
