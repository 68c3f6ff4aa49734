"""Registers (备查簿): one row is one record; what the books hold already is recognised, never doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.recording import Recording
from mingzhang.records.imports.rows import Table, Taken, read_rows
from mingzhang.records.models import ImportBatch
from mingzhang.records.trail import content

Check = Callable[[dict[str, Any], Context], list[tuple[str, CellError]]]
"""What is wrong between the values of one row: (field, problem)."""

Together = Callable[[list[tuple[Table, int, dict[str, Any]]], Context], Iterable[RowProblem]]
"""What is wrong between rows, each with its table and place, and the records of the books."""

Expand = Callable[[dict[str, Any]], list[dict[str, Any]]]
"""The records that one row stands for."""


@dataclass(frozen=True, slots=True)
class Register:
    """Takes rows as records of a model.

    `key` are the fields that name a record: a row with a known key updates it. Without a key equal rows are counted,
    and only those that the books do not yet hold are added. `fields` are the model's own, `entity` among them.
    """

    model: type[Model]
    fields: tuple[str, ...]
    key: tuple[str, ...] = ()
    check: Check | None = None
    expand: Expand | None = None
    together: Together | None = None

    def __call__(self, tables: list[Table], context: Context) -> Taken:
        """Read and check every row."""
        problems: list[RowProblem] = []
        records: list[dict[str, Any]] = []
        placed: list[tuple[Table, int, dict[str, Any]]] = []
        seen: dict[tuple[Any, ...], int] = {}
        rows = 0
        for table in tables:
            for row, values in read_rows(table, context, problems):
                problems += self._wrong(table, row, values, context)
                own = {name: values[name] for name in self.fields}
                key = tuple(own[name] for name in self.key)
                if self.key and key in seen:
                    bad = CellError(
                        "duplicate_row", f"与第{seen[key]}行是同一条记录", "只保留一行，或改正编号"
                    )
                    problems.append(table.problem(row, bad, self.key[-1], key[-1]))
                seen.setdefault(key, table.numbers[row])
                expanded = self.expand(own) if self.expand else [own]
                records += expanded
                placed += [(table, row, record) for record in expanded]
                rows += 1
        if self.together and not any(problem.is_error for problem in problems):
            problems += self.together(placed, context)
        if any(problem.is_error for problem in problems):
            return Taken(lambda batch: (0, 0), problems, rows)
        fresh, changed = self._compare(records, context)
        return Taken(
            lambda batch: self._write(fresh, changed, context, batch),
            problems,
            rows,
            len(records) - len(fresh) - len(changed),
        )

    def _wrong(self, table: Table, row: int, values: dict[str, Any], context: Context) -> list[RowProblem]:
        found = list(self.check(values, context)) if self.check else []
        if not values["entity"]:
            unit = context.unit()
            if unit is None:
                found.append(("entity", entity_missing()))
            else:
                values["entity"] = unit.code
        return [
            table.problem(row, bad, name, (table.column(name) or [""] * (row + 1))[row])
            for name, bad in found
        ]

    def _compare(
        self, records: list[dict[str, Any]], context: Context
    ) -> tuple[list[dict[str, Any]], list[tuple[Any, dict[str, Any]]]]:
        """Records not yet in the books, and (record of the books, what it becomes)."""
        codes = {entity.pk: code for code, entity in context.books.entities.items()}
        columns = [name if name != "entity" else "entity_id" for name in self.fields]
        held = []
        for key, *values in self.model._default_manager.values_list("pk", *columns):
            own = dict(zip(self.fields, values, strict=True))
            own["entity"] = codes[own["entity"]]
            held.append((key, own))
        if not self.key:
            counted = Counter(tuple(own.values()) for _, own in held)
            fresh = []
            for record in records:
                if counted[tuple(record.values())]:
                    counted[tuple(record.values())] -= 1
                else:
                    fresh.append(record)
            return fresh, []
        known = {tuple(own[name] for name in self.key): (pk, own) for pk, own in held}
        fresh, changed = [], []
        for record in records:
            found = known.get(tuple(record[name] for name in self.key))
            if found is None:
                fresh.append(record)
            elif found[1] != record:
                changed.append((found[0], record))
        return fresh, changed

    def _write(
        self,
        fresh: list[dict[str, Any]],
        changed: list[tuple[Any, dict[str, Any]]],
        context: Context,
        batch: ImportBatch,
    ) -> tuple[int, int]:
        manager, recording = self.model._default_manager, Recording(batch)
        new = [self.model(**_with_entity(record, context)) for record in fresh]
        recording.entered(manager.bulk_create(new, batch_size=2000))
        for key, record in changed:
            row = manager.get(pk=key)
            before = content(row)
            for name, value in _with_entity(record, context).items():
                setattr(row, name, value)
            row.version += 1
            row.save(update_fields=(*self.fields, "version"))
            recording.changed(row, before)
        recording.finish()
        return len(fresh), len(changed)


def entity_missing() -> CellError:
    """No unit is named and several keep books."""
    return CellError(
        "entity_missing", "没有写明是哪个单位", "填写单位编码，或在导入时指定单位（命令行用 --entity）"
    )


def _with_entity(record: dict[str, Any], context: Context) -> dict[str, Any]:
    return {**record, "entity": context.books.entities[record["entity"]]}


def ends_before_start(start: str, end: str) -> Check:
    """A check that the second day is not before the first."""

    def check(values: dict[str, Any], context: Context) -> list[tuple[str, CellError]]:
        found = []
        if values[end] and values[end] < values[start]:
            found.append((end, CellError("wrong_date", f"{values[end]}早于{values[start]}", "核对两个日期")))
        return found + not_in_future(start)(values, context)

    return check


def not_in_future(name: str) -> Check:
    """A check that a day has come."""

    def check(values: dict[str, Any], context: Context) -> list[tuple[str, CellError]]:
        if values[name] > context.books.today:
            return [(name, CellError("date_in_future", f"日期{values[name]}还没有到", "改正日期"))]
        return []

    return check
