"""Audits that were asked for (核对任务): who may see which, where their files are, and the public's own checks."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.jobs.audit_child import AUDIT, FILES, PICTURES, REVIEW
from mingzhang.records.jobs.folders import audits as audits_folder
from mingzhang.records.jobs.folders import uploads
from mingzhang.records.models import Job
from mingzhang.records.policy import Access, Action
from mingzhang.records.proposals.kind import RefusedError

KINDS = ("audit", "audit_many", "audit_district")
KEPT = timedelta(days=1)
"""So long are the public's checks kept."""
_MOST_AN_HOUR, _MOST_WAITING = 10, 30
_LOOKED_AT = 500
"""So many audits back are looked through for the last one of each department."""
_TOKEN = re.compile(r"[0-9a-f]{32}\Z")


def audits_visible_to(access: Access) -> QuerySet[Job]:
    """A person's own audits, and those asked for at entities where the person may audit; newest first."""
    theirs = Q(owner=access.user) | Q(entity__in=access.entities(Action.AUDIT))
    return Job.objects.filter(theirs, kind__in=KINDS).select_related("owner", "entity").order_by("-id")


def public_check(token: str) -> Job | None:
    """The check that a member of the public asked for within the last day, by its token."""
    if not _TOKEN.match(token):
        return None
    since = timezone.now() - KEPT
    return _checks().filter(key=token, created_at__gt=since).first()


def refuse_too_many_checks(address: str) -> dict[str, str]:
    """What a check notes of where it came from: nothing that says who. Raises RefusedError where there are too many."""
    sender = hmac.new(
        str(settings.SECRET_KEY).encode(), f"{timezone.localdate()}{address}".encode(), hashlib.sha256
    ).hexdigest()[:16]
    hour = timezone.now() - timedelta(hours=1)
    if _checks().filter(created_at__gt=hour, payload__sender=sender).count() >= _MOST_AN_HOUR:
        what = f"这个网络地址一小时内已经核对了{_MOST_AN_HOUR}次"
        raise RefusedError(Problem("too_many_checks", what, "自己核对", "过一小时再来。"))
    if _checks().filter(state=Job.State.WAITING).count() >= _MOST_WAITING:
        raise RefusedError(Problem("busy", "排队核对的人太多", "自己核对", "过几分钟再提交。"))
    return {"sender": sender}


def forget_old_checks() -> int:
    """Remove the public's checks of more than a day ago with all their files; how many there were."""
    old = _checks().filter(state__in=Job.ENDED, created_at__lte=timezone.now() - KEPT)
    gone = list(old)
    for job in gone:
        shutil.rmtree(uploads(job), ignore_errors=True)
        shutil.rmtree(audits_folder(job), ignore_errors=True)
        job.delete()
    return len(gone)


def _checks() -> QuerySet[Job]:
    return Job.objects.filter(owner=None, kind__in=KINDS)


@dataclass(frozen=True, slots=True)
class Kept:
    """What an audit left of one of its reports: `summary` as its job tells it, the rest as files."""

    summary: dict[str, Any]
    folder: Path

    @property
    def problem(self) -> Problem | None:
        """Why the report could not be read."""
        return Problem(**self.summary["problem"]) if self.summary.get("problem") else None

    def review(self) -> dict[str, Any]:
        """The review as data. Raises FileNotFoundError where it is gone."""
        told: dict[str, Any] = json.loads((self.folder / REVIEW).read_text(encoding="utf-8"))
        return told

    def told(self) -> dict[str, Any]:
        """The audit as `mingzhang audit --format json` states it. Raises FileNotFoundError where it is gone."""
        found: dict[str, Any] = json.loads((self.folder / AUDIT).read_text(encoding="utf-8"))
        return found

    def picture(self, page: int) -> Path | None:
        """The picture of a page."""
        path = self.folder / PICTURES / f"{page}.jpg"
        return path if path.is_file() else None

    @property
    def files(self) -> list[tuple[str, Path]]:
        """The files of every format, each with its shape."""
        shapes: dict[str, list[str]] = self.summary.get("files") or {}
        named = [(shape, name) for shape, names in shapes.items() for name in names]
        return [(shape, self.folder / FILES / Path(name).name) for shape, name in named]


def kept(job: Job) -> list[Kept]:
    """The reports of an audit that has ended, in the order in which they were handed over."""
    folder = audits_folder(job)
    if job.kind == "audit":
        return [Kept(job.result, folder)] if job.result else []
    told: list[dict[str, Any]] = job.result.get("audits") or []
    return [Kept(summary, folder / str(number)) for number, summary in enumerate(told, 1)]


@dataclass(frozen=True, slots=True)
class Audited:
    """The last audit of a department's report: its job, the report's place in it, how many findings of each grade."""

    job: Job
    place: int
    findings: dict[str, int]

    @property
    def count(self) -> int:
        """All findings."""
        return sum(self.findings.values())


def last_audits(access: Access, year: int) -> dict[str, Audited]:
    """The last audit of each department's report for a year that one may see, by the name that the report states."""
    found: dict[str, Audited] = {}
    for job in audits_visible_to(access).filter(state=Job.State.DONE)[:_LOOKED_AT]:
        for place, report in enumerate(kept(job), 1):
            told = report.summary
            if told.get("department") and told.get("year") == year and not told.get("problem"):
                found.setdefault(told["department"], Audited(job, place, told["findings"]))
    return found


def findings_of(job: Job) -> dict[str, int]:
    """How many findings of each grade an audit made, all its reports together; empty until it has ended."""
    told: dict[str, int] = {}
    for summary in job.result.get("audits") or [job.result]:
        for grade, count in (summary.get("findings") or {}).items():
            told[grade] = told.get(grade, 0) + count
    return told
