"""The sign of life of a running job (心跳): a thread that tells how far it is and hears whether it shall stop.

The work only says where it is and asks whether to go on. The thread writes over the connection of the queue, so neither a
long transaction of the work nor a slow step of it keeps the two from being told.
"""

from __future__ import annotations

import logging
from threading import Event, Thread
from types import TracebackType

from django.db import DatabaseError, InterfaceError, connections
from django.db.models import F
from django.utils import timezone

from mingzhang.records.database import JOBS
from mingzhang.records.models import Job, JobProgress

BEAT_SECONDS = 0.5
STOPPING = Event()
"""Set when this process was asked to end: work is given back at its next step."""

log = logging.getLogger("mingzhang.jobs")


class CancelledError(Exception):
    """Somebody asked for the job to stop."""


class GivenBackError(Exception):
    """The worker is to end; the job goes back into the queue."""


class LostError(Exception):
    """Another worker took the job, since this one gave no sign of life for too long."""


class Pulse:
    """What the work of one taking of a job is given: it tells its stage and checks whether to go on."""

    def __init__(self, job: Job) -> None:
        self.key, self.attempt = job.key, job.attempts
        self.stage, self.done, self.total = "", 0, 0
        self._ended, self._cancelled, self._lost = Event(), Event(), Event()
        self._thread = Thread(target=self._go_on, name=f"pulse of {job.pk}", daemon=True)

    def __enter__(self) -> Pulse:
        self._beat()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def tell(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done now; like `check`, ends work that shall not go on."""
        self.stage, self.done, self.total = stage[:120], done, total
        self.check()

    def check(self) -> None:
        """Raise LostError, CancelledError or GivenBackError where the work shall not go on."""
        if self._lost.is_set():
            raise LostError
        if self._cancelled.is_set():
            raise CancelledError
        if STOPPING.is_set():
            raise GivenBackError

    def _go_on(self) -> None:
        try:
            while not self._ended.wait(BEAT_SECONDS):
                self._beat()
            self._beat()
        finally:
            connections.close_all()

    def _beat(self) -> None:
        try:
            held = JobProgress.objects.filter(key=self.key, attempt=self.attempt)
            if not held.update(
                beats=F("beats") + 1,
                stage=self.stage,
                done=self.done,
                total=self.total,
                seen_at=timezone.now(),
            ):
                self._lost.set()
            elif held.filter(cancel_wanted=True).exists():
                self._cancelled.set()
        except (DatabaseError, InterfaceError):
            log.warning("the sign of life of job %s was not written", self.key, exc_info=True)
            connections[
                JOBS
            ].close_if_unusable_or_obsolete()  # after a restart of the database the next one is new
