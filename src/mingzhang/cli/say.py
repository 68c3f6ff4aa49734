"""What all commands share: opening the books, finding entities, telling problems, progress."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from mingzhang.documents import Problem

if TYPE_CHECKING:
    from mingzhang.records.models import Entity

books_option = click.option(
    "--books",
    "books",
    metavar="路径或网址",
    default=None,
    help="账簿所在：SQLite 文件，或 DATABASE_URL 形式的地址；默认取环境变量 DATABASE_URL，再默认当前目录的 mingzhang.sqlite3。",
)


def open_books(books: str | None) -> None:
    """Open the books named on the command line, those of the environment by default; they must be there."""
    address = _address(books)
    if not _there(address):
        fail(
            Problem(
                "no_books",
                "没有账簿",
                address,
                "先运行 mingzhang init 建账；账簿在别处的，用 --books 指明，或设置 DATABASE_URL。",
            )
        )
    _open(address)


def make_books(books: str | None) -> None:
    """Open the books named on the command line, making them where they are not yet there."""
    _open(_address(books))


def make_books_unmigrated(books: str | None) -> None:
    """Turn to the books named on the command line as they are, without making or changing their tables."""
    from mingzhang.records.setup import prepare

    prepare(_address(books))


def open_books_if_any(books: str | None) -> bool:
    """Open the books where there are any, else empty ones in memory; whether there were."""
    address = _address(books)
    there = _there(address)
    _open(address if there else ":memory:")
    return there


def _address(books: str | None) -> str:
    from mingzhang.records.database import default_address

    return books or default_address()


def _there(address: str) -> bool:
    return "://" in address or Path(address).exists()


def _open(address: str) -> None:
    from mingzhang.records.setup import open_books as open_at

    open_at(address)


def fail(problem: Problem) -> NoReturn:
    """Tell a problem and stop with status 2."""
    click.echo(problem.in_chinese(), err=True)
    raise SystemExit(2)


def tell(problems: Iterable[Problem]) -> None:
    """Print problems to the error stream."""
    for problem in problems:
        click.echo(problem.in_chinese(), err=True)


def step(message: str) -> None:
    """Tell that a stage begins."""
    click.echo(f"  · {message}")


class Stages:
    """Tells each stage of long work once, whatever progress is told in it."""

    def __init__(self) -> None:
        self._last = ""

    def tell(self, stage: str, done: int, total: int) -> None:
        """Progress within a stage."""
        if stage != self._last:
            step(stage)
        self._last = stage


def entity_named(code: str | None) -> Entity:
    """The entity of that code or name; without one, the only department of the books."""
    from mingzhang.records.models import Entity

    entities = Entity.objects.exclude(kind=Entity.Kind.ELIMINATIONS)
    if code:
        found = entities.filter(code=code).first() or entities.filter(name=code).first()
        if found:
            return found
        known = "、".join(f"{entity.code}（{entity.name}）" for entity in entities)
        fail(
            Problem(
                "unknown_entity",
                f"没有单位“{code}”",
                "--entity",
                f"可选：{known or '账簿里还没有单位，先运行 mingzhang init'}",
            )
        )
    departments = list(entities.filter(kind=Entity.Kind.DEPARTMENT))
    if len(departments) == 1:
        return departments[0]
    if not departments:
        fail(Problem("no_department", "账簿里还没有部门", "账簿", "先运行 mingzhang init 建立部门和单位。"))
    known = "、".join(f"{entity.code}（{entity.name}）" for entity in departments)
    fail(Problem("which_department", "账簿里有多个部门", "--entity", f"用 --entity 指定：{known}"))
