"""Whether a department may publish (公开前核对): every condition with how it stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.facts import Coordinate
from mingzhang.records.budget_overlaps import budget_overlaps
from mingzhang.records.disclosures import disclosure_of, due_on
from mingzhang.records.draft_findings import draft_audit
from mingzhang.records.duties import PUBLISH_WITHIN
from mingzhang.records.internal import internal_differences
from mingzhang.records.live import Live, live
from mingzhang.records.models import (
    AcceptedFinding,
    Disclosure,
    Entity,
    PeriodLock,
    Publication,
    Statement,
    Voucher,
    WorkPart,
)
from mingzhang.records.policy import Action, people_who_may

APPROVED = (
    ("本年收入", "revenue", "approved_revenue_fen"),
    ("本年支出", "expenditure", "approved_expenditure_fen"),
)
"""What the approval states, with the concept that it is compared with."""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: how it stands in a line, and what stands in the way. `page` is where it is put right."""

    name: str
    title: str
    told: str
    problems: tuple[Problem, ...] = ()
    page: str = ""

    @property
    def state(self) -> str:
        """`error` where it must be put right first, `warning` where it deserves a look, else `good`."""
        severities = {problem.severity for problem in self.problems}
        return next((each for each in ("error", "warning") if each in severities), "good")


def checklist(entity: Entity, year: int, edition: str) -> list[Check]:
    """All conditions, in the order in which they are worked off."""
    now, disclosure = live(entity, year), disclosure_of(entity, year)
    return [
        _books(entity, year),
        _figures(entity, year, now),
        _budgets(entity, year),
        *_internal(entity, year, now),
        _words(entity, year, now, edition),
        *_work(entity, year),
        _audit(entity, now, edition),
        *_approval(entity, year, now, disclosure),
        _confidentiality(entity, year, now, disclosure, edition),
        *_deadline(entity, year, disclosure),
        *_moved(entity, year, now, edition),
    ]


def problems_of(checks: Sequence[Check]) -> list[Problem]:
    """What the checks found, gravest or not."""
    return [problem for check in checks for problem in check.problems]


def differences(entity: Entity, year: int, now: Live, disclosure: Disclosure) -> list[tuple[str, int, int]]:
    """(name, approved, computed) in fen of the totals that are not what was approved."""
    found = []
    for name, concept, field in APPROVED:
        approved = getattr(disclosure, field)
        computed = computed_fen(entity, year, now, concept)
        if approved is not None and approved != computed:
            found.append((name, approved, computed))
    return found


def computed_fen(entity: Entity, year: int, now: Live, concept: str) -> int:
    """A total of the report in fen."""
    value = now.store.value(Coordinate(concept, (), entity.code, str(year)))
    return round((value or 0) * 100)


def _books(entity: Entity, year: int) -> Check:
    if stated_without_books(entity, year):
        return Check("books", "各单位年度结账", "收支数来自填报的决算表，没有账簿要结")
    closed = PeriodLock.objects.filter(entity__in=entity.units(), year=year, month=PeriodLock.YEAR)
    done = set(closed.values_list("entity_id", flat=True))
    open_units = [unit for unit in entity.units() if unit.pk not in done]
    problems = tuple(
        Problem("year_open", f"{year}年度还没有年结", unit.name, "完成年度结账后再公开。")
        for unit in open_units
    )
    told = "、".join(unit.short_name or unit.name for unit in open_units)
    return Check("books", "各单位年度结账", f"未结账：{told}" if told else "都已结账", problems)


def stated_without_books(entity: Entity, year: int) -> bool:
    """Whether the figures of an entity's year were entered as its reports state them, and nothing was booked."""
    below = entity.below()
    stated = Statement.objects.filter(entity__in=below, year=year).exists()
    return stated and not Voucher.objects.filter(entity__in=below, year=year).exists()


def _figures(entity: Entity, year: int, now: Live) -> Check:
    totals = (Coordinate(concept, (), entity.code, str(year)) for _, concept, _ in APPROVED)
    if any(now.store.value(total) is not None for total in totals):
        return Check("figures", "收支数", "账簿里有本年收支")
    problem = Problem(
        "no_figures", f"{year}年度没有收支数", entity.name, "先导入该年度的凭证，或导入填好的决算报表工作簿。"
    )
    return Check("figures", "收支数", "没有收支数", (problem,))


def _budgets(entity: Entity, year: int) -> Check:
    found = tuple(budget_overlaps(entity.units(), year))
    return Check("budgets", "预算重复列示", f"{len(found)}处可能重复" if found else "没有重复", found)


def _internal(entity: Entity, year: int, now: Live) -> Iterator[Check]:
    if not entity.keeps_books:
        found = now.once(("internal", entity.code), lambda: tuple(internal_differences(entity.code, year)))
        told = f"{len(found)}处双方不符" if found else "双方相符，汇总时抵销"
        yield Check("internal", "部门内部往来", told, found)


def _words(entity: Entity, year: int, now: Live, edition: str) -> Check:
    missing = now.composition(entity, edition).missing
    problems = tuple(
        Problem(
            "missing_text", f"尚未填写{gap.what}", f"{entity.name}{year}年度决算说明", "在决算说明里填写。"
        )
        for gap in missing
    )
    told = f"还缺{len(missing)}处" if missing else "已写齐"
    return Check("words", "文字与变动原因", told, problems, "report_draft")


def _work(entity: Entity, year: int) -> Iterator[Check]:
    parts = list(WorkPart.objects.filter(entity=entity, year=year))
    waiting = [part for part in parts if part.state != WorkPart.State.APPROVED]
    if parts:
        problems = tuple(
            Problem(
                "work_waiting", f"“{part.heading}”{part.get_state_display()}", part.section, "审定后再公开。"
            )
            for part in waiting
        )
        told = f"{len(waiting)}个部分没有审定" if waiting else f"{len(parts)}个部分都已审定"
        yield Check("work", "重点工作", told, problems, "work")


def _audit(entity: Entity, now: Live, edition: str) -> Check:
    """What the audit of the draft proves wrong stands in the way until it is mended, or accepted with its reason."""
    found = draft_audit(now, entity, edition)
    wrong = [each.remark for each in found.findings if each.remark.severity == "error"]
    doubted = [each.remark for each in found.findings if each.remark.severity == "warning"]
    who = "、".join(person.name for person in people_who_may(Action.ACCEPT_FINDING, entity)[:5])
    or_accepted = f"确有原因的，请{who or '财务负责人'}在草稿核对里写明理由接受。"
    problems = (
        *(
            Problem(each.rule, each.message, "决算说明", f"{each.remedy or '核对后改正。'}{or_accepted}")
            for each in wrong
        ),
        *(
            Problem(each.rule, each.message, "决算说明", each.remedy or "核对后改正。", "warning")
            for each in doubted
        ),
        *(
            Problem(each.remark.rule, each.remark.message, "决算说明", _accepted(each.accepted), "notice")
            for each in found.accepted
            if each.accepted is not None and each.remark.severity in ("error", "warning")
        ),
    )
    told = [
        f"{len(wrong)}处互相矛盾，要改正" if wrong else "",
        f"{len(doubted)}处需要看一看" if doubted else "",
        f"{len(found.accepted)}处已接受" if found.accepted else "",
    ]
    return Check(
        "audit", "草稿核对", "，".join(filter(None, told)) or "没有发现矛盾", problems, "report_draft"
    )


def _accepted(row: AcceptedFinding) -> str:
    return f"{row.accepted_by.name}{timezone.localtime(row.accepted_at):%Y-%m-%d}已接受：{row.reason}"


def _approval(entity: Entity, year: int, now: Live, disclosure: Disclosure) -> Iterator[Check]:
    """The department's approval; that of a unit is its department's affair, compared where it was entered."""
    title = "决算批复"
    if disclosure.approved_on is None:
        if not entity.keeps_books:
            who = "、".join(person.name for person in people_who_may(Action.ENTER_APPROVAL, entity)[:5])
            remedy = f"收到批复后由{who or '财务负责人'}登记文号、日期和金额。"
            problem = Problem("approval_missing", "还没有登记财政部门的批复", entity.name, remedy)
            yield Check("approval", title, "没有登记", (problem,))
        return
    moved = differences(entity, year, now, disclosure)
    severity = "warning" if disclosure.approval_explanation else "error"
    remedy = disclosure.approval_explanation or "核对账簿；确有原因的，在批复里写明差异说明。"
    problems = tuple(
        Problem(
            "approval_differs",
            f"{name}批复{_yuan(approved)}元，账簿{_yuan(computed)}元，相差{_yuan(computed - approved)}元",
            entity.name,
            remedy,
            severity,
        )
        for name, approved, computed in moved
    )
    told = f"{disclosure.approval_number}，{disclosure.approved_on}"
    yield Check("approval", title, f"{told}，{'金额不一致' if moved else '金额一致'}", problems)


def _confidentiality(entity: Entity, year: int, now: Live, disclosure: Disclosure, edition: str) -> Check:
    who = "、".join(person.name for person in people_who_may(Action.REVIEW_CONFIDENTIALITY, entity)[:5])
    remedy = f"请{who or '保密审查人员'}审查现在的内容。"
    if disclosure.confidentiality_at is None or disclosure.confidentiality_by is None:
        problem = Problem("confidentiality_missing", "还没有保密审查", entity.name, remedy)
        return Check("confidentiality", "保密审查", "没有审查", (problem,))
    told = f"{disclosure.confidentiality_by.name} {timezone.localtime(disclosure.confidentiality_at):%Y-%m-%d %H:%M}"
    if disclosure.confidentiality_content != now.fingerprint(entity, edition):
        problem = Problem("confidentiality_stale", "审查之后内容又有变动", entity.name, remedy)
        return Check("confidentiality", "保密审查", f"{told}，内容已变", (problem,))
    return Check("confidentiality", "保密审查", told)


def _deadline(entity: Entity, year: int, disclosure: Disclosure) -> Iterator[Check]:
    due = due_on(disclosure)
    if due is None or Publication.objects.filter(entity=entity, year=year).exists():
        return
    left = (due - timezone.localdate()).days
    told = f"{due}以前，{f'还有{left}天' if left >= 0 else f'已超{-left}天'}"
    severity = "warning" if left <= 7 else "notice"
    problem = Problem(
        "publication_due",
        f"应在批复后{PUBLISH_WITHIN}日内公开：{told}",
        entity.name,
        "依据预算法第十四条。",
        severity,
    )
    yield Check("deadline", f"{PUBLISH_WITHIN}日期限", told, (problem,))


def _moved(entity: Entity, year: int, now: Live, edition: str) -> Iterator[Check]:
    last = Publication.objects.filter(entity=entity, year=year).order_by("version").last()
    if last is None:
        return
    same = last.document_sha256 == now.fingerprint(entity, edition)
    if last.folder and same:
        problem = Problem(
            "nothing_moved",
            f"内容与已公开的第{last.version}版相同",
            entity.name,
            "没有要更正的，不必再公开。",
        )
        yield Check("moved", "更正", "与已公开的相同", (problem,), "versions")
        return
    why = f"第{last.version}版的文件不在本系统" if same else f"第{last.version}版之后有变动"
    yield Check("moved", "更正", f"{why}，公开后成为第{last.version + 1}版", (), "versions")


def _yuan(fen: int) -> str:
    sign, (whole, rest) = "-" if fen < 0 else "", divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"
