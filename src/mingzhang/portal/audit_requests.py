"""What is asked for when reports are handed over, by form or API: the reports, what they are held against, whether they go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from mingzhang.documents import Problem
from mingzhang.records.jobs.starting import Upload, kept_names
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.uploads import SUFFIXES, accepted_list_problems, problems_of_report

BESIDE = {"prior": "上年报告", "against": "旧稿", "accepted": "认可记录"}
ACCEPT = ",".join(SUFFIXES)


@dataclass(frozen=True, slots=True)
class Allowed:
    """How much may be handed over at once."""

    files: int
    megabytes: int


ALLOWED = Allowed(files=100, megabytes=50)
"""What staff and programs may hand over at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of job with its payload and files."""

    kind: str
    payload: dict[str, Any]
    files: list[Upload]
    title: str


def asked(request: HttpRequest, allowed: Allowed) -> Asked:
    """What a form asks for. Raises RefusedError with everything that is wrong."""
    beside = {name: request.FILES[name] for name in BESIDE if name in request.FILES}
    return wanted(
        request.FILES.getlist("reports"), beside, allowed, together=bool(request.POST.get("together"))
    )


def wanted(
    reports: list[UploadedFile], beside: dict[str, UploadedFile], allowed: Allowed, *, together: bool
) -> Asked:
    """The job for these reports; `beside` are files to hold one report against, by the names of `BESIDE`."""
    problems = [*_count(reports, allowed), *_fits(reports, beside, together=together)]
    for file in (*reports, *(file for name, file in beside.items() if name != "accepted")):
        problems += problems_of_report(_name(file), file.size or 0, _content(file), allowed.megabytes)
    if "accepted" in beside:
        problems += accepted_list_problems(_name(beside["accepted"]), beside["accepted"].size or 0)
    if problems:
        raise RefusedError(*problems)
    every = [*reports, *beside.values()]
    files = [(_name(file), _content(file)) for file in every]
    first = _name(reports[0])
    if len(reports) > 1:
        how = "互相核对" if together else "逐份核对"
        return Asked("audit_many", {"together": together}, files, f"{first}等{len(reports)}份，{how}")
    names = kept_names(name for name, _ in files)
    payload = dict(zip(beside, names[1:], strict=True))
    against = "".join(f"，对照{BESIDE[name]}" for name in beside)
    return Asked("audit", payload, files, f"{first}{against}")


def _count(reports: list[UploadedFile], allowed: Allowed) -> list[Problem]:
    if not reports:
        return [Problem("file_missing", "没有选择报告", "要核对的报告", "选择或拖入至少一个文件。")]
    if len(reports) > allowed.files:
        what = f"一次最多{allowed.files}份，收到{len(reports)}份"
        return [Problem("too_many_files", what, "要核对的报告", "分几次提交。")]
    return []


def _fits(reports: list[UploadedFile], beside: dict[str, UploadedFile], *, together: bool) -> list[Problem]:
    """Refuse what does not go together."""
    if beside and len(reports) > 1:
        what = f"{'、'.join(BESIDE[name] for name in beside)}只用于一份报告"
        remedy = "每次只核对一份；同一部门的几份报告互相核对，请勾选“同属一个部门，互相核对”。"
        return [Problem("one_report_only", what, "对照", remedy)]
    if together and len(reports) == 1:
        remedy = "再加入同一部门的其他报告（所属单位、上年、预算），或取消勾选。"
        return [Problem("needs_two", "互相核对需要两份以上的报告", "互相核对", remedy)]
    return []


def _name(file: UploadedFile) -> str:
    return file.name or "报告"


def _content(file: UploadedFile) -> IO[bytes]:
    content: IO[bytes] = file.file  # type: ignore[assignment]
    return content
