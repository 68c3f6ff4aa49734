"""All lines together, read from their folders."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mingzhang.casework.definitions import Kind, Line
from mingzhang.documents import Problem
from mingzhang.lines.loading import read_line
from mingzhang.lines.loading.files import plain
from mingzhang.lines.rules import deadline_families


class BrokenLinesError(Exception):
    """Folders that are no lines; `problems` are all that is wrong, in Chinese."""

    def __init__(self, problems: Collection[Problem]) -> None:
        super().__init__("\n".join(problem.in_chinese() for problem in problems))
        self.problems = tuple(problems)


@cache
def lines() -> Mapping[str, Line]:
    """The lines by id (the folder's name), in the order of their codes. Raises BrokenLinesError."""
    return read_lines(Path(__file__).parent)


def line_with_code(code: str) -> Line | None:
    """The line of two digits."""
    return next((line for line in lines().values() if line.code == code), None)


def read_lines(library: Path) -> Mapping[str, Line]:
    """The lines of a folder of folders (those with a `line.toml`). Raises BrokenLinesError with everything that is wrong in any of them."""
    found: list[Line] = []
    problems: list[Problem] = []
    for path in sorted(library.glob("*/line.toml")):
        line, wrong = read_line(path.parent, deadline_families())
        problems += wrong
        if line is not None:
            found.append(line)
    problems += _doubled(library, found)
    problems += [] if problems else _dangling(library, found)
    if problems:
        raise BrokenLinesError(problems)
    return MappingProxyType({line.id: line for line in sorted(found, key=lambda line: line.code)})


def _doubled(library: Path, found: list[Line]) -> Iterator[Problem]:
    """Codes and metrics stated by two lines."""
    codes: dict[str, str] = {}
    metrics: dict[str, str] = {}
    for line in found:
        here = library / line.id
        if (other := codes.setdefault(line.code, line.id)) != line.id:
            yield plain(here / "line.toml", f"业务线编号{line.code}与“{other}”重复", "改用别的编号。")
        for metric in line.metrics:
            if (other := metrics.setdefault(metric, line.id)) != line.id:
                yield plain(here / "metrics.toml", f"指标{metric}与“{other}”重复", "改用别的编号。")


def _dangling(library: Path, found: list[Line]) -> Iterator[Problem]:
    """References to kinds of records that no line has; asked once all lines can be read."""
    kinds = {kind.name for line in found for kind in line.kinds.values()}
    for line in found:
        for kind in line.kinds.values():
            for wanted in _references(kind):
                if wanted not in kinds:
                    yield plain(
                        library / line.id / "kinds.toml",
                        f"“{kind.id}”所指的记录种类“{wanted}”不存在",
                        "写成“业务线.种类”。",
                    )


def _references(kind: Kind) -> Iterator[str]:
    for each in kind.fields:
        for field in (each, *each.fields):
            if field.kind:
                yield field.kind
    for transition in kind.states.transitions if kind.states else ():
        if "." in transition.opens:
            yield transition.opens
