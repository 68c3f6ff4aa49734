"""The publication of a year's final accounts (决算公开), prepared, reviewed and approved; a correction is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from mingzhang import pipeline
from mingzhang.documents import Problem
from mingzhang.records.database import home
from mingzhang.records.disclosures import disclosure_of
from mingzhang.records.jobs.folders import PUBLISHED, settle, staging
from mingzhang.records.live import live
from mingzhang.records.models import Entity, Proposal, Publication
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import LongKind, RefusedError, Work
from mingzhang.records.proposals.shape import Record, Text
from mingzhang.records.publication_checks import checklist, problems_of
from mingzhang.records.publishing import NotReadyError, edition_of, publish


class PublicationKind(LongKind):
    """Publish the year in the department's edition; a correction says in `note` why."""

    name = "publication"
    chinese = "决算公开"
    prepare = Action.PREPARE_PUBLICATION
    review = Action.REVIEW_PUBLICATION
    approve = Action.APPROVE_PUBLICATION
    job, doing = "publish", "公开"
    shape = Record({"edition": Text(60), "note": Text(300)}, open=True)

    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """The whole checklist, and the reason of a correction."""
        found = problems_of(checklist(entity, year, _edition(entity, payload)))
        if Publication.objects.filter(entity=entity, year=year).exists() and not _note(payload):
            found.append(
                Problem(
                    "correction_reason_missing",
                    "没有写更正的原因",
                    f"{entity.name}{year}年度决算",
                    "已经公开过：写明为什么更正，公众会看到变动了哪些数字。",
                )
            )
        return found

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Whose accounts of which year."""
        again = Publication.objects.filter(entity=entity, year=year).exists()
        return f"{entity.short_name or entity.name}{year}年度决算{'更正' if again else '公开'}"

    def carry_out(self, proposal: Proposal, work: Work) -> None:
        """Write every format aside, then put the folder, the version and the proposal's end into place together."""
        entity, year = proposal.entity, proposal.year
        _refuse_own_review(proposal)
        place = PurePosixPath(PUBLISHED, pipeline.file_name(entity.code), str(year))
        result: dict[str, Any] = {}
        with staging(work.aside) as made:

            def keep(publication: Publication) -> str:
                folder = place / f"v{publication.version}"
                settle(made, home() / folder)
                result.update(_result(publication.version, publication.changes))
                return folder.as_posix()

            try:
                version = publish(
                    entity,
                    year,
                    _edition(entity, proposal.payload),
                    made,
                    store=live(entity, year).store,
                    formats=(*pipeline.FORMATS, pipeline.SITE),
                    published_on=timezone.localdate(),
                    progress=work.tell,
                    keep=keep,
                    recording=lambda: work.finishing(result),
                )
            except NotReadyError as missing:
                raise RefusedError(*missing.problems) from missing
            except IntegrityError as taken:
                raise RefusedError(_published_meanwhile(proposal)) from taken
        if not result:  # an earlier version has this content in this edition
            with work.finishing(result):
                result.update(_result(version.number, version.changes))


def _result(version: int | None, changes: Sequence[Any]) -> dict[str, Any]:
    return {"version": version, "changes": len(changes)}


def _edition(entity: Entity, payload: dict[str, Any]) -> str:
    return payload.get("edition") or edition_of(entity)


def _note(payload: dict[str, Any]) -> str:
    return str(payload.get("note") or "").strip()


def _refuse_own_review(proposal: Proposal) -> None:
    """Who prepared the publication cannot have been the second person of its confidentiality review."""
    if disclosure_of(proposal.entity, proposal.year).confidentiality_by_id == proposal.prepared_by_id:
        raise RefusedError(
            Problem(
                "own_confidentiality_review",
                "保密审查不能由经办公开的人自己作",
                proposal.title,
                "请另一位保密审查人员审查后再公开。",
            )
        )


def _published_meanwhile(proposal: Proposal) -> Problem:
    return Problem(
        "published_meanwhile",
        "办理期间另一件公开先完成了",
        proposal.title,
        "没有公开任何内容；看过“已公开的版本”，再重试或退回。",
    )
