"""The worker (处理程序): looks after what was left behind, runs one job after another, until it is asked to stop."""

from __future__ import annotations

import logging
import os
import socket
import sys

from django.db import InterfaceError, OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mingzhang.records.jobs.pulse import STOPPING
from mingzhang.records.jobs.recovery import Recovery

_LOOK_SECONDS = 1.0

log = logging.getLogger("mingzhang.jobs")


def work(*, once: bool = False) -> None:
    """Run jobs until `STOPPING` is set; `once` only those that are there, among them what dead workers left.

    A database that is away or busy is waited for.
    """
    recovery = Recovery()
    while not STOPPING.is_set():
        try:
            close_old_connections()
            undecided = recovery.look()
            if DBTaskResult.objects.ready().exists():
                _run_one()
                continue
        except (OperationalError, InterfaceError):
            log.warning("the database does not answer; trying again", exc_info=True)
            undecided = True
        if once and not undecided:
            return
        STOPPING.wait(_LOOK_SECONDS)


def _run_one() -> None:
    """Have the library take one task of the queue, so that no other worker has it, and run it."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def worker_process() -> list[str]:
    """The command that runs a worker in a process of its own, over the books of the environment."""
    return [sys.executable, "-m", "mingzhang.cli", "work"]
