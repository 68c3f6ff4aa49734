"""One taking of a job: claimed by one worker, done, and its end written down, unless another has taken it since."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.acting import acting
from mingzhang.records.jobs.failures import explained, is_passing, worn_out
from mingzhang.records.jobs.kind import NotDoneError
from mingzhang.records.jobs.kinds import KINDS
from mingzhang.records.jobs.pulse import STOPPING, CancelledError, GivenBackError, LostError, Pulse
from mingzhang.records.models import Job, JobProgress

MOST_ATTEMPTS = 3
State = Job.State

log = logging.getLogger("mingzhang.jobs")


@dataclass(frozen=True)
class Outcome:
    """What became of one taking."""

    state: str
    problems: tuple[Problem, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)
    counted: bool = True
    """Whether the taking counts as an attempt: not where the worker gave the job back."""


def run(key: str) -> None:
    """Claim the job and do it. Nothing happens where it is not waiting."""
    job = _claimed(key)
    if job is None:
        return
    log.info("job %s (%s) begins, attempt %s", job.pk, job.kind, job.attempts)
    with Pulse(job) as pulse:
        outcome = _outcome(job, pulse)
    if outcome is None:
        log.warning("job %s was taken by another worker", job.pk)
        return
    end(job, outcome)
    log.info("job %s is %s", job.pk, outcome.state)


def end(job: Job, outcome: Outcome) -> bool:
    """Write down what became of a running job; False where somebody else has taken it since."""
    over = outcome.state in Job.ENDED
    return bool(
        Job.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts).update(
            state=outcome.state,
            attempts=job.attempts if outcome.counted else job.attempts - 1,
            ended_at=timezone.now() if over else None,
            problems=[asdict(problem) for problem in outcome.problems],
            result=outcome.result,
        )
    )


def _claimed(key: str) -> Job | None:
    """The job, now ours: only one worker can turn it from waiting to running."""
    job = Job.objects.filter(key=key, state=State.WAITING).select_related("owner", "entity").first()
    if job is None or STOPPING.is_set():
        return None
    now, before = timezone.now(), job.attempts
    job.state, job.attempts, job.started_at = State.RUNNING, before + 1, job.started_at or now
    if not Job.objects.filter(pk=job.pk, state=State.WAITING, attempts=before).update(
        state=job.state, attempts=job.attempts, started_at=job.started_at
    ):
        return None
    JobProgress.objects.update_or_create(
        key=key, defaults={"attempt": job.attempts, "stage": "", "done": 0, "total": 0, "seen_at": now}
    )
    return job


def _outcome(job: Job, pulse: Pulse) -> Outcome | None:
    """Do the work; None where another worker has the job now."""
    kind = KINDS[job.kind]
    try:
        pulse.check()
        if refusal := kind.refusal(job.owner, job.entity):
            return Outcome(State.FAILED, (refusal,))
        with acting(job.owner.name if job.owner else "公众"):
            return Outcome(State.DONE, result=kind.run(job, pulse))
    except LostError:
        return None
    except CancelledError:
        return Outcome(State.CANCELLED, (kind.stopped(job),))
    except GivenBackError:
        return Outcome(State.WAITING, counted=False)
    except NotDoneError as failure:
        return Outcome(State.FAILED, failure.problems, failure.result)
    except (
        Exception
    ) as failure:  # whatever goes wrong ends here: the owner is told in words, the log has the rest
        log.warning("job %s failed", job.pk, exc_info=True)
        close_old_connections()
        if is_passing(failure) and job.attempts < MOST_ATTEMPTS:
            return Outcome(State.WAITING)
        return Outcome(State.FAILED, tuple(explained(failure, job)))


def abandoned(job: Job) -> Outcome:
    """What becomes of a running job whose worker is dead."""
    if JobProgress.objects.filter(key=job.key, cancel_wanted=True).exists():
        return Outcome(State.CANCELLED, (KINDS[job.kind].stopped(job),))
    if job.attempts >= MOST_ATTEMPTS:
        return Outcome(State.FAILED, (worn_out(job),))
    return Outcome(State.WAITING)
