"""Files of the data folder that belong to the books (数据文件): what was published, audited, uploaded, attached to casework."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.backup.archive import ArchiveReader, KeptFile, file_blocks, sync
from mingzhang.records.database import home

FOLDERS = ("published", "audits", "uploads", "attachments")


def kept_files() -> Iterator[tuple[str, Path]]:
    """Path in the data folder and place of every plain file, in order; links are not followed."""
    for name in FOLDERS:
        for folder, below, files in os.walk(home() / name):
            below.sort()
            for file in sorted(files):
                path = Path(folder, file)
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(home()).as_posix(), path


def refuse_other_files(files: list[KeptFile]) -> None:
    """Raise ProblemError where a file of the archive is there already and is another one."""
    for file in files:
        path = home() / file.path
        if not _is_there(path, file):
            continue
        if _sm3(path) != file.sm3:
            raise ProblemError(
                Problem(
                    "file_in_the_way",
                    f"数据目录里已有另一个{file.path}",
                    str(home()),
                    "没有恢复任何内容；把 MINGZHANG_HOME 指向一个空的目录，再恢复。",
                )
            )


def put_back(archive: ArchiveReader, file: KeptFile) -> bool:
    """Write a file where it was; False where the very same is there."""
    path = home() / file.path
    if _is_there(path, file):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as opened:
        for block in archive.blocks(file.member):
            opened.write(block)
    sync(part)
    part.rename(path)
    return True


def _is_there(path: Path, file: KeptFile) -> bool:
    if file.path.split("/", 1)[0] not in FOLDERS:
        raise ProblemError(
            Problem(
                "backup_foreign",
                f"备份里有不认识的文件{file.path}",
                str(home()),
                "没有恢复任何内容；换用另一份备份。",
            )
        )
    return path.exists() or path.is_symlink()


def _sm3(path: Path) -> str:
    digest = hashlib.new("sm3")
    for block in file_blocks(path):
        digest.update(block)
    return digest.hexdigest()
