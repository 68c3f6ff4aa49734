"""Files that prove something (附件): looked at by their first bytes, limited, kept once by their SM3 in the data folder, sealed like personal fields."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import IO

from django.db import transaction
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.events import Before, Deed, append
from mingzhang.records.casework.models import Attachment, Record, Return
from mingzhang.records.casework.sealing import key_of_bytes, sealed_bytes, unsealed_bytes
from mingzhang.records.database import home
from mingzhang.records.people.models import User
from mingzhang.records.uploads import content_of

FOLDER = "attachments"
MOST_MEGABYTES = 30
_KINDS = {
    ".pdf": ("PDF", "application/pdf"),
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".txt": ("纯文本", "text/plain"),
    ".jpg": ("图片", "image/jpeg"),
    ".jpeg": ("图片", "image/jpeg"),
    ".png": ("图片", "image/png"),
}
"""Suffixes taken, with what their content must be and how they are sent to a browser."""


def problems_of_file(name: str, size: int, content: IO[bytes]) -> Iterator[Problem]:
    """Why a file is not taken; only its first bytes are looked at."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _KINDS:
        remedy = "上传 PDF、Word（.docx）、Excel（.xlsx）、纯文本（.txt）或图片（.jpg、.png）。"
        yield Problem("E-TYPE", f"不能作为附件的文件类型“{suffix or '无扩展名'}”", name, remedy)
    elif not size:
        yield Problem("E-EVID", "文件是空的", name, "重新选择文件再传。")
    elif size > MOST_MEGABYTES * 1024 * 1024:
        what = f"文件有{size / 1024 / 1024:.1f} MB，超过上限{MOST_MEGABYTES} MB"
        yield Problem("E-RANGE", what, name, "压缩图片或分成几个文件再传。")
    elif (found := content_of(content)) != _KINDS[suffix][0]:
        what = f"扩展名是{suffix}，内容却是{found}"
        yield Problem("E-TYPE", what, name, "用原来的软件另存为正确的格式再传；不要只改扩展名。")


def path_of(sm3: str) -> Path:
    """Where the file of a digest stands."""
    return home() / FOLDER / sm3[:2] / sm3


def keep(name: str, size: int, content: IO[bytes], by: User | None, proves: str = "") -> Attachment:
    """Keep a file; the unsaved row that names it. Raises RefusedError with all that speaks against it."""
    name = PurePath(name.replace("\\", "/")).name[-120:]
    refuse(problems_of_file(name, size, content))
    digest, length = _stored(content)
    return Attachment(
        name=name, sm3=digest, size=length, media=_KINDS[PurePath(name).suffix.lower()][1], proves=proves[:80],
        added_by=by.name if by else "", added_at=timezone.now(),
    )  # fmt: skip


def _stored(content: IO[bytes]) -> tuple[str, int]:
    """Write a file sealed under the digest of its content."""
    content.seek(0)
    whole = content.read()
    digest = hashlib.new("sm3", whole).hexdigest()
    _put(digest, whole)
    return digest, len(whole)


def _put(sm3: str, content: bytes) -> None:
    """Seal a file by the current key, whole or not at all."""
    place = path_of(sm3)
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting = home() / FOLDER / f".{secrets.token_hex(8)}"
    try:
        with waiting.open("xb") as out:
            waiting.chmod(0o600)
            out.write(sealed_bytes(content, _place_of(sm3)))
            out.flush()
            os.fsync(out.fileno())
        waiting.replace(place)
    finally:
        waiting.unlink(missing_ok=True)


def _place_of(sm3: str) -> str:
    """Where a file belongs, as its seal knows it."""
    return f"{FOLDER}/{sm3}"


def opened(sm3: str) -> bytes:
    """A file's content in clear; files from before they were sealed are read as they are. Raises FileNotFoundError, ProblemError."""
    return unsealed_bytes(path_of(sm3).read_bytes(), _place_of(sm3))


def keys_used() -> Iterator[tuple[str, str]]:
    """(digest, name of its key) of every file that is kept; a blank name for one in clear."""
    for place in sorted((home() / FOLDER).glob("??/*")):
        with place.open("rb") as file:
            yield place.name, key_of_bytes(file.read(64))


def sealed_anew(sm3: str) -> None:
    """Seal a file by the current key. Raises ProblemError where it does not open."""
    _put(sm3, opened(sm3))


def attach(
    user: User,
    record: Record,
    name: str,
    size: int,
    content: IO[bytes],
    *,
    proves: str = "",
    occurred_on: date | None = None,
) -> Attachment:
    """Add a file to a record, with its event. Raises RefusedError where the person may not, or the file is none we take."""
    from mingzhang.records.casework.access import must_write

    role = must_write(user, record)
    row = keep(name, size, content, user, proves)
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=record.pk)
        row.record = locked
        row.save()
        on = occurred_on or timezone.localdate()
        append(locked, Before.of(locked), Deed("attach", user, on, role=role, reason=row.name), rows=[row])
    return row


def remove(user: User, record: Record, row: Attachment, reason: str) -> Attachment:
    """Take a file off a record, with its event and the reason; the file itself is kept, since events prove it. Raises RefusedError."""
    from mingzhang.records.casework.access import must_write

    if not reason.strip():
        raise refused("E-REQ", "移除附件须写明理由", row.name, "填写理由，如“传错文件”。")
    role = must_write(user, record)
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=record.pk)
        found = Attachment.objects.select_for_update().get(pk=row.pk, record=locked)
        if found.removed_why:
            raise refused("E-STATE", "这个附件已经移除", found.name, "刷新页面，查看现在的附件。")
        found.removed_why = reason.strip()[:200]
        found.save(update_fields=["removed_why"])
        deed = Deed(
            "detach", user, timezone.localdate(), role=role, reason=f"{found.name}：{found.removed_why}"
        )
        append(locked, Before.of(locked), deed, rows=[found])
    return found


def attach_to_return(user: User, report: Return, name: str, size: int, content: IO[bytes]) -> Attachment:
    """Keep a file as the evidence of a return; the caller records the return's change."""
    row = keep(name, size, content, user, report.form)
    row.report = report
    row.save()
    return row


def damaged(rows: Iterable[Attachment]) -> Iterator[Problem]:
    """Files that are not there, do not open, or are not what they were; each file is looked at once."""
    looked: set[str] = set()
    for row in rows:
        if row.sm3 in looked:
            continue
        looked.add(row.sm3)
        place = str(path_of(row.sm3))
        try:
            found = hashlib.new("sm3", opened(row.sm3)).hexdigest()
        except FileNotFoundError:
            yield Problem("file_missing", f"附件“{row.name}”不见了", place, "从备份恢复 attachments 文件夹。")
            continue
        except ProblemError as no:
            yield Problem(no.problem.code, f"附件“{row.name}”打不开", place, no.problem.remedy)
            continue
        if found != row.sm3:
            yield Problem("file_changed", f"附件“{row.name}”被改动", place, "从备份恢复这个文件。")
