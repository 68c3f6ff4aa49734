"""The archive (备份文件): a ZIP whose members are written and read as streams, each known by its SM3."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError

FORMAT = "mingzhang-backup-1"
MANIFEST = "manifest.json"
TABLES, FILES = "tables", "files"
_BLOCK = 1 << 20
_LONGEST_MANIFEST = 256 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the archive: its columns, how many rows, the SM3 of their lines."""

    name: str
    columns: list[str]
    rows: int
    sm3: str

    @property
    def member(self) -> str:
        """Where its lines stand."""
        return f"{TABLES}/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the data folder in the archive, by its path there."""

    path: str
    size: int
    sm3: str

    @property
    def member(self) -> str:
        """Where it stands."""
        return f"{FILES}/{self.path}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds and which state of the program wrote it."""

    version: str
    made_at: str
    database: str
    migrations: dict[str, list[str]]
    tables: list[Table]
    files: list[KeptFile]

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return sum(table.rows for table in self.tables)

    def to_json(self) -> str:
        """As it stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, stated: dict[str, Any]) -> Manifest:
        """Raises KeyError or TypeError where something is missing."""
        return cls(
            **{name: stated[name] for name in ("version", "made_at", "database", "migrations")},
            tables=[Table(**table) for table in stated["tables"]],
            files=[KeptFile(**file) for file in stated["files"]],
        )


class ArchiveWriter(AbstractContextManager["ArchiveWriter"]):
    """Writes members one after the other, none of them ever whole in memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=5)

    def add(self, member: str, blocks: Iterable[bytes]) -> tuple[int, int, str]:
        """Add a member; how many blocks and bytes it has, and its SM3."""
        digest, count, size = hashlib.new("sm3"), 0, 0
        stated = ZipInfo(member, (1980, 1, 1, 0, 0, 0))
        stated.compress_type, stated.external_attr = ZIP_DEFLATED, 0o600 << 16
        with self._zip.open(stated, "w", force_zip64=True) as opened:
            for block in blocks:
                opened.write(block)
                digest.update(block)
                size += len(block)
                count += 1
        return count, size, digest.hexdigest()

    def add_manifest(self, manifest: Manifest) -> None:
        """Write the manifest, last of all."""
        self.add(MANIFEST, [manifest.to_json().encode()])

    def __exit__(self, *raised: object) -> None:
        self._zip.close()


class ArchiveReader(AbstractContextManager["ArchiveReader"]):
    """Reads an archive; what is damaged or foreign is refused with a problem."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = ZipFile(path)
            self.manifest = self._manifest()
        except (
            BadZipFile,
            KeyError,
            TypeError,
            ValueError,
            zlib.error,
            EOFError,
            NotImplementedError,
        ) as wrong:
            raise ProblemError(_foreign(path)) from wrong

    def _manifest(self) -> Manifest:
        if self._zip.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
            raise ValueError("the manifest is too long to be one")
        stated = json.loads(self._zip.read(MANIFEST))
        if stated["format"] != FORMAT:
            raise ValueError("another format")
        manifest = Manifest.from_json(stated)
        if any(not _is_plain(file.path) for file in manifest.files):
            raise ValueError("a path that leads out of the data folder")
        return manifest

    def blocks(self, member: str) -> Iterator[bytes]:
        """A member in blocks."""
        with self._opened(member) as opened:
            while block := self._read(member, lambda: opened.read(_BLOCK)):
                yield block

    def lines(self, member: str) -> Iterator[bytes]:
        """A member line by line."""
        with self._opened(member) as opened:
            while line := self._read(member, opened.readline):
                yield line

    def prove(self) -> None:
        """Read everything once and compare it with the manifest. Raises ProblemError where anything differs."""
        for kept in (*self.manifest.tables, *self.manifest.files):
            digest = hashlib.new("sm3")
            for block in self.blocks(kept.member):
                digest.update(block)
            if digest.hexdigest() != kept.sm3:
                raise ProblemError(self._damaged(kept.member))

    def _opened(self, member: str) -> IO[bytes]:
        try:
            return self._zip.open(member)
        except (KeyError, BadZipFile) as wrong:
            raise ProblemError(self._damaged(member)) from wrong

    def _read(self, member: str, read: Callable[[], bytes]) -> bytes:
        try:
            return read()
        except (BadZipFile, zlib.error, EOFError) as wrong:
            raise ProblemError(self._damaged(member)) from wrong

    def _damaged(self, member: str) -> Problem:
        return Problem(
            "backup_damaged",
            f"备份文件已损坏：{member}与清单不符",
            str(self._path),
            "没有恢复任何内容；换用另一份备份，或重新复制这个文件后再试。",
        )

    def __exit__(self, *raised: object) -> None:
        self._zip.close()


def file_blocks(path: Path) -> Iterator[bytes]:
    """A file in blocks."""
    with path.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield block


def sync(path: Path) -> None:
    """Have a file on the disk before anything says that it is there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_plain(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and not path.startswith("/") and ".." not in parts and "\\" not in path


def _foreign(path: Path) -> Problem:
    return Problem(
        "backup_foreign",
        "这不是明账的备份文件，或文件已损坏",
        str(path),
        "没有恢复任何内容；指明由 mingzhang backup 写出的文件。",
    )
