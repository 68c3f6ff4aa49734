"""All departments of the district: how far each is, what is missing, whom to call; as a page or as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.downloads import FORMATS, Cell, download, yuan
from mingzhang.portal.pages.district.asked import ORDERS, Asked, asked
from mingzhang.portal.showing import show
from mingzhang.records.audits import Audited, last_audits
from mingzhang.records.district.states import DepartmentState
from mingzhang.records.policy import Action

_HEADER = (
    "部门代码", "部门", "进度", "收入（元）", "支出（元）", "批复文号", "批复日期", "公开期限", "剩余天数", "首次公开", "批复后天数", "超期天数",
    "版本", "核对错误", "核对提醒", "还缺", "联系人", "科室", "电话",
)  # fmt: skip


@page(Action.OVERSEE)
def district(here: Here) -> HttpResponse:
    """The departments that one oversees, as the address filters and orders them."""
    look = asked(here)
    audited = last_audits(here.access, look.year)
    kind = here.request.GET.get("format", "")
    if kind in FORMATS:
        name = f"全区决算公开进度{look.year}年度"
        return download(here, name, _HEADER, _rows(look, audited), kind)
    return show(
        here,
        "district/district.html",
        look=look,
        orders=ORDERS,
        audited=audited,
        tab="district",
        published=sum(state.version is not None for state in look.every),
        approved=sum(state.disclosure is not None and state.due is not None for state in look.every),
        handed_in=sum(state.sums is not None for state in look.every),
        late=sum(state.is_late for state in look.every),
        revenue=sum(state.revenue_fen for state in look.every),
        expenditure=sum(state.expenditure_fen for state in look.every),
    )


def _rows(look: Asked, audited: dict[str, Audited]) -> Iterator[list[Cell]]:
    for state in look.shown:
        yield [
            *_of_state(state),
            *_of_audit(audited.get(state.department.name)),
            "、".join(state.lacking),
            *_of_contact(state),
        ]


def _of_state(state: DepartmentState) -> list[Cell]:
    said = state.disclosure
    return [
        state.department.code,
        state.department.name,
        state.stage.chinese,
        yuan(state.revenue_fen if state.sums else None),
        yuan(state.expenditure_fen if state.sums else None),
        said.approval_number if said else "",
        str(said.approved_on or "") if said else "",
        str(state.due or ""),
        state.days_left if state.version is None else None,
        str(state.first_on or ""),
        state.days_taken,
        state.days_over or None,
        state.version,
    ]


def _of_audit(last: Audited | None) -> list[Cell]:
    return [last.findings.get(grade, 0) if last else None for grade in ("error", "warning")]


def _of_contact(state: DepartmentState) -> list[Cell]:
    contact = state.contact
    return [contact.name, contact.section, contact.phone] if contact else ["", "", ""]
