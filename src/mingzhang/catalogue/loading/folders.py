"""Folders of editions, their files with what they inherit, and the problems met on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingzhang.catalogue.loading.datafile import DataFile, Step, read_data_file
from mingzhang.catalogue.loading.files import EDITIONS
from mingzhang.catalogue.loading.schema import (
    CHARTS,
    EDITION,
    FORM,
    GLOSSARY,
    NAMES,
    SECTION,
    Schema,
    check_file,
    suggestion,
)
from mingzhang.documents import Problem

_ROOT: dict[str, Schema] = {
    "edition.toml": EDITION,
    "charts.toml": CHARTS,
    "glossary.toml": GLOSSARY,
    "names.toml": NAMES,
}
_MERGED = frozenset({"values", "style"})
"""Tables that a derived file may change key by key; everything else is replaced whole."""


@dataclass
class Inherited:
    """What a file says together with what it inherits, and which file said each key."""

    data: dict[str, Any]
    origin: dict[str, DataFile]

    def problem(self, code: str, what: str, remedy: str, *steps: Step) -> Problem:
        """A problem at a key, in the file that wrote it."""
        return self.origin[str(steps[0])].problem(code, what, remedy, *steps)

    @classmethod
    def of(cls, file: DataFile, base: Inherited | None = None) -> Inherited:
        """A file over its base."""
        data = dict(base.data) if base else {}
        origin = dict(base.origin) if base else {}
        for key, value in file.data.items():
            data[key] = {**data.get(key, {}), **value} if key in _MERGED else value
            origin[key] = file
        return cls(data, origin)


@dataclass
class Folder:
    """One edition's folder: its files by relative name (`forms/revenue.toml`), each read once."""

    path: Path
    files: dict[str, DataFile]
    base: Folder | None = None

    @property
    def name(self) -> str:
        """The edition's name is the folder's."""
        return self.path.name

    @property
    def edition(self) -> DataFile:
        """The file that describes the edition."""
        return self.files["edition.toml"]

    def lineage(self) -> Iterator[Folder]:
        """This folder, then its base, then the base of that."""
        yield self
        if self.base:
            yield from self.base.lineage()

    def names(self, kind: str) -> list[str]:
        """Names of forms or sections, own and inherited."""
        found = {
            Path(file).stem: None
            for folder in reversed(list(self.lineage()))
            for file in folder.files
            if file.startswith(f"{kind}/")
        }
        return list(found)

    def find(self, file: str) -> DataFile | None:
        """The file of that relative name, here or in the nearest edition below."""
        return next((folder.files[file] for folder in self.lineage() if file in folder.files), None)


@dataclass
class Library:
    """Reads folders and what they build on; collects every problem instead of stopping at the first."""

    problems: list[Problem] = field(default_factory=list)
    _folders: dict[Path, Folder | None] = field(default_factory=dict)

    def folder(self, path: Path, builds_on: tuple[Path, ...] = ()) -> Folder | None:
        """Read an edition's folder and its bases; None where that is not possible."""
        if path in self._folders:
            return self._folders[path]
        self._folders[path] = None
        files = self._read(path)
        if "edition.toml" not in files:
            return None
        folder = Folder(path, files)
        base = folder.edition.data.get("base")
        if isinstance(base, str):
            folder.base = self._base(folder.edition, base, path, (*builds_on, path))
            if folder.base is None:
                return None
        self._folders[path] = folder
        return folder

    def inherited(self, folder: Folder, name: str) -> Inherited | None:
        """A form or section together with the files its `base` names, nearest first."""
        file = folder.find(name)
        return None if file is None else self._inherit(file, name, ())

    def _inherit(self, file: DataFile, name: str, seen: tuple[Path, ...]) -> Inherited | None:
        base = file.data.get("base")
        if base is None:
            return Inherited.of(file)
        below = self._resolve(base, file.path.parent.parent)
        under = self.folder(below) if below else None
        if under is None:
            self.problems.append(_unknown_base(file, base, file.path.parent.parent))
            return None
        source = under.find(name)
        if source is None:
            self.problems.append(
                file.problem(
                    "nothing_to_inherit",
                    f"版本“{base}”没有 {name}",
                    "改正 base，或删去 base 并写全内容。",
                    "base",
                )
            )
            return None
        if source.path in (file.path, *seen):
            self.problems.append(
                file.problem(
                    "circular_base",
                    f"{name} 的 base 兜了一圈又回到自己",
                    "改为另一个版本，或删去 base。",
                    "base",
                )
            )
            return None
        inherited = self._inherit(source, name, (*seen, file.path))
        return None if inherited is None else Inherited.of(file, inherited)

    # -- reading ---------------------------------------------------------------------------------------------

    def _read(self, path: Path) -> dict[str, DataFile]:
        files: dict[str, DataFile] = {}
        if not (path / "edition.toml").is_file():
            remedy = "在该文件夹中写明版本的名称、年度和来源（可照抄已有版本）。"
            self.problems.append(Problem("file_missing", "缺少 edition.toml", str(path), remedy))
        for found in sorted(path.rglob("*.toml")):
            name = found.relative_to(path).as_posix()
            schema = _schema(name)
            if schema is None:
                self.problems.append(
                    Problem(
                        "unknown_file",
                        f"不认识的文件 {name}",
                        str(found),
                        suggestion(name, [*_ROOT, "forms/…", "sections/…"]),
                    )
                )
                continue
            read = read_data_file(found)
            if isinstance(read, Problem):
                self.problems.append(read)
                continue
            wrong = list(check_file(read, schema))
            self.problems.extend(wrong)
            files[name] = read
        return files

    def _base(self, file: DataFile, base: str, path: Path, builds_on: tuple[Path, ...]) -> Folder | None:
        below = self._resolve(base, path, itself=False)
        if below is None:
            self.problems.append(_unknown_base(file, base, path))
            return None
        if below in builds_on:
            names = " → ".join([*(step.name for step in builds_on), below.name])
            remedy = "让其中一个版本不再依据另一个。"
            self.problems.append(file.problem("circular_base", f"版本互相依据：{names}", remedy, "base"))
            return None
        return self.folder(below, builds_on)

    @staticmethod
    def _resolve(base: str, path: Path, *, itself: bool = True) -> Path | None:
        """A base is a folder beside the edition's own, or an edition of the catalogue.

        A user's edition may have the name of the catalogue's edition that it builds on.
        """
        candidates = (path.parent / base, EDITIONS / base)
        found = (folder for folder in candidates if (folder / "edition.toml").is_file())
        return next((folder for folder in found if itself or folder != path), None)


def _schema(name: str) -> Schema | None:
    if name in _ROOT:
        return _ROOT[name]
    kind, _, rest = name.partition("/")
    return {"forms": FORM, "sections": SECTION}.get(kind) if "/" not in rest else None


def _unknown_base(file: DataFile, base: str, path: Path) -> Problem:
    known = sorted(
        {entry.parent.name for root in (path.parent, EDITIONS) for entry in root.glob("*/edition.toml")}
    )
    return file.problem(
        "unknown_base",
        f"没有名为“{base}”的版本",
        suggestion(base, [name for name in known if name != path.name]),
        "base",
    )
