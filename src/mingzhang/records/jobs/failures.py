"""What a failure means to the owner of a job: problems in Chinese; the traceback is for the log alone."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

from mingzhang.documents import Problem
from mingzhang.records.models import Job

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = ("disk is full", "no space left on device")


def told(failure: BaseException) -> list[Problem]:
    """The problems that a failure carries itself: a refusal, an unreadable file; none where it is our own fault."""
    problem = getattr(failure, "problem", None)
    problems = list(getattr(failure, "problems", ())) or ([problem] if problem else [])
    return [
        each if isinstance(each, Problem) else each.as_problem()
        for each in problems
        if isinstance(each, Problem) or hasattr(each, "as_problem")
    ]


def is_full_disk(failure: BaseException) -> bool:
    """Whether there was no room left, however the library that wrote says so."""
    return any(
        (isinstance(each, OSError) and each.errno in _FULL)
        or (isinstance(each, OperationalError) and any(words in str(each).lower() for words in _FULL_WORDS))
        for each in _chain(failure)
    )


def is_passing(failure: BaseException) -> bool:
    """Whether the database was away or busy, so that the same may go well in a while."""
    return isinstance(failure, OperationalError | InterfaceError) and not is_full_disk(failure)


def explained(failure: BaseException, job: Job) -> list[Problem]:
    """What to tell the owner."""
    if carried := told(failure):
        return carried
    where = f"{job.title}（任务{job.pk}）" if job.pk else job.title
    if is_full_disk(failure):
        remedy = f"没有留下任何不完整的内容。请系统管理员腾出磁盘空间，然后{_again(job)}。"
        return [Problem("disk_full", "磁盘已满，没有写成", where, remedy)]
    if is_passing(failure):
        remedy = f"账簿没有变化。稍后{_again(job)}；仍不行请系统管理员检查数据库。"
        return [Problem("database_away", "数据库没有响应", where, remedy)]
    if isinstance(failure, OSError):
        what = f"读写文件失败：{failure.strerror or type(failure).__name__}"
        remedy = f"请系统管理员检查数据文件夹的权限，然后{_again(job)}。"
        return [Problem("file_refused", what, where, remedy)]
    what = f"处理时出错（{type(failure).__name__}），账簿没有变化"
    return [Problem("failed", what, where, f"请系统管理员查看日志中任务{job.pk}的记录。")]


def stopped(job: Job) -> Problem:
    """What is said of a job that was cancelled."""
    what = "已按要求停止，没有写入任何内容"
    return Problem("cancelled", what, job.title, f"需要时{_again(job)}。", "notice")


def worn_out(job: Job) -> Problem:
    """What is said of a job whose worker died again and again."""
    what = f"处理程序{job.attempts}次中途退出，不再重试"
    remedy = f"没有留下不完整的内容。请系统管理员检查内存和日志中任务{job.pk}的记录，然后{_again(job)}。"
    return Problem("worker_died", what, job.title, remedy)


def _again(job: Job) -> str:
    """How the same is tried once more: what was approved stays approved, all else is handed in anew."""
    return "由审批人在事项页重试" if "proposal" in job.payload else "重新提交"


def _chain(failure: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = failure
    while each is not None:
        yield each
        each = each.__cause__ or each.__context__
