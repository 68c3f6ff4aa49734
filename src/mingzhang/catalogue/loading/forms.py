"""Forms of an edition: from what a file says (with what it inherits) to a `Form` whose every cell is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from string import Template
from typing import Any

from mingzhang.catalogue.loading.cells import BadCellError, CellChecker
from mingzhang.catalogue.loading.datafile import Step
from mingzhang.catalogue.loading.folders import Inherited
from mingzhang.catalogue.loading.schema import suggestion
from mingzhang.documents import Problem
from mingzhang.facts import Cell
from mingzhang.forms import Column, Form, Row, RowGroup

_PLAIN = (
    "title",
    "layout",
    "number",
    "unit",
    "empty_statement",
    "total_row",
    "column_numbers",
    "dimension",
    "code_header",
    "split_codes",
    "group_heads",
    "landscape",
    "source",
    "source_id",
    "verified",
)
_NEEDS = {
    "two_sided": ("title", "columns", "rows", "right_rows"),
    "functional": ("title", "columns", "code_header"),
    "economic_groups": ("title", "columns", "groups"),
    "single_row": ("title", "columns"),
    "list": ("title", "columns", "rows"),
}


class FormReader:
    """Reads one form; `problems` collects what is wrong with it."""

    def __init__(self, name: str, said: Inherited, checker: CellChecker) -> None:
        self.name = name
        self.said = said
        self.data = said.data
        self.checker = checker
        self.problems: list[Problem] = []

    def form(self) -> Form | None:
        """The form, None where its file lacks what its layout needs."""
        file = next(iter(self.said.origin.values()))
        missing = [
            key for key in _NEEDS.get(self.data.get("layout", ""), ("layout",)) if key not in self.data
        ]
        if missing:
            what = f"公开表“{self.name}”缺少 {'、'.join(missing)}"
            self.problems.append(file.problem("missing_key", what, "补上，或用 base 继承另一版本的同名表。"))
            return None
        self._unique_columns()
        form = Form(
            name=self.name,
            columns=tuple(self._columns()),
            rows=tuple(self._rows("rows")),
            right_rows=tuple(self._rows("right_rows")),
            groups=tuple(self._groups()),
            footer=tuple(self._rows("footer")),
            notes=tuple(self.data.get("notes", ())),
            checked_on=str(self.data.get("checked_on", "")),
            **{key: self.data[key] for key in _PLAIN if key in self.data},
        )
        self._joined(form)
        self._unique_cells("rows", form.rows)
        self._unique_cells("right_rows", form.right_rows)
        for index, group in enumerate(form.groups):
            self._unique_cells("groups", group.rows, "groups", index, "rows")
        return form

    # -- parts -----------------------------------------------------------------------------------------------

    def _columns(self) -> Iterator[Column]:
        for index, entry in enumerate(self.data["columns"]):
            at: tuple[Step, ...] = ("columns", index)
            yield Column(
                name=entry["name"],
                header=tuple(entry["header"]),
                cell=self._cell(entry["cell"], (*at, "cell")) if "cell" in entry else None,
                dimensions=tuple(sorted(entry.get("dimensions", {}).items())),
                number=entry.get("number"),
                role=entry.get("role", "value"),
                side=entry.get("side", ""),
            )

    def _rows(self, key: str) -> Iterator[Row]:
        for index, entry in enumerate(self.data.get(key, ())):
            yield self._row(entry, (key, index))

    def _groups(self) -> Iterator[RowGroup]:
        for index, entry in enumerate(self.data.get("groups", ())):
            rows = (
                self._row(row, ("groups", index, "rows", place)) for place, row in enumerate(entry["rows"])
            )
            yield RowGroup(entry["label"], entry["part"], tuple(rows))

    def _row(self, entry: dict[str, Any], at: tuple[Step, ...]) -> Row:
        text = entry.get("cell") or (self.data.get("row_cell", "") if entry.get("code") else "")
        code = entry.get("code", "")
        place = (*at, "cell") if "cell" in entry else at
        return Row(
            label=entry["label"],
            cell=self._cell(text.replace("$code", code), place) if text else None,
            line=entry.get("line"),
            style=entry.get("style", "item"),
            code=code,
        )

    def _cell(self, text: str, at: tuple[Step, ...]) -> Cell | None:
        """The cell with the form's `values` put in; None and a problem where it is none."""
        values = self.data.get("values", {})
        try:
            return self.checker.cell(Template(text).substitute(values))
        except KeyError as missing:
            name = str(missing.args[0])
            what = f"“{text}”中的 ${name} 没有给出值"
            self.problems.append(self.said.problem("unknown_value", what, suggestion(name, values), *at))
        except (BadCellError, ValueError) as problem:
            what, remedy = (
                (problem.what, problem.remedy)
                if isinstance(problem, BadCellError)
                else (f"“{text}”中的 $ 用法不对", "写作 $名称，名称列在 [values] 中。")
            )
            self.problems.append(self.said.problem("unknown_cell", what, remedy, *at))
        return None

    # -- checks ----------------------------------------------------------------------------------------------

    def _joined(self, form: Form) -> None:
        """Check what a row and a column of its side say together."""
        for key, side, rows in (("rows", "left", form.rows), ("right_rows", "right", form.right_rows)):
            for column in form.columns:
                if column.dimensions and column.side in ("", side):
                    for index, row in enumerate(rows):
                        if row.cell is not None:
                            self._cell(str(row.cell.where(dict(column.dimensions))), (key, index))

    def _unique_columns(self) -> None:
        names = [column["name"] for column in self.data["columns"]]
        for index, name in enumerate(names):
            if name in names[:index]:
                what = f"栏目“{name}”写了两次"
                self.problems.append(
                    self.said.problem("duplicate", what, "删去一处，或改名。", "columns", index, "name")
                )

    def _unique_cells(self, key: str, rows: tuple[Row, ...], *at: Step) -> None:
        seen: Counter[Cell] = Counter()
        for index, row in enumerate(rows):
            if row.cell is None:
                continue
            seen[row.cell] += 1
            if seen[row.cell] == 2:
                what = f"“{row.label}”与前面一行是同一个数（{row.cell}）"
                steps = (*(at or (key,)), index)
                self.problems.append(
                    self.said.problem("duplicate", what, "删去重复的行，或改正坐标。", *steps)
                )
