"""Start a job, cancel it, see it: what pages and the API ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import IO, Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.jobs.failures import explained
from mingzhang.records.jobs.folders import settle, staging, uploads
from mingzhang.records.jobs.kinds import KINDS
from mingzhang.records.jobs.queue import enqueue
from mingzhang.records.models import Entity, Job, JobProgress, User
from mingzhang.records.policy import Access, Action
from mingzhang.records.proposals.kind import RefusedError

Upload = tuple[str, IO[bytes]]
"""A file's name as its owner calls it, and its content."""

_LONGEST_NAME = 120


def start(
    kind: str,
    owner: User | None,
    entity: Entity | None,
    payload: dict[str, Any],
    key: str,
    title: str,
    files: Sequence[Upload] = (),
) -> Job:
    """Have a job done, once the transaction around this commits. The same key again is the job started before.

    `files` are kept with the job; their names stand in `payload["files"]`. Raises RefusedError.
    """
    of = KINDS[kind]
    if known := _known(kind, owner, key):
        return known
    names = kept_names(name for name, _ in files)
    payload = {**payload, "files": names}
    refusal = of.refusal(owner, entity)
    if problems := [refusal] if refusal else list(of.check(payload)):
        raise RefusedError(*problems)
    wanted = Job(kind=kind, owner=owner, entity=entity, payload=payload, key=key, title=title[:200])
    try:
        return _started(wanted, [content for _, content in files])
    except IntegrityError:
        known = _known(kind, owner, key)
        if known is None:
            raise
        return known
    except OSError as failure:
        raise RefusedError(*explained(failure, wanted)) from failure


def _started(job: Job, contents: Sequence[IO[bytes]]) -> Job:
    """Write the files down first, so that the transaction is short; a file that cannot be written starts no job."""
    with staging(f"upload-{uuid4().hex}") as folder:
        for name, content in zip(job.payload["files"], contents, strict=True):
            target = folder / name
            target.parent.mkdir(exist_ok=True)
            with target.open("wb") as kept:
                shutil.copyfileobj(content, kept, 1 << 20)
        with transaction.atomic():
            job.save(force_insert=True)
            if contents:
                settle(folder, uploads(job))
            transaction.on_commit(lambda: enqueue(job.key), robust=True)
    return job


def cancel(user: User | None, job: Job) -> None:
    """Ask for a job to stop: at once where it waits, at its next step where it runs. Raises RefusedError.

    Whoever knows the key of a job that nobody owns may stop it.
    """
    if job.owner_id is not None and not visible_to(user).filter(pk=job.pk).exists():
        raise RefusedError(Problem("not_allowed", "这不是您提交的任务", job.title, "由提交的人取消。"))
    JobProgress.objects.update_or_create(key=job.key, defaults={"cancel_wanted": True})
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
        state=Job.State.CANCELLED, ended_at=timezone.now(), problems=[asdict(KINDS[job.kind].stopped(job))]
    )


def visible_to(user: User | None) -> QuerySet[Job]:
    """The jobs that a person may see and cancel: the person's own, all of them where the person administers."""
    if user is None:
        return Job.objects.none()
    every = Job.objects.select_related("owner", "entity")
    return every if Access(user).may_anywhere(Action.ADMINISTER) else every.filter(owner=user)


def with_progress(jobs: Iterable[Job]) -> list[Job]:
    """The jobs, each knowing how far it is, in one query."""
    found = list(jobs)
    rows = JobProgress.objects.in_bulk([job.key for job in found])
    for job in found:
        job.progress = rows.get(job.key) or JobProgress(key=job.key)
    return found


def _known(kind: str, owner: User | None, key: str) -> Job | None:
    """The job started before under this key."""
    if not 0 < len(key) <= 64:
        raise RefusedError(Problem("key_missing", "这次提交没有标识", "提交", "重新打开页面再提交。"))
    known = Job.objects.filter(key=key).first()
    if known and (known.kind != kind or known.owner_id != (owner.pk if owner else None)):
        raise RefusedError(
            Problem("key_taken", "这次提交的标识已被使用", known.title, "重新打开页面再提交。")
        )
    return known


def kept_names(given: Iterable[str]) -> list[str]:
    """The names under which files are kept: their own without any folder, in a numbered folder where two are alike."""
    found: list[str] = []
    for number, name in enumerate(given, 1):
        own = "".join(character for character in name.replace("\\", "/") if character.isprintable())
        path = PurePosixPath(PurePosixPath(own).name or f"文件{number}")
        stem = path.stem.encode()[:_LONGEST_NAME].decode(errors="ignore").lstrip(".") or "文件"
        plain = f"{stem}{path.suffix[:10]}"
        found.append(plain if plain not in found else f"{number}/{plain}")
    return found
