"""Files that wait while their columns are compared (待导入的文件): in the data folder under a name nobody guesses, a day at most."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from django.core.files.uploadedfile import UploadedFile

from mingzhang.documents import Problem
from mingzhang.records.database import home
from mingzhang.records.models import User
from mingzhang.records.proposals.kind import RefusedError

SUFFIXES = (".xlsx", ".csv")
MOST_MEGABYTES = 30
_FOLDER = "case-imports"
_DAY_SECONDS = 86_400
_TOKEN = re.compile(r"\d+-[0-9a-f]{32}-(xlsx|csv)\Z")


def hold(user: User, file: UploadedFile | None) -> str:
    """Keep a file for its user; the token that leads to it. Raises RefusedError."""
    name = (file.name if file else "") or ""
    suffix = PurePath(name).suffix.lower()
    if file is None or suffix not in SUFFIXES:
        raise RefusedError(Problem("E-TYPE", "没有选择表格文件", name or "上传", "选择 .xlsx 或 .csv 文件。"))
    if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        raise RefusedError(Problem("E-RANGE", f"文件超过{MOST_MEGABYTES} MB", name, "分成几个文件再传。"))
    folder = home() / _FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder)
    token = f"{user.pk}-{secrets.token_hex(16)}-{suffix[1:]}"
    with (folder / _file_name(token)).open("xb") as out:
        out.writelines(file.chunks())
    return token


def held(user: User, token: str) -> Path | None:
    """The file of a token, for who gave it; None where it is somebody else's or gone."""
    if not _TOKEN.match(token) or not token.startswith(f"{user.pk}-"):
        return None
    path = home() / _FOLDER / _file_name(token)
    return path if path.is_file() else None


def let_go(path: Path) -> None:
    """Delete a file that has been taken in."""
    path.unlink(missing_ok=True)


@contextmanager
def passing(user: User, file: UploadedFile | None) -> Iterator[Path]:
    """A file kept while it is taken in at once."""
    token = hold(user, file)
    path = home() / _FOLDER / _file_name(token)
    try:
        yield path
    finally:
        let_go(path)


def _file_name(token: str) -> str:
    owner, secret, suffix = token.split("-")
    return f"{owner}-{secret}.{suffix}"


def _sweep(folder: Path) -> None:
    """Delete what has waited longer than a day."""
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > _DAY_SECONDS:
            path.unlink(missing_ok=True)
