"""Jobs looked through (查后台任务)."""

from __future__ import annotations

from mingzhang.records.jobs.starting import visible_to, with_progress
from mingzhang.records.models import Job, User


def jobs_page(user: User, before: int | None, size: int) -> tuple[list[Job], int | None]:
    """A page of the jobs that a person may see, each with its progress, and before which to go on."""
    found = visible_to(user).order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: size + 1])
    return with_progress(rows[:size]), rows[size - 1].pk if len(rows) > size else None
