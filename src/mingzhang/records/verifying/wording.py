"""What verifying says (核验用语): the same words for the same kind of finding."""

from __future__ import annotations

from mingzhang.documents import Problem
from mingzhang.records.models import TrailEntry
from mingzhang.records.trail import entry_time

RESTORE = "与最近的备份对照，找出何人何时改动；从备份恢复，确需更正的，在系统里办理，留下痕迹。"
"""What to do about a row that was changed behind the trail's back."""


def changed(what: str, where: str) -> Problem:
    """A record that says something else than when it was entered."""
    return Problem("changed_behind", f"{what}被改动，与留痕不符", where, RESTORE)


def gone(what: str, where: str) -> Problem:
    """A record that is not there any more."""
    return Problem("removed_behind", f"{what}不见了，留痕里没有删除它", where, RESTORE)


def foreign(what: str, where: str) -> Problem:
    """A record that no entry of the trail knows."""
    return Problem(
        "put_in_behind", f"{what}没有留痕，不是经系统录入的", where, f"查明来历；不该有的删去。{RESTORE}"
    )


BOOKS = {
    "ledger": "记账",
    "closing": "结账",
    "budget": "预算",
    "projects": "项目",
    "registers": "备查簿",
    "organisation": "机构",
    "words": "文字",
    "statements": "填报数",
    "proposals": "待审事项",
    "publications": "公开",
    "people": "用户",
    "work": "重点工作",
    "calendar": "工作日历",
    "case_settings": "规则和日历变更",
    "registries": "主体库",
    "posts": "业务岗位",
    "returns": "单位月报",
    "figures": "指标数",
    "reads": "个人信息查阅",
    "case_imports": "台账导入",
    "case_payments": "业务付款",
    "cases": "业务记录",
    "heads": "锚定",
}
"""Books of the trail as people call them."""


def chain_called(name: str) -> str:
    """A chain as people call it: the entity's code and the book.

    >>> chain_called("201001/ledger"), chain_called("heads")
    ('留痕“201001记账”', '留痕“锚定”')
    """
    code, _, book = name.rpartition("/")
    return f"留痕“{code}{BOOKS.get(book, book)}”"


def entry_place(entry: TrailEntry) -> str:
    """Where an entry stands, who made it and when."""
    at = f"{entry_time(entry):%Y-%m-%d %H:%M}"
    return f"{chain_called(entry.chain.name)}第{entry.number}条（{at} {entry.actor} {entry.action}）"
