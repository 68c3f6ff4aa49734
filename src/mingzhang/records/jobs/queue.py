"""The queue (队列): the task that django-tasks keeps for each waiting job."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from mingzhang.records.jobs.running import run

_KEPT = timedelta(days=1)


@task()
def run_job(key: str) -> None:
    """Run the job of a key, unless somebody else has it or it has ended."""
    run(key)


def enqueue(key: str) -> None:
    """Have a worker run the job of a key; queued twice, it runs once."""
    run_job.enqueue(key)


def queued() -> set[str]:
    """Keys of the jobs that the queue holds ready for a worker."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return {each["args"][0] for each in waiting.values_list("args_kwargs", flat=True)}


def prune() -> None:
    """Forget tasks of yesterday: jobs themselves tell what came of them."""
    old = ~Q(status=TaskResultStatus.READY) & Q(enqueued_at__lt=timezone.now() - _KEPT)
    DBTaskResult.objects.filter(old).delete()
