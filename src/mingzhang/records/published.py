"""Published versions as the public sees them (公开版本): the newest of each, and their frozen files, proved when served."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.database import home
from mingzhang.records.models import Publication
from mingzhang.write.manifest import MANIFEST
from mingzhang.write.zip_times import zip_bytes

FRAGMENT, EXPLANATIONS, PACKAGE = "fragment.html", "explanations.json", "open-data"
INTERNAL = (FRAGMENT, EXPLANATIONS)
"""Files of a version that make its page and are not offered by themselves."""


class ChangedFileError(ProblemError):
    """A frozen file is not what was published; `problem` says so."""


class NoSuchFileError(LookupError):
    """The version has no file of this name, or its files stand elsewhere."""


def newest_publications() -> QuerySet[Publication]:
    """The newest version of each report, without the figures: departments in order, newest year first."""
    newer = Publication.objects.filter(
        entity=OuterRef("entity"), year=OuterRef("year"), version__gt=OuterRef("version")
    )
    return (
        Publication.objects.filter(~Exists(newer))
        .select_related("entity", "entity__parent")
        .defer("figures", "manifest", "changes")
        .order_by("-year", "entity__order", "entity__code")
    )


def published_years() -> list[int]:
    """Years with something published, newest first."""
    return sorted(Publication.objects.order_by().values_list("year", flat=True).distinct(), reverse=True)


def frozen(publication: Publication, name: str) -> tuple[bytes, str]:
    """A file of a version and its SHA-256, after comparing it with what was frozen at publication.

    Raises NoSuchFileError, and ChangedFileError where the file is not the one that was published.
    """
    entry = _entries(publication).get(name)
    if not publication.folder or (entry is None and name != MANIFEST) or _escapes(name):
        raise NoSuchFileError(name)
    path = home() / publication.folder / name
    try:
        content = path.read_bytes()
    except OSError as gone:
        raise _changed(publication, name, "文件不见了") from gone
    digest = hashlib.sha256(content).hexdigest()
    same = _is_manifest(publication, content) if entry is None else digest == entry["sha256"]
    if not same:
        raise _changed(publication, name, "文件与公开时的摘要不符")
    return content, digest


def package(publication: Publication) -> bytes:
    """The open-data package as one zip; the same version gives the same bytes."""
    names = sorted(name for name in _entries(publication) if name.startswith(f"{PACKAGE}/"))
    if not names:
        raise NoSuchFileError(PACKAGE)
    members = [(name.removeprefix(f"{PACKAGE}/"), frozen(publication, name)[0]) for name in names]
    return zip_bytes(members, publication.published_on)


def files_offered(publication: Publication) -> Iterator[dict[str, Any]]:
    """Path, size and digests of the files that anybody may take, as the manifest lists them."""
    if publication.folder:
        yield from (entry for name, entry in _entries(publication).items() if name not in INTERNAL)


def text_of(publication: Publication) -> str | None:
    """The report's text as a piece of a page; None where this version has none here."""
    try:
        return frozen(publication, FRAGMENT)[0].decode()
    except NoSuchFileError:
        return None


def explanations_of(publication: Publication) -> list[dict[str, Any]]:
    """How each figure of the text came about, by number; none where this version has none here."""
    try:
        content, digest = frozen(publication, EXPLANATIONS)
    except NoSuchFileError:
        return []
    known = _read.get(digest)
    if known is None:
        known = _read[digest] = json.loads(content)
        while len(_read) > _MOST_READ:
            _read.pop(next(iter(_read)))
    return known


_read: dict[str, list[dict[str, Any]]] = {}
"""Explanations read before, by the digest of their file; a few of the last."""
_MOST_READ = 12


def _entries(publication: Publication) -> dict[str, dict[str, Any]]:
    return {entry["path"]: entry for entry in publication.manifest.get("files", ())}


def _is_manifest(publication: Publication, content: bytes) -> bool:
    try:
        return bool(json.loads(content) == publication.manifest)
    except ValueError:
        return False


def _escapes(name: str) -> bool:
    pure = PurePosixPath(name)
    return pure.is_absolute() or ".." in pure.parts or "\\" in name or "\0" in name


def _changed(publication: Publication, name: str, what: str) -> ChangedFileError:
    remedy = "系统管理员从备份恢复这个文件；恢复之前本站不提供它。"
    where = str(Path(publication.folder, name))
    return ChangedFileError(Problem("frozen_file_changed", f"{publication}：{what}", where, remedy))
