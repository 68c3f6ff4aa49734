"""Grids put down in files by one process and taken up by another: each distinct value once, as JSON, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingzhang.records.imports.grids import Grid
from mingzhang.records.imports.plain_sheets import PlainRows
from mingzhang.records.imports.scanning import SheetScan

_HEADS, _CELLS = "grids.json", "cells"
_PLAIN = frozenset({str, int, float, bool, type(None)})
_Cells = NDArray[np.int32]


def put_down(grids: Iterable[Grid], folder: Path) -> None:
    """Write grids into a folder: their values as JSON, and of each cell the place of its value as four bytes."""
    heads = []
    with (folder / _CELLS).open("wb") as stream:
        for grid in grids:
            values, cells, lengths = _parts(grid.rows)
            heads.append(
                {
                    "file": grid.file,
                    "name": grid.name,
                    "scan": asdict(grid.scan),
                    "values": [as_json(value) for value in values],
                    "shape": cells.shape,
                    "lengths": lengths,
                }
            )
            stream.write(cells.tobytes())
    (folder / _HEADS).write_text(json.dumps(heads), encoding="ascii")


def taken_up(folder: Path) -> list[Grid]:
    """The grids that were put down in a folder."""
    heads = json.loads((folder / _HEADS).read_text(encoding="ascii"))
    with (folder / _CELLS).open("rb") as stream:
        return [_grid(head, stream.read(4 * int(np.prod(head["shape"])))) for head in heads]


def as_json(value: Any) -> Any:
    """A cell's value as JSON: days and times as a list of their kind and text."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["span", value.total_seconds()]
    return str(value)


def from_json(stated: Any) -> Any:
    """A cell's value again."""
    if not isinstance(stated, list):
        return stated
    kind, said = stated
    return _KINDS[kind](said)


_KINDS: dict[str, Any] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda seconds: timedelta(seconds=seconds),
}


def _parts(rows: Sequence[list[Any]]) -> tuple[list[Any], _Cells, list[int] | None]:
    """Values; places as columns × rows, or in a line where rows differ in length; then the lengths."""
    if isinstance(rows, PlainRows):
        return *rows.parts(), None
    values: dict[tuple[type, Any], int] = {}
    flat = (values.setdefault((type(value), value), len(values)) for value in chain.from_iterable(rows))
    places = np.fromiter(flat, np.int32)
    known, lengths = [value for _, value in values], [len(row) for row in rows]
    if len(set(lengths)) == 1 and lengths[0]:
        return known, np.ascontiguousarray(places.reshape(len(rows), -1).T), None
    return known, places, lengths


def _grid(head: dict[str, Any], content: bytes) -> Grid:
    values = [from_json(value) for value in head["values"]]
    cells = np.frombuffer(content, np.int32).reshape(head["shape"])
    scan = SheetScan(**{name: _tuples(found) for name, found in head["scan"].items()})
    lengths = head["lengths"]
    rows = PlainRows(values, cells) if lengths is None else list(_ragged(values, cells.tolist(), lengths))
    return Grid(head["file"], head["name"], rows, scan)


def _ragged(values: list[Any], places: list[int], lengths: list[int]) -> Iterator[list[Any]]:
    first = 0
    for length in lengths:
        yield [values[place] for place in places[first : first + length]]
        first += length


def _tuples(found: Any) -> Any:
    return [tuple(each) for each in found] if isinstance(found, list) else found
