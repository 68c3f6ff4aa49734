"""The manifest of a publication: each file's size and hashes (SHA-256, SM3), the publication record, what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from mingzhang.documents import Metadata, Problem
from mingzhang.write.json import metadata_json

MANIFEST = "manifest.json"
_PIECE = 1 << 20


Change = tuple[str, str, str]
"""A figure that differs from the version before: coordinate, before, after; empty text where it was or is absent."""


def write_manifest(
    directory: Path, files: Iterable[Path], metadata: Metadata, changes: Iterable[Change] = ()
) -> Path:
    """Write manifest.json over files of a directory; the same files give the same bytes."""
    entries = [_entry(directory, path) for path in files]
    content = {
        "schema": "mingzhang-manifest",
        "schema_version": 1,
        "publication": metadata_json(metadata),
        "changes": [
            {"coordinate": coordinate, "before": before, "after": after}
            for coordinate, before, after in changes
        ],
        "files": sorted(entries, key=lambda entry: str(entry["path"])),
    }
    path = directory / MANIFEST
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def verify_manifest(path: Path) -> list[Problem]:
    """Compare a publication with its manifest: files that are missing, changed or extra. Empty where all is well."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        entries = {entry["path"]: entry for entry in content["files"]}
        if content["schema"] != "mingzhang-manifest" or any(_escapes(name) for name in entries):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        remedy = "从原发布处重新取得整个目录，不要单独改动清单"
        return [Problem("manifest_unreadable", "清单缺失或已损坏，无法核对", str(path), remedy)]
    directory = path.parent
    problems = [found for name in sorted(entries) if (found := _compare(directory, name, entries[name]))]
    present = {file.relative_to(directory).as_posix() for file in directory.rglob("*") if file.is_file()}
    for name in sorted(present - entries.keys() - {path.name}):
        remedy = "不属于本次公开的文件请移走；属于的请重新发布"
        problems.append(Problem("file_not_listed", "文件不在清单中", str(directory / name), remedy))
    return problems


def _entry(directory: Path, path: Path) -> dict[str, Any]:
    return {"path": path.relative_to(directory).as_posix(), "size": path.stat().st_size, **_hashes(path)}


def _hashes(path: Path) -> dict[str, str | None]:
    """SHA-256 and SM3 of a file; SM3 is None where this OpenSSL has none."""
    digests = {"sha256": hashlib.sha256()}
    if "sm3" in hashlib.algorithms_available:
        digests["sm3"] = hashlib.new("sm3")
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            for digest in digests.values():
                digest.update(piece)
    return {name: digests[name].hexdigest() if name in digests else None for name in ("sha256", "sm3")}


def _escapes(name: object) -> bool:
    """Whether a listed path would lead out of the directory."""
    if not isinstance(name, str) or not name or "\\" in name:
        return True
    pure = PurePosixPath(name)
    return pure.is_absolute() or ".." in pure.parts


def _compare(directory: Path, name: str, entry: dict[str, Any]) -> Problem | None:
    path = directory / name
    if not path.is_file():
        return Problem("file_missing", "清单中的文件不见了", str(path), "从原发布处补回这个文件，或重新发布")
    own = _hashes(path)
    same = all(own[kind] == entry.get(kind) for kind in own if own[kind] and entry.get(kind))
    if same and path.stat().st_size == entry.get("size") and own["sha256"] == entry.get("sha256"):
        return None
    remedy = "恢复原文件；确需更正的，改账后重新发布新版本"
    return Problem("file_changed", "文件内容与清单不符，发布后被改动过", str(path), remedy)
