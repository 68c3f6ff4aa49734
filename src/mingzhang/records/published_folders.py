"""Where published versions stand in the data folder (公开文件): `published/<entity>/<year>/v<version>`, and safe ways to their files."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from mingzhang.pipeline import file_name
from mingzhang.records.database import home
from mingzhang.records.jobs.folders import PUBLISHED
from mingzhang.records.models import Entity, Publication


def folder_name(entity: Entity, year: int, version: int) -> str:
    """The folder of a version under the data folder."""
    return PurePosixPath(PUBLISHED, file_name(entity.code), str(year), f"v{version}").as_posix()


def file_in(publication: Publication, name: str) -> Path | None:
    """A file that the version's manifest lists, None where there is none of that name or it leads out of the folder."""
    listed = {entry["path"] for entry in publication.manifest.get("files", ())}
    if not publication.folder or name not in listed | {"manifest.json"}:
        return None
    root = (home() / publication.folder).resolve()
    path = (root / name).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def files_of(publication: Publication) -> list[dict[str, object]]:
    """What the manifest lists: path, size and hashes."""
    return list(publication.manifest.get("files", ()))
