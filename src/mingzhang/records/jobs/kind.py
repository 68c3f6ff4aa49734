"""What a kind of job must know: who may start it, whether what is asked makes sense, and how it is done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.jobs.failures import stopped
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Entity, Job, User
from mingzhang.records.policy import Access, Action, people_who_may


class JobKind(ABC):
    """A kind of job. `action` is what its owner must be allowed at the entity; None where anybody may, logged in or not."""

    name: str
    chinese: str
    action: Action | None

    def refusal(self, owner: User | None, entity: Entity | None) -> Problem | None:
        """Why this person may not have it done there, or None."""
        if self.action is None:
            return None
        if owner is not None and entity is not None and Access(owner).may(self.action, entity):
            return None
        able = "、".join(person.name for person in people_who_may(self.action, entity)[:5]) if entity else ""
        remedy = f"请{able}办理。" if able else "请系统管理员授权。"
        return Problem("not_allowed", "您没有这项权限", entity.name if entity else self.chinese, remedy)

    @abstractmethod
    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """What is wrong with what is asked for."""

    @abstractmethod
    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Do it; what came of it, as JSON. To do it again after it was broken off anywhere must change nothing.

        Raises what carries a problem or problems, NotDoneError where there is a result besides.
        """

    def stopped(self, job: Job) -> Problem:
        """What is said of a job that was cancelled; work that is done piece by piece says what stays."""
        return stopped(job)


class NotDoneError(Exception):
    """Work that came to its end and did not do what was asked; `result` tells the details."""

    def __init__(self, problems: Sequence[Problem], result: dict[str, Any]) -> None:
        super().__init__("\n".join(problem.in_chinese() for problem in problems))
        self.problems = tuple(problems)
        self.result = result


def needs_files(payload: Mapping[str, Any], least: int, most: int) -> list[Problem]:
    """The problem of too few or too many uploaded files."""
    count = len(payload.get("files") or ())
    if count < least:
        return [Problem("file_missing", "没有文件", "上传", "选择要上传的文件，再提交。")]
    if count > most:
        return [Problem("too_many_files", f"一次最多{most}个文件，收到{count}个", "上传", "分几次提交。")]
    return []
