"""`mingzhang init`: set up a department's own books — its units, its edition, its first year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import click

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.catalogue.loading import editions
from mingzhang.cli.say import books_option, fail, make_books, open_books_if_any
from mingzhang.documents import Problem

UNIT_KINDS = {
    "行政单位": "administrative",
    "参公事业单位": "civil_servant_managed",
    "事业单位": "institution",
}
"""Kinds of budget units as a user calls them."""

_OTHER_NAMES = {"行政": "administrative", "参公": "civil_servant_managed", "参照公务员法管理的事业单位": "civil_servant_managed", "事业": "institution"}  # fmt: skip

STARTS = {
    "workbook": "已有填好的决算报表（工作簿）：公开九张表或财决报表。先公开，凭证以后再补（推荐先用这个）",
    "vouchers": "从凭证账簿导入：凭证、预算、项目和登记簿",
    "empty": "先建空账",
}
"""How the figures will come, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class UnitGiven:
    """A budget unit as the user gave it."""

    code: str
    name: str
    kind: str


@click.command("init", help="建账：部门、单位、公开格式和第一个年度。不带选项时逐项询问。")
@click.option("--name", default=None, help="部门名称，如 某某区司法局。")
@click.option("--code", default=None, help="部门代码，如 201。")
@click.option("--unit", "units", multiple=True, metavar="代码:名称:类别", help="预算单位，可多次使用；类别为 行政单位、参公事业单位 或 事业单位。")  # fmt: skip
@click.option("--edition", default=None, help="公开格式，见 mingzhang editions。")
@click.option("--year", type=int, default=None, help="第一个年度，如 2024。")
@click.option("--start", type=click.Choice(tuple(STARTS)), default=None, help="数字从哪里来。")
@click.option("--yes", is_flag=True, help="不再询问。")
@books_option
def command(
    name: str | None,
    code: str | None,
    units: tuple[str, ...],
    edition: str | None,
    year: int | None,
    start: str | None,
    yes: bool,
    books: str | None,
) -> None:
    """Ask for what was not given, make the books, and say what to do next."""
    _refuse_existing(books)
    chosen = start or ("workbook" if yes else _ask_start())
    department = name or _asked("部门名称", yes, "--name")
    own_code = code or _asked("部门代码（财政预算代码）", yes, "--code", "001")
    given = [_unit(text) for text in units] or _ask_units(department, own_code, yes)
    fiscal = year or int(_asked("第一个年度", yes, "--year", str(date.today().year - 1)))
    form = _edition(edition, fiscal, yes)
    _check(department, own_code, given, fiscal)
    click.echo(f"部门  {own_code} {department}")
    for unit in given:
        kind = next(chinese for chinese, kind in UNIT_KINDS.items() if kind == unit.kind)
        click.echo(f"单位  {unit.code} {unit.name}（{kind}）")
    click.echo(f"格式  {form} {edition_named(form).chinese}；第一个年度 {fiscal}")
    if not yes:
        click.confirm("这样建账？", default=True, abort=True)
    where = _create(books, department, own_code, given, form)
    click.echo(f"已建账：{where}")
    _next(chosen, fiscal, given, books)


def _refuse_existing(books: str | None) -> None:
    """Never touch books that hold anything."""
    if not open_books_if_any(books):
        return
    from mingzhang.records.models import Entity

    found = Entity.objects.filter(kind=Entity.Kind.DEPARTMENT).first() or Entity.objects.first()
    if found:
        fail(
            Problem(
                "books_exist",
                f"这里已有“{found.name}”的账簿，没有改动",
                books or "当前文件夹",
                "换一个文件夹，或用 --books 另指定账簿文件",
            )
        )


def _ask_start() -> str:
    click.echo("数字从哪里来？")
    for number, chinese in enumerate(STARTS.values(), 1):
        click.echo(f"  {number} {chinese}")
    number = click.prompt("请选择", type=click.IntRange(1, len(STARTS)), default=1)
    return tuple(STARTS)[number - 1]


def _asked(what: str, yes: bool, option: str, default: str | None = None) -> str:
    if yes:
        fail(Problem("value_missing", f"没有给出{what}", option, f"用 {option} 给出"))
    found = click.prompt(what, default=default)
    return str(found).strip()


def _unit(text: str) -> UnitGiven:
    parts = [part.strip() for part in text.replace("：", ":").split(":")]
    if len(parts) != 3 or not all(parts):
        fail(
            Problem(
                "bad_unit", f"“{text}”不是 代码:名称:类别", "--unit", "例如 --unit 201001:某某局本级:行政单位"
            )
        )
    kind = UNIT_KINDS.get(parts[2]) or _OTHER_NAMES.get(parts[2]) or (parts[2] if parts[2] in UNIT_KINDS.values() else "")  # fmt: skip
    if not kind:
        fail(
            Problem(
                "unknown_unit_kind",
                f"单位类别“{parts[2]}”无法识别",
                "--unit",
                f"改为 {'、'.join(UNIT_KINDS)}",
            )
        )
    return UnitGiven(parts[0], parts[1], kind)


def _ask_units(department: str, code: str, yes: bool) -> list[UnitGiven]:
    if yes:
        fail(
            Problem(
                "value_missing", "没有给出预算单位", "--unit", "用 --unit 代码:名称:类别 给出，可多次使用"
            )
        )
    click.echo("预算单位（先填部门本级；名称留空结束）：")
    units: list[UnitGiven] = []
    while True:
        suggested = f"{department}本级" if not units else ""
        name = click.prompt(
            f"第{len(units) + 1}个单位的名称", default=suggested, show_default=bool(suggested)
        ).strip()
        if not name:
            return units
        unit_code = click.prompt("  代码", default=f"{code}{len(units) + 1:03d}").strip()
        for number, chinese in enumerate(UNIT_KINDS, 1):
            click.echo(f"    {number} {chinese}")
        number = click.prompt(
            "  类别", type=click.IntRange(1, len(UNIT_KINDS)), default=1 if not units else 3
        )
        units.append(UnitGiven(unit_code, name, tuple(UNIT_KINDS.values())[number - 1]))


def _edition(edition: str | None, year: int, yes: bool) -> str:
    known = editions()
    if edition:
        if edition not in known:
            fail(
                Problem(
                    "unknown_edition", f"没有公开格式“{edition}”", "--edition", f"可选：{'、'.join(known)}"
                )
            )
        return edition
    fitting = [name for name in known if _covers(name, year)] or list(known)
    suggested = next((name for name in fitting if name.startswith("national")), fitting[0])
    if yes:
        return suggested
    click.echo("公开格式：")
    for number, name in enumerate(fitting, 1):
        click.echo(f"  {number} {edition_named(name).chinese}（{name}）")
    number = click.prompt(
        "请选择", type=click.IntRange(1, len(fitting)), default=fitting.index(suggested) + 1
    )
    return fitting[number - 1]


def _covers(name: str, year: int) -> bool:
    first, last = edition_named(name).fiscal_years
    return first <= year and (last is None or year <= last)


def _check(name: str, code: str, units: list[UnitGiven], year: int) -> None:
    codes = [code, *(unit.code for unit in units)]
    repeated = {each for each in codes if codes.count(each) > 1}
    if repeated:
        fail(
            Problem(
                "duplicate_code",
                f"代码{'、'.join(sorted(repeated))}用了两次",
                "部门和单位代码",
                "每个部门、单位用不同的代码",
            )
        )
    wrong = [
        each for each in codes if not each or len(each) > 40 or any(sign in each for sign in "@/[]#,= \t")
    ]
    if wrong:
        fail(
            Problem(
                "bad_code", f"代码“{wrong[0]}”不能用", "部门和单位代码", "用字母、数字和 - 组成，不超过40个字"
            )
        )
    if not units:
        fail(Problem("no_units", "没有预算单位", "--unit", "至少有一个单位，一般是部门本级"))
    if not 2000 <= year <= date.today().year + 1:
        fail(Problem("wrong_year", f"年度{year}不合常理", "--year", "填写四位年度，如 2024"))


def _create(books: str | None, name: str, code: str, units: list[UnitGiven], edition: str) -> str:
    from django.db import connection

    make_books(books)
    from mingzhang.records.founding import found_department
    from mingzhang.records.models import Entity

    found_department(
        Entity(code=code, name=name, short_name=name, kind=Entity.Kind.DEPARTMENT, edition=edition),
        [
            Entity(code=unit.code, name=unit.name, kind=unit.kind, order=order)
            for order, unit in enumerate(units, 1)
        ],
    )
    return str(connection.settings_dict["NAME"])


def _next(start: str, year: int, units: list[UnitGiven], books: str | None) -> None:
    """The exact commands that come next."""
    at = f" --books {books}" if books else ""
    unit = units[0].code
    steps = {
        "workbook": (
            f"mingzhang template nine-tables --year {year} --out 模板{at}      空白公开表，填好后导入（已有公开表或财决报表的直接导入）",
            f"mingzhang import 公开表.xlsx --kind nine-tables --year {year}{at}",
            f"mingzhang import 财决报表.xlsx --kind final-accounts-workbook --year {year}{at}      有财决报表的用这个",
            f"mingzhang import 上年公开数据.json --kind facts-json --year {year - 1}{at}      上年的数，用来比较",
        ),
        "vouchers": (
            f"mingzhang template all --year {year} --out 模板{at}      各种空白导入表",
            f"mingzhang import 项目表.xlsx 预算指标.xlsx --entity {unit}{at}",
            f"mingzhang import 科目余额表.xlsx --year {year} --entity {unit}{at}",
            f"mingzhang import 记账凭证.xlsx --entity {unit}{at}      用友、金蝶、财政一体化导出的 XLSX 或 CSV",
            f"mingzhang close --year {year}{at}",
        ),
        "empty": (
            f"mingzhang template all --year {year} --out 模板{at}",
            "mingzhang import --help",
        ),
    }[start]  # fmt: skip
    words = (
        f"mingzhang template texts --year {year} --out 模板{at}      列出还缺的文字和变动原因，填好后导入",
        f"mingzhang publish --year {year} --out 公开{at}",
    )
    click.echo("下一步：")
    for step in (*steps, *(words if start != "empty" else ())):
        click.echo(f"  {step}")
