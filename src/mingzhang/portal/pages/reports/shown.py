"""A published version ready for its page: the text with its figures as links, the files with their names, what moved."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from mingzhang.records.models import Publication
from mingzhang.records.published import (
    PACKAGE,
    NoSuchFileError,
    explanations_of,
    files_offered,
    frozen,
    text_of,
)

_BUTTON = re.compile(r'<button type="button" class="figure" data-at="(\d+)">(.*?)</button>', re.S)
_CONTENTS = re.compile(r'\s*<nav class="contents"[^>]*>(.*?)</nav>', re.S)
_FORMATS = {
    ".pdf": ("PDF", "打印、存档"), ".docx": ("Word", "编辑、引用"), ".html": ("网页", "自成一体，离线可看，每个数可点开"),
    ".xlsx": ("Excel", "全部表格"), ".json": ("JSON", "全部事实和坐标，供程序读取"),
}  # fmt: skip
_PACKAGE_FILES = {
    "facts.csv": "全部事实", "printed.csv": "公开文本中的数", "concepts.csv": "指标含义", "entities.csv": "单位",
    "codes.csv": "科目", "datapackage.json": "数据包说明（Frictionless）",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file to take: path, what it is called, a word on it, size and digests."""

    path: str
    label: str
    note: str
    size: int
    sha256: str
    sm3: str

    @property
    def shown_size(self) -> str:
        """The size as people read it."""
        return (
            f"{self.size / 1024:.0f} KB" if self.size < 1024 * 1024 else f"{self.size / 1024 / 1024:.1f} MB"
        )


@dataclass(frozen=True, slots=True)
class Text:
    """The report's text: its contents and its body."""

    contents: Markup
    body: Markup


def report_text(publication: Publication, prefix: str) -> Text | None:
    """The text, each explained figure a link to `prefix` + its number: it opens without a script, too."""
    fragment = text_of(publication)
    if fragment is None:
        return None
    linked = _BUTTON.sub(rf'<a class="figure" data-at="\1" href="{prefix}\1/">\2</a>', fragment)
    found = _CONTENTS.match(linked)
    contents, body = (found[1], linked[found.end() :]) if found else ("", linked)
    return Text(Markup(contents), Markup(body))  # what we wrote ourselves, frozen by its digest


def report_files(publication: Publication) -> tuple[list[File], list[File], list[File]]:
    """The report in every format, its tables, and the other files of the data package."""
    whole, tables, data = [], [], []
    titles = _titles(publication)
    for entry in files_offered(publication):
        path = PurePath(entry["path"])
        inside = path.parts[0] == PACKAGE
        label, note = ("", "")
        if not inside:
            label, note = _FORMATS.get(path.suffix, (path.suffix, ""))
            into = whole
        elif path.name.startswith("table_"):
            label, into = titles.get(path.stem, path.stem), tables
        else:
            label, into = _PACKAGE_FILES.get(path.name, path.name), data
        into.append(File(entry["path"], label, note, entry["size"], entry["sha256"], entry.get("sm3") or ""))
    order = list(_FORMATS)
    whole.sort(
        key=lambda file: order.index(PurePath(file.path).suffix) if PurePath(file.path).suffix in order else 9
    )
    return whole, tables, data


def what_moved(publication: Publication) -> list[tuple[str, str, str]]:
    """What each figure that moved is called, before and after."""
    if not publication.changes:
        return []
    titles = {entry["coordinate"]: entry["title"] for entry in explanations_of(publication)}
    return [
        (titles.get(at, at), before or "（无）", after or "（无）")
        for at, before, after in publication.changes
    ]


def _titles(publication: Publication) -> dict[str, str]:
    """The titles of the package's tables, by resource name."""
    try:
        described: dict[str, Any] = json.loads(frozen(publication, f"{PACKAGE}/datapackage.json")[0])
    except NoSuchFileError:
        return {}
    return {resource["name"]: resource["title"] for resource in described["resources"]}
