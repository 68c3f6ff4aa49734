"""Publish a version into the data folder (公开): `published/<entity>/<year>/v<version>`, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError

from mingzhang import pipeline
from mingzhang.documents import Problem
from mingzhang.records.database import home
from mingzhang.records.jobs.folders import PUBLISHED, settle, staging, staging_of
from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Job, Publication
from mingzhang.records.policy import Action
from mingzhang.records.publishing import Version, edition_of, publish

_MOST_TRIES = 3


class PublishKind(JobKind):
    """Publish `year` of the entity; `edition`, `rounding`, `published_on` where not the usual."""

    name = "publish"
    chinese = "公开"
    action = Action.APPROVE_PUBLICATION

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """A year, a way of rounding that exists, a date that is one."""
        problems = []
        if not isinstance(payload.get("year"), int):
            problems.append(Problem("year_missing", "没有写明年度", self.chinese, "选择决算年度。"))
        if payload.get("rounding", "half-up") not in pipeline.ROUNDINGS:
            remedy = f"可选：{'、'.join(pipeline.ROUNDINGS)}。"
            problems.append(Problem("unknown_rounding", "没有这种取整方式", self.chinese, remedy))
        try:
            _day(payload)
        except (TypeError, ValueError):
            remedy = "写作 2022-09-15 的形式。"
            problems.append(Problem("bad_date", f"“{payload['published_on']}”不是日期", self.chinese, remedy))
        return problems

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Publish; the same content is the version that it was before."""
        for attempt in range(1, _MOST_TRIES + 1):
            try:
                return self._publish(job, pulse)
            except IntegrityError:  # somebody published meanwhile: theirs is the version before ours now
                if attempt == _MOST_TRIES:
                    raise
        raise AssertionError("the last try returns or raises")

    def _publish(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        entity, payload = job.entity, job.payload
        assert entity is not None
        place = Path(PUBLISHED, pipeline.file_name(entity.code), str(payload["year"]))
        with staging(staging_of(job)) as made:

            def keep(version: int) -> str:
                settle(made, home() / place / f"v{version}")
                return (place / f"v{version}").as_posix()

            version = publish(
                entity,
                payload["year"],
                payload.get("edition") or edition_of(entity),
                made,
                formats=(*pipeline.FORMATS, pipeline.SITE),
                rounding=payload.get("rounding", "half-up"),
                published_on=_day(payload),
                progress=pulse.tell,
                keep=keep,
            )
            return _told(
                version,
                made,
                Publication.objects.get(entity=entity, year=payload["year"], version=version.number),
            )


def _told(version: Version, made: Path, publication: Publication) -> dict[str, Any]:
    return {
        "publication": publication.pk,
        "version": version.number,
        "is_new": version.is_new,
        "folder": publication.folder,
        "files": [path.relative_to(made).as_posix() for path in version.published.files],
        "changes": len(version.changes),
        "problems": [asdict(problem) for problem in version.published.problems],
    }


def _day(payload: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(payload["published_on"]) if payload.get("published_on") else None
