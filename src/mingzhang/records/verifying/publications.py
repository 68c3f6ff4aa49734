"""Publications (公开版本): the manifest is the one that was published, and the files in the data folder are those of the manifest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mingzhang.documents import Problem
from mingzhang.records.database import home
from mingzhang.records.models import Publication
from mingzhang.records.trail import canonical, sm3
from mingzhang.records.verifying.wording import changed
from mingzhang.write.manifest import MANIFEST, verify_manifest


def verify_publications(proved: Counter[str]) -> Iterator[Problem]:
    """Every version; of several in one folder the last stands there."""
    folders: dict[str, Publication] = {}
    for publication in Publication.objects.select_related("entity").order_by("pk").iterator(chunk_size=20):
        if publication.sm3 and sm3(canonical(publication.manifest)) != publication.sm3:
            yield changed(f"“{publication}”的清单", publication.entity.name)
        if publication.folder:
            folders[publication.folder] = publication
    for folder, publication in folders.items():
        proved["个公开文件夹"] += 1
        yield from _verify_folder(home() / folder, publication)


def _verify_folder(folder: Path, publication: Publication) -> Iterator[Problem]:
    manifest = folder / MANIFEST
    problems = verify_manifest(manifest)
    yield from problems
    if any(problem.code == "manifest_unreadable" for problem in problems):
        return
    if sm3(canonical(json.loads(manifest.read_text(encoding="utf-8")))) != publication.sm3:
        remedy = "从备份恢复整个文件夹；确需更正的，改账后重新发布新版本。"
        yield Problem("manifest_changed", f"清单不是“{publication}”公开时的清单", str(manifest), remedy)
