"""The folder of an audited province: parts, each a folder with some reports' rows of every table.

    DIR/parts/<name>/reports.parquet, findings.parquet, facts.parquet
    DIR/unfinished/                     what is being written; never read

A part appears by one renaming, whole or not at all, so that whatever is killed leaves nothing half done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import duckdb

from mingzhang.province.tables import TABLES


@dataclass(frozen=True, slots=True)
class Done:
    """What is known of a report that has been audited."""

    part: str
    size: int
    modified: int
    digest: str
    program: str


class ProvinceFolder:
    """The folder of the parts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = path / "parts"
        self.unfinished = path / "unfinished"

    def prepare(self) -> None:
        """Make the folder; what was left unfinished is thrown away, of reports found twice one is kept."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        self.parts.mkdir(parents=True, exist_ok=True)
        self.unfinished.mkdir(exist_ok=True)
        self.forget_doubles()

    @property
    def empty(self) -> bool:
        """Whether there is no part yet."""
        return next(self.parts.glob("*/reports.parquet"), None) is None

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return (self.parts / name).exists()

    def table(self, name: str) -> str:
        """A table over all parts, for a query: `read_parquet(…)`."""
        return f"read_parquet('{_quoted(self.parts)}/*/{name}.parquet', filename=true)"

    def done(self) -> dict[str, Done]:
        """Every report audited so far, by path, but for those whose file could not be opened."""
        return {path: done for path, done in self._rows() if done.digest}

    def forget(self, paths: Collection[str]) -> None:
        """Take the rows of some reports out of their parts."""
        stale = defaultdict(set)
        for path, done in self._rows():
            if path in paths:
                stale[done.part].add(path)
        for part, gone in stale.items():
            self._without(part, gone)

    def forget_doubles(self) -> None:
        """Keep one row of each report: a killed run may leave some that another one wrote as well."""
        seen: set[str] = set()
        twice = defaultdict(set)
        for path, done in self._rows():
            if path in seen:
                twice[done.part].add(path)
            seen.add(path)
        for part, gone in twice.items():
            self._without(part, gone)

    def add(self, name: str, sources: Mapping[str, str]) -> None:
        """Write a part from a query for each table; one of that name that is already there stays as it is."""
        made = self.unfinished / uuid4().hex
        made.mkdir()
        with connected() as database:
            for table, source in sources.items():
                target = _quoted(made / f"{table}.parquet")
                database.execute(f"COPY ({source}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        try:
            made.rename(self.parts / name)
        except OSError:
            if not (self.parts / name).exists():
                raise
            shutil.rmtree(made)

    def _rows(self) -> Iterator[tuple[str, Done]]:
        if self.empty:
            return
        with connected() as database:
            wanted = "path, filename, size, modified, digest, program"
            found = database.execute(f"SELECT {wanted} FROM {self.table('reports')} ORDER BY filename, path")
            while rows := found.fetchmany(10_000):
                for path, file, size, modified, digest, program in rows:
                    yield path, Done(Path(file).parent.name, size or 0, modified or 0, digest or "", program)

    def _without(self, part: str, gone: Collection[str]) -> None:
        """Write the part anew without some reports, then take the old one away."""
        with connected() as database:
            rows = database.execute(
                f"SELECT path, digest FROM read_parquet('{_quoted(self.parts / part)}/reports.parquet')"
            ).fetchall()
        kept = [(path, digest) for path, digest in rows if path not in gone]
        if kept:
            listed = ", ".join(f"'{_quoted(path)}'" for path, _ in kept)
            old = {table: f"read_parquet('{_quoted(self.parts / part)}/{table}.parquet')" for table in TABLES}
            self.add(
                part_name(kept),
                {table: f"SELECT * FROM {source} WHERE path IN ({listed})" for table, source in old.items()},
            )
        away = self.unfinished / uuid4().hex
        (self.parts / part).rename(away)
        shutil.rmtree(away)


def part_name(reports: Iterable[tuple[str, str | None]]) -> str:
    """The name of a part with these reports (path, digest): the same reports give the same name."""
    told = "\n".join(f"{path}\t{digest}" for path, digest in sorted(reports, key=lambda each: each[0]))
    return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()[:20]


def lines(folder: Path, table: str) -> str:
    """A query over files of JSON lines, `*.<table>` in a folder, with the table's columns."""
    columns = ", ".join(f"'{each.name}': '{each.type}'" for each in TABLES[table])
    names = ", ".join(each.name for each in TABLES[table])
    return (
        f"SELECT {names} FROM read_json('{_quoted(folder)}/*.{table}', format='newline_delimited', "
        f"columns={{{columns}}})"
    )


@contextmanager
def connected(threads: int = 1) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory, to query with."""
    with duckdb.connect(config={"threads": threads}) as database:
        yield database


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody else is writing to the folder, as far as the system tells; nobody else can while inside."""
    path.mkdir(parents=True, exist_ok=True)
    with (path / ".lock").open("w") as lock:
        free = True
        with suppress(ImportError, OSError):  # not every system or file server has locks
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                free = False
        yield free


def _quoted(text: str | os.PathLike[str]) -> str:
    return os.fspath(text).replace("'", "''")
