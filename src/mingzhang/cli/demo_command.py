"""`mingzhang demo`: the sample bureau's two years, from business events to the published final accounts."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path

import click

from mingzhang.cli.say import step, tell
from mingzhang.compose import Printer
from mingzhang.facts import Coordinate, FactStore
from mingzhang.forms.edition import NumberStyle

YEAR = 2021
PUBLISHED_ON = date(2022, 9, 15)


@click.command("demo", help="示例：建立一个虚构司法局的两年账簿，结账并公开2021年度决算（示例数据）。")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("mingzhang-demo"),
    show_default=True,
    help="写到哪个文件夹。",
)
@click.option("--serve/--no-serve", default=False, show_default=True, help="建好后启动门户，直到按 Ctrl+C。")
@click.option("--port", type=click.IntRange(1, 65535), default=8321, show_default=True, help="门户的端口。")
@click.option(
    "--district",
    type=click.IntRange(1, 60),
    is_flag=False,
    flag_value=60,
    help="另建示例区的各部门，供财政局的页面使用；可写部门数，不写为60个。",
)
def command(out: Path, serve: bool, port: int, district: int | None) -> None:
    """Build, close, publish, and name the files and the figures; then serve, if asked to."""
    out.mkdir(parents=True, exist_ok=True)
    os.environ["MINGZHANG_HOME"] = str(out.resolve())
    _build(out)
    if district:
        _add_district(district)
    if serve:
        _serve(out, port)


def _build(out: Path) -> None:
    from mingzhang.records.setup import open_books

    started = time.monotonic()
    books = out / "books.sqlite3"
    for file in (books, out / "books-jobs.sqlite3"):
        for leftover in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            leftover.unlink(missing_ok=True)
    open_books(books)
    from mingzhang import pipeline
    from mingzhang.records.models import Entity, Voucher
    from mingzhang.records.points import fact_store
    from mingzhang.records.publishing import edition_of, publish
    from mingzhang.sample import build_sample
    from mingzhang.sample.casework import add_casework
    from mingzhang.sample.casework_words import bind_indicators, bind_key_work
    from mingzhang.sample.people import add_people

    click.echo("明账示例（示例数据：单位、人员、企业、街道均为虚构）")
    build_sample(progress=step)
    add_people()
    department = Entity.objects.get(kind=Entity.Kind.DEPARTMENT)
    add_casework(department, YEAR, step)
    bind_key_work(YEAR)
    bind_indicators(YEAR)
    step(f"凭证 {Voucher.objects.count()} 张；汇总账簿")
    store = fact_store(department.code, (YEAR - 1, YEAR))
    edition = edition_of(department)
    for body in (department, *department.units()):
        folder = f"published/{body.name}"
        version = publish(
            body,
            YEAR,
            edition,
            out / folder,
            store=store,
            formats=(*pipeline.FORMATS, pipeline.SITE),
            published_on=PUBLISHED_ON,
            keep=lambda _, folder=folder: folder,
        )
        click.echo(f"{body.name}{YEAR}年度决算公开：")
        for path in version.published.files:
            if path.suffix != ".csv":
                click.echo(f"  {path}")
        tell(version.published.problems)
    _figures(department.code, store)
    click.echo(f"追溯一个数字：mingzhang trace 25.51 --books {books}")
    click.echo(f"用时 {time.monotonic() - started:.0f} 秒")


def _add_district(count: int) -> None:
    from mingzhang.sample.district import add_district

    started = time.monotonic()
    year = add_district(date.today(), count, step)
    click.echo(
        f"示例区{year}年度：{count}个部门，用时 {time.monotonic() - started:.0f} 秒。财政局登录后看“全区总览”。"
    )


def _serve(out: Path, port: int) -> None:
    """Name the addresses and the sample logins, and turn into `mingzhang serve` over the books just made."""
    from django.db import connection

    from mingzhang.records.models import Grant
    from mingzhang.sample.people import PASSWORD

    os.environ["DATABASE_URL"] = str((out / "books.sqlite3").resolve())
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    os.environ.setdefault("MINGZHANG_SECOND_FACTOR", "off")
    address = f"http://127.0.0.1:{port}"
    click.echo(f"公开网站：{address}/")
    click.echo(
        f"工作人员登录：{address}/login/   示例用户的密码都是 {PASSWORD}（只在本机演示，未启用一次性验证码）"
    )
    for grant in Grant.objects.select_related("user", "entity").order_by("user_id"):
        click.echo(
            f"  {grant.user.username:<14} {grant.user.name} {grant.get_role_display()} {grant.entity.name}"
        )
    connection.close()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "mingzhang.cli", "serve", "--port", str(port)])


def _figures(code: str, store: FactStore) -> None:
    printer = Printer(store, NumberStyle(strip_zeros=True))
    click.echo("主要数字：")
    for cell, label in _SHOWN:
        figure = printer.figure(Coordinate.parse(cell.format(code=code)))
        if figure:
            click.echo(f"  {label} {figure.text}{figure.unit}")


_SHOWN = (
    ("total_resources@{code}/2021", "收、支总计"),
    ("total_resources@{code}/2021#growth(of=2020)", "比上年增长"),
    ("expenditure[nature=basic]@{code}/2021", "基本支出"),
    ("expenditure[nature=project]@{code}/2021", "项目支出"),
    ("three_public_spending[fund=general_public_budget]@{code}/2021", "“三公”经费"),
    ("operating_costs@{code}/2021", "机关运行经费"),
    ("procurement_spending@{code}/2021", "政府采购支出"),
    ("vehicles@{code}/2021", "车辆"),
    ("staff_in_post@{code}/2021", "在职人员"),
)
