"""The two lists as tables of a DuckDB connection: `ours` and `theirs`, one row a person, null where nothing is stated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow

from mingzhang.casework.linkage.people import Compared

_SHAPE = pyarrow.schema(
    [
        ("unique_id", pyarrow.int64()),
        ("name", pyarrow.string()),
        ("sound", pyarrow.string()),
        ("surname", pyarrow.string()),
        ("number", pyarrow.string()),
        ("number_body", pyarrow.string()),
        ("number_tail", pyarrow.string()),
        ("sound_number", pyarrow.bool_()),
        ("born", pyarrow.date32()),
        ("sex", pyarrow.string()),
        ("phone", pyarrow.string()),
        ("place", pyarrow.string()),
    ]
)


def add_table(connection: duckdb.DuckDBPyConnection, name: str, people: Iterable[Compared]) -> None:
    """A list as a table; a person's `unique_id` is their place in it."""
    rows = [
        {
            "unique_id": place,
            "name": each.name or None,
            "sound": each.sound or None,
            "surname": each.surname or None,
            "number": each.number or None,
            "number_body": each.number[:14] or None,
            "number_tail": each.number[-8:] or None,
            "sound_number": each.sound_number,
            "born": each.born,
            "sex": each.sex or None,
            "phone": each.phone or None,
            "place": each.place or None,
        }
        for place, each in enumerate(people)
    ]
    arrow: Any = pyarrow.Table.from_pylist(rows, schema=_SHAPE)
    connection.register(f"{name}_rows", arrow)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name}_rows")
    connection.unregister(f"{name}_rows")
