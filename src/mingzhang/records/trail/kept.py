"""What the trail keeps (留痕范围): every table whose rows are proved one by one, vouchers aside, which carry their digests themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models

from mingzhang.records.trail.digests import content_digest

NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept table: the book of its entries, how people call it, the fields that name a row.

    `without` are fields that change outside the trail and prove nothing. `entity` is the field with the row's entity,
    blank where it belongs to the whole installation. `app` is the label of the application that has the table.
    """

    book: str
    chinese: str
    named: tuple[str, ...]
    without: tuple[str, ...] = ()
    entity: str = "entity_id"
    app: str = "records"

    def name(self, row: models.Model) -> str:
        """A row as people recognise it."""
        stated = (getattr(row, name) for name in self.named)
        return " ".join(str(value) for value in stated if value not in (None, ""))[:NAME_LENGTH]


KEPT = {
    "Entity": Kept("organisation", "机构", ("code", "name"), entity="id"),
    "Project": Kept("projects", "项目", ("code", "name")),
    "StaffChange": Kept("registers", "人员变动", ("on", "kind", "change", "note")),
    "BudgetLine": Kept("budget", "预算指标", ("year", "document_number", "concept", "function", "economic", "project")),
    "Vehicle": Kept("registers", "车辆登记", ("plate",)),
    "Equipment": Kept("registers", "设备登记", ("name", "acquired_on")),
    "ProcurementContract": Kept("registers", "采购合同", ("number", "name")),
    "Reception": Kept("registers", "公务接待", ("on", "occasion")),
    "OverseasTrip": Kept("registers", "因公出国（境）", ("on", "destination")),
    "Statement": Kept("statements", "填报数", ("coordinate",)),
    "Reason": Kept("words", "变动原因", ("year", "cell")),
    "Text": Kept("words", "报告文字", ("year", "name")),
    "PeriodLock": Kept("closing", "结账期间", ("year", "month")),
    "Proposal": Kept("proposals", "待审事项", ("year", "title"), without=("prepared_at", "changed_at")),
    "Publication": Kept("publications", "公开版本", ("year", "version"), without=("folder",)),
    "Disclosure": Kept("publications", "公开事项", ("year",)),
    "WorkPart": Kept("work", "重点工作", ("year", "heading"), without=("changed_at",)),
    "AcceptedFinding": Kept("acceptances", "接受的核对意见", ("rule", "message")),
    "Goals": Kept("performance", "绩效目标", ("year", "overall")),
    "GoalIndicator": Kept("performance", "绩效指标", ("name", "target"), entity=""),
    "ReportedValue": Kept("performance", "填报的完成值", ("on", "value", "level"), entity=""),
    "Explanation": Kept("performance", "偏差说明", ("about", "reason"), entity=""),
    "Evaluation": Kept("performance", "绩效自评", ("number", "total"), entity=""),
    "Commitment": Kept("performance", "改进承诺", ("problem",), entity=""),
    "ExAnte": Kept("performance", "事前绩效评估", ("year", "conclusion")),
    "Monitoring": Kept("performance", "绩效监控", ("on", "light"), entity=""),
    "Grant": Kept("organisation", "授权", ("role", "user_id"), app="people"),
    "User": Kept("people", "用户", ("username", "name"), without=("password", "last_login", "must_change_password", "password_changed_at", "version"), entity="", app="people"),
    "Token": Kept("people", "接口令牌", ("name",), without=("last_used_at",), entity="", app="people"),
    "CalendarDay": Kept("calendar", "工作日历", ("date", "kind", "name"), entity="", app="casework"),
    "SettingChange": Kept("case_settings", "规则和日历变更", ("subject", "source"), entity="", app="casework"),
    "Area": Kept("registries", "区划", ("code", "name"), entity="", app="casework"),
    "AreaSuccession": Kept("registries", "区划沿革", ("before_id", "after_id", "on"), entity="", app="casework"),
    "Organisation": Kept("registries", "业务机构", ("name", "kind"), entity="", app="casework"),
    "Person": Kept("registries", "业务人员", ("key",), entity="", app="casework"),
    "CasePost": Kept("posts", "业务岗位", ("role", "line", "user_id"), entity="", app="casework"),
    "Return": Kept("returns", "单位月报", ("form", "month", "organisation_id"), entity="", app="casework"),
    "ReturnItem": Kept("returns", "月报数字", ("name", "value"), entity="", app="casework"),
    "Grain": Kept("returns", "统计口径", ("register", "month", "kind"), entity="", app="casework"),
    "Frozen": Kept("figures", "已公开指标数", ("metric", "from_on", "to_on"), entity="", app="casework"),
    "Release": Kept("figures", "小数值公开", ("metric", "from_on", "to_on"), entity="", app="casework"),
    "ReadLog": Kept("reads", "个人信息查阅", ("path", "purpose"), entity="", app="casework"),
    "SealedGrant": Kept("reads", "封存信息查阅授权", ("user_id", "from_on", "to_on"), entity="", app="casework"),
    "SensitiveExport": Kept("reads", "敏感信息导出", ("line", "kind", "purpose"), entity="", app="casework"),
    "Device": Kept("streams", "定位终端", ("kind", "number", "since"), without=("last_seen_at", "length", "head", "anchored"), entity="", app="streams"),
    "AlarmEvidence": Kept("streams", "告警证据", ("alarm_id", "first", "last"), entity="", app="streams"),
    "ImportBatch": Kept("case_imports", "台账导入", ("file_name",), entity="", app="casework"),
    "PaymentRequest": Kept("case_payments", "业务付款", ("item", "payee"), app="casework"),
}  # fmt: skip
"""Kept tables by the name of their model. A table that joins later is taken over (`adopting`) by a migration."""


class Seal(NamedTuple):
    """A row as an entry leaves it: its table and key, its name, the SM3 of its content, blank where it was removed."""

    kind: str
    key: int
    name: str
    digest: str

    def line(self) -> str:
        """The seal as a line of the entry's digest."""
        return f"{self.kind}:{self.key}:{self.digest}:{self.name}"


def seal_of(row: models.Model, *, removed: bool = False) -> Seal:
    """Seal a row of a kept table as it is now; ask before a removed row is deleted, while it has its key."""
    kind = kind_of(row)
    kept = KEPT[kind]
    return Seal(kind, row.pk, kept.name(row), "" if removed else content_digest(row, kept.without))


def kind_of(row: models.Model) -> str:
    """The name of its table's model, also of a record that is fetched when it is first asked."""
    return str(row._meta.object_name)


def is_kept(row: models.Model) -> bool:
    """Whether a record is a row of a kept table; another application may have a model of the same name that is not."""
    kept = KEPT.get(kind_of(row))
    return kept is not None and kept.app == row._meta.app_label


def differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Names of the fields whose contents differ."""
    return (name for name in after if before.get(name) != after[name])
