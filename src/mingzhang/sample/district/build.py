"""Build the sample district in open books: the government, its departments with their figures and people, approvals, publications."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction

from mingzhang import pipeline
from mingzhang.facts import FactStore
from mingzhang.records.acting import acting
from mingzhang.records.administration.grants import give
from mingzhang.records.database import home
from mingzhang.records.disclosures import Approval, disclosure_of, enter_approval, review_confidentiality
from mingzhang.records.founding import found_department
from mingzhang.records.imports.run import import_file
from mingzhang.records.jobs.folders import PUBLISHED, settle, staging
from mingzhang.records.live import live
from mingzhang.records.models import Entity, Grant, Publication, Role, User
from mingzhang.records.proposals.flow import save, submit
from mingzhang.records.publication_checks import computed_fen
from mingzhang.records.publishing import publish
from mingzhang.records.trail import content, record
from mingzhang.sample.build import SampleError
from mingzhang.sample.district.figures import figures
from mingzhang.sample.district.plan import (
    DISTRICT,
    EDITION,
    DepartmentPlan,
    accounts_year,
    departments,
    words,
)
from mingzhang.sample.district.workbook import filled_workbook
from mingzhang.sample.district.writing import write_everything
from mingzhang.sample.people import hashed

CODE = "yunling"
FORMATS = ("html", "pdf", "xlsx", "json", pipeline.SITE)
_OVERSEERS = (Role.BUREAU, Role.INSPECTOR, Role.ADMINISTRATOR)
Tell = Callable[[str], None]


def add_district(today: date, count: int | None = None, progress: Tell | None = None) -> int:
    """Add the first `count` departments (all where not given) as they stand at that day; returns the year of their accounts.

    The people who oversee the sample bureau then oversee the district, and the bureau is one of its departments.
    Raises SampleError where there is a district already, or nobody to oversee it.
    """
    tell = progress or (lambda message: None)
    if Entity.objects.filter(kind=Entity.Kind.GOVERNMENT).exists():
        raise SampleError("账簿里已有政府一级的机构，示例区只能建一次：换一个账簿文件再运行")
    year = accounts_year(today)
    government = _government()
    _people(government)
    chosen = departments()[:count]
    for plan in chosen:
        _Department(plan, government, year, today).build()
        tell(f"示例区：{plan.order}/{len(chosen)} {plan.full_name}")
    return year


def _government() -> Entity:
    government = Entity(
        code=CODE, name=f"{DISTRICT}人民政府", short_name=DISTRICT, kind=Entity.Kind.GOVERNMENT
    )
    with transaction.atomic():
        government.save()
        record(
            "organisation",
            "增设机构",
            str(government),
            entity=government,
            of=government,
            after=content(government),
        )
        for department in Entity.objects.filter(kind=Entity.Kind.DEPARTMENT, parent=None):
            before = content(department)
            department.parent = government
            department.save()
            record(
                "organisation", "修改机构", str(department),
                entity=department, of=department, before=before, after=content(department),
            )  # fmt: skip
    return government


def _people(government: Entity) -> None:
    overseers = [grant for grant in Grant.objects.select_related("user") if grant.role in _OVERSEERS]
    if not overseers:
        raise SampleError("账簿里还没有财政局的用户：先建立示例司法局，再建示例区")
    for grant in overseers:
        give(grant.user, Role(grant.role), government)
    for stated in words()["people"]:
        person = _person(stated["username"], stated["name"], stated["section"], stated["phone"])
        give(person, Role(stated["role"]), government)


def _person(username: str, name: str, section: str, phone: str) -> User:
    person = User.objects.create(
        username=username, password=hashed(), name=name, section=section, phone=phone
    )
    record("people", "建立用户", username, of=person, after=content(person, "password"))
    return person


class _Department:
    """One department on its way from an empty workbook to a publication."""

    def __init__(self, plan: DepartmentPlan, government: Entity, year: int, today: date) -> None:
        self._plan, self._year, self._today = plan, year, today
        self._entity = Entity(
            code=plan.code,
            name=plan.full_name,
            short_name=plan.full_name.removeprefix("江城市"),
            kind=Entity.Kind.DEPARTMENT,
            parent=government,
            order=plan.order,
            edition=EDITION,
            watermark="示例数据",
        )

    def build(self) -> None:
        """As far as the plan says that it has come."""
        plan = self._plan
        office = Entity(
            code=f"{plan.code}-office",
            name=f"{plan.full_name}（本级）",
            kind=Entity.Kind.ADMINISTRATIVE,
            order=1,
        )
        found_department(self._entity, [office])
        head = _person(f"{plan.code.removeprefix('yunling-')}-finance", plan.head, "财务科", plan.phone)
        give(head, Role.FINANCE_HEAD, self._entity)
        if not plan.stated:
            return
        truth = figures(plan, self._year)
        self._import(truth)
        with acting(plan.head):
            write_everything(plan, self._entity, self._year, EDITION, truth)
        if plan.approved is not None:
            self._approve(plan.approved)
        if plan.published is not None:
            self._review()
            self._publish(self._today - timedelta(days=plan.published))
        elif plan.submitted:
            self._review()
            self._submit(head)

    def _import(self, truth: FactStore) -> None:
        """Both years' workbooks, as they were handed in."""
        with TemporaryDirectory(prefix="mingzhang-district-") as folder, acting(self._plan.head):
            for year in (self._year - 1, self._year):
                slip = self._plan.slip if year == self._year else ""
                path = Path(folder, f"{self._plan.name}{year}年度决算公开表.xlsx")
                path.write_bytes(filled_workbook(self._plan, truth, year, slip))
                report = import_file(path, "nine-tables", entity=self._entity, year=year, edition=EDITION)
                if not report.accepted:
                    raise SampleError(f"示例区的报表未能导入：{report.problems[0]}")

    def _approve(self, days: int) -> None:
        now = live(self._entity, self._year)
        stated = Approval(
            f"云财决〔{self._year + 1}〕{self._plan.order}号",
            self._today - timedelta(days=days),
            *(computed_fen(self._entity, self._year, now, concept) for concept in ("revenue", "expenditure")),
        )
        enter_approval(_overseer(Role.BUREAU), self._entity, self._year, stated, 0)

    def _review(self) -> None:
        content_now = live(self._entity, self._year).fingerprint(self._entity, EDITION)
        version = disclosure_of(self._entity, self._year).version
        review_confidentiality(
            _overseer(Role.CONFIDENTIALITY), self._entity, self._year,
            "不涉及国家秘密，同意公开", content_now, content_now, version,
        )  # fmt: skip

    def _publish(self, on: date) -> None:
        folder = f"{PUBLISHED}/{pipeline.file_name(self._plan.code)}/{self._year}"
        with staging(f"district-{self._plan.code}") as made:

            def keep(publication: Publication) -> str:
                place = f"{folder}/v{publication.version}"
                settle(made, home() / place)
                return place

            store = live(self._entity, self._year).store
            with acting(self._plan.head):
                publish(
                    self._entity, self._year, EDITION, made,
                    store=store, formats=FORMATS, published_on=on, keep=keep,
                )  # fmt: skip

    def _submit(self, head: User) -> None:
        key = str(UUID(int=self._plan.order))
        proposal = save(head, "publication", self._entity, self._year, {"edition": EDITION, "note": ""}, key)
        submit(head, proposal, proposal.version)


def _overseer(role: Role) -> User:
    found: Sequence[Grant] = Grant.objects.filter(role=role, entity__code=CODE).select_related("user")[:1]
    return found[0].user
