"""The menu (导航): groups of pages, each with the actions that open it and whether it is of an entity."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.casework.definitions import Line
from mingzhang.portal.access import Here
from mingzhang.portal.environment import url
from mingzhang.portal.years import current_year
from mingzhang.records.casework.setting import is_head
from mingzhang.records.models import Entity
from mingzhang.records.policy import Action


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu. `scope` is `""` for pages without an entity, `unit` for those of units with books, `entity` for all."""

    label: str
    page: str
    actions: tuple[Action, ...] = ()
    scope: str = "entity"
    family: str = ""
    """Names of pages that begin so belong to this line."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line as shown."""

    label: str
    address: str
    current: bool


GROUPS: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        "",
        (
            Item("工作台", "desk", scope=""),
            Item("待审事项", "proposals", scope="", family="proposal"),
            Item("后台任务", "jobs", scope="", family="job"),
        ),
    ),
    (
        "账务",
        (
            Item("凭证", "vouchers", (Action.VIEW_BOOKS,), "unit", family="vouchers_"),
            Item("录入凭证", "voucher_new", (Action.PREPARE_VOUCHER,), "unit"),
            Item("账簿", "ledgers", (Action.VIEW_BOOKS,), "unit", family="ledger"),
            Item("余额表", "balances", (Action.VIEW_BOOKS,), "unit"),
            Item("预算", "budgets", (Action.VIEW_BOOKS, Action.PREPARE_BUDGET), family="budget"),
            Item("项目", "projects", (Action.VIEW_BOOKS, Action.PREPARE_BUDGET), family="project"),
            Item("备查簿", "registers", (Action.VIEW_BOOKS, Action.KEEP_REGISTERS), family="register"),
            Item("业务付款", "case_payments", (Action.VIEW_BOOKS,), family="case_payment"),
            Item("导入", "imports", (Action.VIEW_BOOKS, Action.IMPORT), family="import"),
            Item("结账", "closing", (Action.VIEW_BOOKS, Action.PREPARE_CLOSE), family="closing"),
        ),
    ),
    (
        "决算",
        (
            Item("决算表", "tables", (Action.VIEW_ACCOUNTS,), family="table"),
            Item("决算说明", "report_draft", (Action.VIEW_ACCOUNTS,), family="report_"),
            Item("公开发布", "publishing", (Action.VIEW_ACCOUNTS,), family="publishing"),
            Item("汇总比较", "overview", (Action.VIEW_ACCOUNTS,)),
            Item(
                "重点工作", "work", (Action.WRITE_WORK, Action.EDIT_WORK, Action.APPROVE_WORK), family="work"
            ),
        ),
    ),
    (
        "绩效",
        (
            Item(
                "绩效管理",
                "performance",
                (Action.VIEW_ACCOUNTS, Action.PREPARE_PERFORMANCE, Action.REPORT_VALUE),
                family="performance",
            ),
        ),
    ),
    (
        "核查",
        (
            Item("核对报告", "audits", (Action.AUDIT,), scope="", family="audit"),
            Item("全区总览", "district", (Action.OVERSEE,), scope="", family="district"),
        ),
    ),
    (
        "管理",
        (
            Item("操作留痕", "trail", (Action.VIEW_TRAIL,), scope="", family="trail"),
            Item("用户", "people", (Action.ADMINISTER,), scope="", family="person"),
            Item("业务岗位", "casework_posts", (Action.ADMINISTER,), scope="", family="casework_post"),
            Item("期限规则", "casework_rules", (Action.ADMINISTER,), scope="", family="casework_rule"),
            Item("工作日历", "casework_days", (Action.ADMINISTER,), scope="", family="casework_change"),
            Item("机构", "organisation", (Action.ADMINISTER,), scope="", family="organisation"),
            Item("系统状态", "system", (Action.ADMINISTER,), scope=""),
            Item("备份", "backup", (Action.BACK_UP,), scope=""),
            Item("科目代码", "codes", scope=""),
            Item("公开格式", "editions", scope="", family="edition"),
            Item("接口令牌", "tokens", scope="", family="token"),
        ),
    ),
)


def menu(here: Here, cases: list[Link]) -> list[tuple[str, list[Link]]]:
    """The menu of a person at the entity and year of the page, or at the first they may turn to; `cases` are the lines of casework."""
    entity = here.entity or next(iter(here.entities), None)
    unit = entity if entity is not None and entity.keeps_books else _first_unit(here, entity)
    year = here.year or current_year(here.access.standing)
    match = here.request.resolver_match
    current = match.url_name if match else ""
    found = []
    for title, items in GROUPS:
        links = []
        for item in items:
            at = unit if item.scope == "unit" else entity
            if item.scope and at is None:
                continue
            if item.actions and not (
                any(here.access.may(action, at) for action in item.actions)
                if item.scope
                else any(here.access.may_anywhere(action) for action in item.actions)
            ):
                continue
            stated = {"entity": at.code, "year": year} if item.scope else {}
            belongs = current == item.page or bool(item.family and (current or "").startswith(item.family))
            links.append(Link(item.label, url(item.page, **stated), belongs))
        if links:
            found.append((title, links))
    if cases:
        found.insert(1, ("业务办理", cases))
    return found


def case_links(here: Here) -> list[Link]:
    """The lines of casework in which the person has a post, and the log of readings."""
    if not here.case.posts:
        return []
    match = here.request.resolver_match
    current = match.url_name if match else ""
    known = here.case.lines()
    reads = Link("查阅记录", url("casework_reads"), current == "casework_reads")
    if not known:
        return [reads]
    all_lines = Link("全部业务", url("casework"), current == "casework")
    if is_head(here.case) and not here.access.may_anywhere(Action.ADMINISTER):
        belongs = (current or "").startswith(("casework_rule", "casework_change", "casework_days"))
        reads_too = [reads, Link("期限规则", url("casework_rules"), belongs)]
    else:
        reads_too = [reads]
    lines = [Link(line.chinese, line_home(here, line), here.line == line) for line in known]
    return [all_lines, *lines, *reads_too]


def line_home(here: Here, line: Line) -> str:
    """The address of a line's desk, or of its figures for who sees nothing else."""
    sees_records = here.case.may(line.id, "R") or here.case.may(line.id, "O")
    return url("casework_line" if sees_records else "casework_statistics", line=line.id)


def _first_unit(here: Here, entity: Entity | None) -> Entity | None:
    """The first unit with books at or under an entity that the person may turn to."""
    if entity is None:
        return None
    known = here.access.organisation.entities
    return next((unit for unit in entity.units(known) if here.access.actions(unit)), None)
