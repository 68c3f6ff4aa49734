"""Monthly returns (月报): a unit fills one in, submits it, another person reviews it; who is late, silent or implausible is listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mingzhang.casework.access import letters
from mingzhang.casework.deadlines import added_months
from mingzhang.casework.definitions import Field, FieldType, ReturnForm
from mingzhang.casework.field_values import BadValueError, read_value
from mingzhang.documents import Problem
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import ChangedMeanwhileError, refuse, refused
from mingzhang.records.casework.grains import RETURN, decide, registers_of
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.models import CasePost, Grain, Organisation, Record, Return, ReturnItem
from mingzhang.records.people.models import User
from mingzhang.records.trail import content, enter, record

WHOLE_UNITS = ("件", "人", "场", "次", "期", "份", "起", "家", "名", "册", "部", "项")
"""Units that are counted in whole numbers, by how they begin."""


def form_of(line_id: str, form: str) -> ReturnForm:
    """The form. Raises RefusedError for one that the line does not have."""
    line = line_of(line_id)
    if form not in line.returns:
        raise refused("E-REF", f"{line.chinese}没有月报“{form}”", "月报", "核对月报的名称。")
    return line.returns[form]


def due_on(form: ReturnForm, month: date) -> date:
    """By which day of the next month a month's return is due."""
    return added_months(month.replace(day=1), 1).replace(day=form.due_day)


def may_report(user: User, line_id: str, organisation: Organisation, today: date | None = None) -> bool:
    """Whether the person reports for the organisation: by a post at it that writes, or as who writes for the whole line."""
    access = CaseAccess(user, today)
    if access.may(line_id, "A") or _writes_everywhere(access, line_id):
        return True
    stated = line_of(line_id).access
    return any(
        _is_at(post, organisation) and letters(stated, post.role) & {"W", "O"}
        for post in access.posts_in(line_id)
    )


def save(
    user: User,
    line_id: str,
    form_id: str,
    organisation: Organisation,
    month: date,
    values: Mapping[str, Any],
    notes: Mapping[str, str] | None = None,
    *,
    version: int | None = None,
    today: date | None = None,
) -> Return:
    """Keep what a unit fills in, as a draft or again after it was sent back; blanks stay blank. Raises RefusedError with every wrong number."""
    form = form_of(line_id, form_id)
    first = month.replace(day=1)
    if not may_report(user, line_id, organisation, today):
        raise refused(
            "E-ROLE", f"您不是{organisation.name}的填报人", form.chinese, "请由该单位的联络员填报。"
        )
    read, problems = _read(form, values, today or timezone.localdate())
    refuse(problems)
    with transaction.atomic():
        report = _locked(line_id, form_id, organisation, first)
        if report is None:
            report = Return(line=line_id, form=form_id, organisation=organisation, month=first)
            report.reporter = user
            enter([report], "填报", subject=str(report))
        elif report.state not in (Return.State.DRAFT, Return.State.SENT_BACK):
            raise refused("E-STATE", "已经报送的月报不能修改", str(report), "请审核人退回后再修改。")
        _must_be(report, version)
        _write_items(report, form, read, notes or {})
        report.reporter = user
        return _changed(report, "填报", "")


def submit(user: User, report: Return, version: int, *, today: date | None = None) -> Return:
    """Submit a filled return once its month is over. Its grain becomes the return's, unless the month already has single records: then the grain must be
    declared first, so that nothing counts twice. Raises RefusedError with everything that is missing or contradicts itself.
    """
    today = today or timezone.localdate()
    form = form_of(report.line, report.form)
    with transaction.atomic():
        row = _again(report, version)
        if not may_report(user, row.line, row.organisation, today):
            raise refused(
                "E-ROLE", f"您不是{row.organisation.name}的填报人", form.chinese, "请由该单位的联络员报送。"
            )
        if row.state not in (Return.State.DRAFT, Return.State.SENT_BACK):
            raise refused("E-STATE", "这份月报已经报送", str(row), "等待审核；需要修改的，请审核人退回。")
        refuse(_standing_in_the_way(row, form, today))
        _decide_grains(row)
        row.state, row.reporter, row.submitted_at = Return.State.SUBMITTED, user, timezone.now()
        row.reviewer, row.reviewed_at = None, None
        return _changed(row, "报送", "")


def review(user: User, report: Return, version: int) -> Return:
    """Review a submitted return: from then on it counts. Another person than the reporter, with the letter A or W for the whole line."""
    with transaction.atomic():
        row = _under_review(user, report, version)
        row.state, row.reviewer, row.reviewed_at = Return.State.REVIEWED, user, timezone.now()
        return _changed(row, "审核", "")


def send_back(user: User, report: Return, version: int, note: str) -> Return:
    """Send a submitted or reviewed return back with a reason; until it is reviewed again it does not count."""
    if not note.strip():
        raise refused("E-REQ", "退回须写明理由", "退回", "填写理由。")
    with transaction.atomic():
        row = _under_review(user, report, version, reviewed=True)
        row.state, row.note, row.reviewer, row.reviewed_at = Return.State.SENT_BACK, note[:300], None, None
        return _changed(row, "退回", note)


class Missing(NamedTuple):
    """A unit whose return of a month is not there, or came late."""

    organisation: Organisation
    month: date
    status: str
    """未报 (still in time), 逾期未报, 退回未改, 待审核, 迟报."""
    silent_months: int
    """How many months in a row, this one included, nothing came."""


def expected(line_id: str, form_id: str, month: date) -> list[Organisation]:
    """The units that report a month: of the form's kinds, in force, and not declared to be counted by records or a platform."""
    form, first = form_of(line_id, form_id), month.replace(day=1)
    last = added_months(first, 1) - timedelta(days=1)
    registers = registers_of(line_of(line_id), form_id)
    others = Grain.objects.filter(line=line_id, register__in=registers, month=first).exclude(kind=RETURN)
    rows = Organisation.objects.filter(kind__in=form.reporters.split("、"), valid_from__lte=last)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=first))
    return list(rows.exclude(pk__in=others.values("organisation")).order_by("kind", "name"))


def missing(line_id: str, form_id: str, month: date, today: date | None = None) -> list[Missing]:
    """Which units have not reported a month, have not mended what was sent back, wait for review, or reported late."""
    today, first = today or timezone.localdate(), month.replace(day=1)
    due = due_on(form_of(line_id, form_id), first)
    there = {
        row.organisation_id: row for row in Return.objects.filter(line=line_id, form=form_id, month=first)
    }
    found = []
    for unit in expected(line_id, form_id, first):
        status = _status(there.get(unit.pk), due, today)
        if status:
            silent = _silent(line_id, form_id, unit, first) if status == "逾期未报" else 0
            found.append(Missing(unit, first, status, silent))
    return found


class Implausible(NamedTuple):
    """A number of a return that asks for a second look, and why."""

    report: Return
    item: str
    value: Decimal
    why: str


def implausible(line_id: str, form_id: str, month: date) -> list[Implausible]:
    """Numbers of a month far from the unit's own last twelve: more than three times the middle one or less than a third, nought where there never was one,
    the same to the last digit three months in a row. A hint to ask, nothing more.
    """
    form, first = form_of(line_id, form_id), month.replace(day=1)
    names = {name: chinese for name, chinese, _ in form.items}
    reports = Return.objects.filter(line=line_id, form=form_id, month=first).exclude(state=Return.State.DRAFT)
    found = []
    for report in reports.select_related("organisation").order_by("organisation__name"):
        history = _history(report)
        for item in report.items.exclude(value=None):
            why = _odd(item.value, history.get(item.name, []))
            if why and item.value is not None:
                found.append(Implausible(report, names.get(item.name, item.name), item.value, why))
    return found


FEWEST_MONTHS = 3
FACTOR = 3
LEAST_DIFFERENCE = 10
"""Smaller differences are never told."""


def _odd(value: Decimal | None, history: list[Decimal]) -> str:
    if value is None or len(history) < FEWEST_MONTHS:
        return ""
    middle = sorted(history)[len(history) // 2]
    if value == 0 and min(history) > 0:
        return f"本月为0，前{len(history)}个月每月都有"
    if abs(value - middle) >= LEAST_DIFFERENCE:
        if value > middle * FACTOR:
            return f"是前{len(history)}个月中位数{middle.normalize():f}的{FACTOR}倍以上"
        if value * FACTOR < middle:
            return f"不足前{len(history)}个月中位数{middle.normalize():f}的三分之一"
    if value >= LEAST_DIFFERENCE and history[:2] == [value, value]:
        return "与前两个月完全相同"
    return ""


def _history(report: Return) -> dict[str, list[Decimal]]:
    """The unit's numbers of the twelve months before, the latest first."""
    rows = ReturnItem.objects.filter(
        report__line=report.line,
        report__form=report.form,
        report__organisation=report.organisation,
        report__month__lt=report.month,
        report__month__gte=added_months(report.month, -12),
    ).exclude(report__state=Return.State.DRAFT)
    found: dict[str, list[Decimal]] = {}
    for name, value in rows.exclude(value=None).order_by("-report__month").values_list("name", "value"):
        found.setdefault(name, []).append(value)
    return found


def _status(report: Return | None, due: date, today: date) -> str:
    if report is None or report.state == Return.State.DRAFT:
        return "逾期未报" if today > due else "未报"
    if report.state == Return.State.SENT_BACK:
        return "退回未改"
    if report.state == Return.State.SUBMITTED:
        return "待审核"
    submitted = report.submitted_at
    return "迟报" if submitted and timezone.localtime(submitted).date() > due else ""


def _silent(line_id: str, form_id: str, unit: Organisation, month: date) -> int:
    reports = Return.objects.filter(line=line_id, form=form_id, organisation=unit, month__lt=month)
    last = reports.exclude(state=Return.State.DRAFT).order_by("-month").first()
    begun = last.month if last else added_months(unit.valid_from.replace(day=1), -1)
    return (month.year - begun.year) * 12 + month.month - begun.month


def _read(
    form: ReturnForm, values: Mapping[str, Any], today: date
) -> tuple[dict[str, Decimal | None], list[Problem]]:
    read: dict[str, Decimal | None] = {}
    problems: list[Problem] = []
    known = {name for name, _, _ in form.items}
    problems += [
        Problem("E-TYPE", f"月报没有“{name}”这一项", form.chinese, "核对月报的项目。")
        for name in values
        if name not in known
    ]
    for name, chinese, unit in form.items:
        whole = unit.startswith(WHOLE_UNITS)
        field = Field(
            name,
            chinese,
            FieldType.INTEGER if whole else FieldType.DECIMAL,
            decimals=0 if whole else 4,
            least="0",
            most="99999999999999",
        )
        try:
            value = read_value(field, values.get(name), today)
            read[name] = None if value is None else Decimal(value)
        except BadValueError as bad:
            problems.append(Problem(bad.code, bad.what, chinese, bad.remedy))
    return read, problems


def _standing_in_the_way(report: Return, form: ReturnForm, today: date) -> Iterator[Problem]:
    """The month is over; no item is blank without a note; a part (其中…) is not more than its whole."""
    if today < added_months(report.month, 1):
        yield Problem("E-ORDER", f"{report.month:%Y年%m月}还没有结束", form.chinese, "月末以后再报送。")
    items = {item.name: item for item in report.items.all()}
    whole: tuple[str, Decimal] | None = None
    for name, chinese, _ in form.items:
        item = items.get(name)
        if item is None or item.value is None:
            if item is None or not item.note:
                yield Problem(
                    "E-REQ", f"没有填写“{chinese}”", chinese, "没有发生的填0；暂时没有数字的写明原因。"
                )
            continue
        if not chinese.startswith("其中"):
            whole = (chinese, item.value)
        elif whole is not None and item.value > whole[1]:
            yield Problem(
                "E-RANGE",
                f"“{chinese}”{item.value.normalize():f}大于“{whole[0]}”{whole[1].normalize():f}",
                chinese,
                "核对两个数字。",
            )


def _decide_grains(report: Return) -> None:
    """Registers of which nothing was decided for the month are counted by the return from now on, unless they have single records."""
    line, first = line_of(report.line), report.month
    decided = Grain.objects.filter(line=line.id, organisation=report.organisation, month=first)
    known = set(decided.values_list("register", flat=True))
    open_ones = [register for register in registers_of(line, report.form) if register not in known]
    last = added_months(first, 1) - timedelta(days=1)
    there = Record.objects.filter(
        line=line.id, kind__in=open_ones, organisation=report.organisation, occurred_on__range=(first, last)
    ).count()
    if there:
        raise refused(
            "E-DUP",
            f"{report.organisation.name}{first:%Y年%m月}已有逐条登记{there}条，再报月报会重复统计",
            "统计口径",
            "请承办人员先确定本月按逐条登记还是按月报统计。",
        )
    for register in open_ones:
        decide(line.id, register, report.organisation, first, RETURN, "按月报统计")


def _write_items(
    report: Return, form: ReturnForm, read: Mapping[str, Decimal | None], notes: Mapping[str, str]
) -> None:
    there = {item.name: item for item in report.items.select_for_update()}
    fresh = []
    for name, _, _ in form.items:
        item = there.get(name)
        value, note = read.get(name), str(notes.get(name, ""))[:200]
        if item is None:
            fresh.append(ReturnItem(report=report, name=name, value=value, note=note))
        elif item.value != value or item.note != note:
            before = content(item)
            item.value, item.note = value, note
            item.save()
            record("returns", "填报", str(item), of=item, before=before, after=content(item))
    enter(fresh, "填报", subject=str(report))


def _under_review(user: User, report: Return, version: int, *, reviewed: bool = False) -> Return:
    row = _again(report, version)
    access = CaseAccess(user)
    if not (access.may(row.line, "A") or _writes_everywhere(access, row.line)):
        raise refused("E-ROLE", "您的岗位不能审核月报", str(row), "请由承办科室的人员审核。")
    if row.state != Return.State.SUBMITTED and not (reviewed and row.state == Return.State.REVIEWED):
        raise refused("E-STATE", "月报没有报送，或已经处理", str(row), "刷新页面，查看现在的状态。")
    if row.reporter_id == user.pk:
        raise refused("E-SELF", "月报由您本人填报，不能由您本人审核", str(row), "请由另一位人员审核。")
    return row


def _writes_everywhere(access: CaseAccess, line_id: str) -> bool:
    line = line_of(line_id)
    return any(
        post.role == line.department_role and post.organisation is None for post in access.posts_in(line_id)
    )


def _is_at(post: CasePost, organisation: Organisation) -> bool:
    """Whether a post is at the organisation, above it, or a unit's contact of its street."""
    above: Organisation | None = organisation
    while above is not None:
        if post.organisation_id == above.pk:
            return True
        above = above.parent
    return bool(
        post.role == "JO"
        and post.area
        and organisation.area
        and organisation.area.code.startswith(post.area.code)
    )


def _locked(line_id: str, form: str, organisation: Organisation, month: date) -> Return | None:
    rows = Return.objects.select_for_update().select_related("organisation")
    return rows.filter(line=line_id, form=form, organisation=organisation, month=month).first()


def _again(report: Return, version: int) -> Return:
    row = Return.objects.select_for_update().get(pk=report.pk)
    _must_be(row, version)
    return row


def _must_be(report: Return, version: int | None) -> None:
    if version is not None and report.version != version:
        raise ChangedMeanwhileError(str(report), "")


def _changed(report: Return, action: str, reason: str) -> Return:
    before = content(Return.objects.get(pk=report.pk))
    report.version += 1
    report.save()
    record("returns", action, str(report), of=report, before=before, after=content(report), reason=reason)
    return report
