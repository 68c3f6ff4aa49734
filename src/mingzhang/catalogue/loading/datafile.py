"""One TOML file of an edition, read so that every key of it can be found again by line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem

Step = str | int
"""A key, or a place in a list: `("rows", 3, "cell")` is the key `cell` of the fourth row."""


@dataclass(frozen=True, eq=False)
class DataFile:
    """A file, its text and what it says."""

    path: Path
    text: str
    data: dict[str, Any]

    def line(self, *steps: Step) -> int:
        """The line (from 1) where a key or a list's entry stands; of the nearest key above it where it has no line."""
        lines = self.text.splitlines() or [""]
        at = 0
        for step in steps:
            at = _nth_entry(lines, at, step) if isinstance(step, int) else _key(lines, at, step)
        return at + 1

    def problem(self, code: str, what: str, remedy: str, *steps: Step) -> Problem:
        """A problem at a key of this file."""
        return Problem(code, what, f"{self.path}，第{self.line(*steps)}行", remedy)


def read_data_file(path: Path) -> DataFile | Problem:
    """Read a file; a problem where it is missing, not UTF-8 or not TOML."""
    try:
        text = path.read_text(encoding="utf-8")
        return DataFile(path, text, tomllib.loads(text))
    except FileNotFoundError:
        return Problem("file_missing", "缺少数据文件", str(path), "补上该文件，或改正引用它的名称。")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(
            "not_utf8", "文件不是 UTF-8 编码", f"{path}，第{line}行", "用编辑器另存为 UTF-8 编码。"
        )
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else max(len(text.splitlines()), 1)
        return Problem(
            "not_toml",
            f"不符合 TOML 语法：{error}",
            f"{path}，第{line}行",
            "检查该行的引号、括号、逗号和等号；同一个键只能写一次。",
        )


def _key(lines: list[str], start: int, key: str) -> int:
    name = re.escape(key)
    own_line = re.compile(rf"""\s*("{name}"|'{name}'|{name})\s*=""")
    inline = re.compile(rf"""[{{,]\s*("{name}"|{name})\s*=""")
    header = re.compile(rf"\s*\[\[?([\w-]+\.)*{name}\]")
    if start and inline.search(lines[start]):
        return start
    for number in range(start, len(lines)):
        if own_line.match(lines[number]) or header.match(lines[number]):
            return number
    return next((number for number in range(start, len(lines)) if inline.search(lines[number])), start)


def _nth_entry(lines: list[str], start: int, index: int) -> int:
    """The nth `[[table]]` of the header at `start`, or the nth entry of the list that begins there."""
    header = lines[start].strip()
    if header.startswith("[["):
        same = [number for number in range(start, len(lines)) if lines[number].strip() == header]
        return same[index] if index < len(same) else start
    entries = []
    for number in range(start, len(lines)):
        inside = lines[number].strip()
        if number > start and inside.startswith(("{", '"')):
            entries.append(number)
        if inside == "]" or (number > start and inside.startswith("[")):
            break
    return entries[index] if index < len(entries) else start
