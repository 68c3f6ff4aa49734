"""What a dead worker left behind is taken up again (重启后接着做): its jobs, the queue's gaps, its folders."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from time import monotonic

from django.conf import settings

from mingzhang.records.audits import forget_old_checks
from mingzhang.records.jobs.case_files import forget_case_files
from mingzhang.records.jobs.folders import sweep
from mingzhang.records.jobs.queue import enqueue, prune, queued
from mingzhang.records.jobs.running import abandoned, end
from mingzhang.records.models import Job, JobProgress

_SWEEP_SECONDS = 600.0

log = logging.getLogger("mingzhang.jobs")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The last sign of life of a job, when this watcher first saw it, whether there was an earlier one."""

    sign: tuple[int, int, int]
    since: float
    has_changed: bool


class Recovery:
    """Looks at the jobs that wait or run. A job is dead when this watcher saw no new beat of it for long enough.

    Only the watcher's own steady clock counts, so that setting the clock of a machine kills no job.
    """

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}
        self._swept = float("-inf")

    def look(self) -> bool:
        """Take up what is dead, queue what waits and is not queued; whether there are jobs of which it cannot tell yet."""
        if monotonic() - self._swept > _SWEEP_SECONDS:
            self._swept = monotonic()
            prune()
            forget_old_checks()
            forget_case_files()
            for folder in sweep():
                log.info("removed %s, which nobody will finish", folder)
        undecided = self._take_up_dead()
        waiting = set(Job.objects.filter(state=Job.State.WAITING).values_list("key", flat=True))
        for key in sorted(waiting - queued()) if waiting else ():
            enqueue(key)
        return undecided

    def _take_up_dead(self) -> bool:
        running = list(Job.objects.filter(state=Job.State.RUNNING))
        rows = JobProgress.objects.in_bulk([job.key for job in running])
        self._seen = {job.key: self._look_at(job, rows.get(job.key)) for job in running}
        for job in running:
            if monotonic() - self._seen[job.key].since < settings.JOB_DEAD_AFTER:
                continue
            outcome = abandoned(job)
            if end(job, outcome):
                log.warning("job %s gave no sign of life any more and is %s", job.pk, outcome.state)
                self._swept = float("-inf")
        return any(not seen.has_changed for seen in self._seen.values())

    def _look_at(self, job: Job, progress: JobProgress | None) -> _Seen:
        sign = (job.attempts, progress.attempt if progress else 0, progress.beats if progress else 0)
        before = self._seen.get(job.key)
        if before is None or before.sign != sign:
            return _Seen(sign, monotonic(), before is not None)
        return before
