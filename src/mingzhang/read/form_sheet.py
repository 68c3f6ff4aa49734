"""One sheet read as one form: header by text, rows by code or label, each cell a statement; nothing dropped silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from mingzhang.documents import Problem
from mingzhang.facts import Cell, Fact, SheetCell, Vocabulary
from mingzhang.forms import Column, Form, Row, meeting_cell
from mingzhang.numbers import Interval, Unit
from mingzhang.read.amounts import FORMULA_WITHOUT_VALUE, money_unit, read_amount
from mingzhang.read.headers import HEADER_HEIGHT, Header, find_header
from mingzhang.read.rows import Labels, RowFinder, read_labels
from mingzhang.read.workbook import Place, Sheet, cell_name, is_number

_GROUP_AMOUNT = Column("amount", ("金额",))


@dataclass(frozen=True, slots=True)
class Band:
    """A run of grid columns read together: labels, then value columns, each with what it adds to a row's cell."""

    labels: range
    skipped: frozenset[int]
    values: tuple[tuple[int, Column], ...]
    finder: RowFinder


@dataclass(slots=True)
class SheetReading:
    """What one sheet yields."""

    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class FormSheet:
    """A sheet being read as a form, for one entity and year.

    `sides` are the fixed rows of two-sided forms by the side that their columns name, from the left. Columns of
    the role `ignored` are known and not part of the disclosure; those named in `optional` may be absent.
    """

    def __init__(
        self,
        sheets: dict[str, Sheet],
        sheet: Sheet,
        form: Form,
        vocabulary: Vocabulary,
        entity: str,
        year: int,
        sides: Mapping[str, tuple[Row, ...]] | None = None,
        optional: frozenset[str] = frozenset(),
    ) -> None:
        self.sheets = sheets
        self.sheet = sheet
        self.form = form
        self.sides = sides or {"left": form.rows, "right": form.right_rows}
        self.optional = optional
        self.vocabulary = vocabulary
        self.entity = entity
        self.period = str(year)
        self.reading = SheetReading()
        self._used: set[Place] = set()

    def read(self) -> SheetReading:
        """Read the sheet; the reading holds the facts and everything that could not be understood."""
        header = self._header()
        if header is None:
            what = f"没有找到《{self.form.title}》的表头"
            self._problem("header_missing", what, None, "按样表填写表头各栏的名称，或改用空白模板填写")
            return self.reading
        unit = money_unit(self.sheet, header.bottom)
        if unit is None:
            remedy = "在表头上方写明“金额单位：万元”或“金额单位：元”"
            self._problem("unit_missing", "没有写明金额单位，不能判断是元还是万元", None, remedy)
            return self.reading
        self._missing_columns(header)
        bands = self._bands(header)
        first = self._first_row(header, bands)
        for row in range(first, self.sheet.rows + 1):
            if self._is_note(row):
                continue
            for band in bands:
                self._read_row(row, band, unit)
        self._leftovers(header, bands)
        self._join_formula_problems()
        return self.reading

    # -- the sheet's shape -----------------------------------------------------------------------------------

    def _header(self) -> Header | None:
        if self.form.layout != "economic_groups":
            return find_header(self.sheet, self.form.columns, self.optional)
        best: Header | None = None
        for count in range(1, len(self.form.groups) + 1):
            header = find_header(self.sheet, [_GROUP_AMOUNT] * count)
            if header and (best is None or len(header.columns) > len(best.columns)):
                best = header
        return best

    def _bands(self, header: Header) -> list[Band]:
        form, bands, start = self.form, [], 1
        if form.layout == "two_sided":
            for side, rows in self.sides.items():
                values = header.columns_of(side)
                if values:
                    first = min(header.columns_of(side, "label"), default=start)
                    skipped = frozenset(header.columns_of(side, "line_number"))
                    finder = RowFinder(self.vocabulary, rows)
                    bands.append(Band(range(first, min(values)), skipped, tuple(values.items()), finder))
                    start = max(values) + 1
        elif form.layout == "economic_groups":
            rows = tuple(row for group in form.groups for row in group.rows)
            for place, column in header.columns_of().items():
                finder = RowFinder(self.vocabulary, (*rows, *form.footer), "economic")
                bands.append(Band(range(start, place), frozenset(), ((place, column),), finder))
                start = place + 1
        else:
            columns = header.columns_of()
            finder = {
                "functional": RowFinder(self.vocabulary, (), form.dimension, total=True),
                "single_row": RowFinder(self.vocabulary, (), only=True),
                "list": RowFinder(self.vocabulary, form.rows),
            }[form.layout]
            bands.append(Band(range(1, min(columns)), frozenset(), tuple(columns.items()), finder))
        return bands

    def _first_row(self, header: Header, bands: list[Band]) -> int:
        """The first body row: the one under the header, or under the row of column numbers (栏次)."""
        for row in range(header.bottom + 1, header.bottom + 1 + HEADER_HEIGHT):
            printed = [
                (text, column)
                for band in bands
                for place, column in band.values
                if (text := self.sheet.text(row, place))
            ]
            numbers = [text for text, _ in printed]
            labelled = any("栏次" in read_labels(self.sheet, row, band.labels).shown for band in bands)
            counting = [str(number) for number in range(1, len(printed) + 1)]
            expected = [str(column.number) for _, column in printed]
            if labelled or (
                self.form.column_numbers and len(numbers) > 1 and numbers in (expected, counting)
            ):
                self._used.update((row, place) for place in range(1, self.sheet.columns + 1))
                return row + 1
            if numbers:
                break
        return header.bottom + 1

    def _is_note(self, row: int) -> bool:
        """Whether the row holds a sentence under the table and nothing else."""
        filled = [
            text for column in range(1, self.sheet.columns + 1) if (text := self.sheet.text(row, column))
        ]
        return len(filled) == 1 and (filled[0].startswith(("注", "说明", "备注")) or len(filled[0]) > 20)

    # -- rows ------------------------------------------------------------------------------------------------

    def _read_row(self, row: int, band: Band, unit: Unit) -> None:
        filled = [
            place
            for place, _ in band.values
            if (row, place) in self.sheet.values or (row, place) in self.sheet.formulas
        ]
        labels = read_labels(
            self.sheet,
            row,
            band.labels,
            band.skipped,
            reach=bool(filled) and self.form.layout == "economic_groups",
        )
        if not filled and not labels.name:
            return
        base = band.finder.find(labels)
        if not filled:
            return
        if isinstance(base, str):
            self._unknown_row(row, filled, labels, base, unit)
            return
        for place, column in band.values:
            cell = self._cell(base, column)
            if cell is not None:
                self._state(row, place, cell, unit)
            elif place in filled:
                self._not_public(row, place, labels)

    def _cell(self, row: Row, column: Column) -> Cell | None:
        """What of the cube stands where a row and a column meet; None where nothing does."""
        if self.form.layout in ("functional", "single_row"):
            return column.cell and column.cell.where({self.form.dimension: row.code} if row.code else None)
        return meeting_cell(row, column)

    def _state(self, row: int, place: int, cell: Cell, unit: Unit) -> None:
        self._used.add((row, place))
        concept = self.vocabulary.concepts[cell.concept]
        value = read_amount(
            self.sheets, self.sheet, (row, place), unit if concept.unit.kind == "money" else concept.unit
        )
        if isinstance(value, Problem):
            self.reading.problems.append(value)
        elif isinstance(value, Fraction):
            at = SheetCell(self.sheet.file, self.sheet.name, cell_name(row, place))
            self.reading.facts.append(Fact(cell.at(self.entity, self.period), Interval.of(value), at))

    # -- what was not understood -----------------------------------------------------------------------------

    def _problem(self, code: str, what: str, row: int | None, remedy: str, severity: str = "error") -> None:
        self.reading.problems.append(Problem(code, what, self.sheet.where(row), remedy, severity))

    def _unknown_row(self, row: int, filled: list[int], labels: Labels, why: str, unit: Unit) -> None:
        self._used.update((row, place) for place in filled)
        amounts = (read_amount(self.sheets, self.sheet, (row, place), unit) for place in filled)
        if any(isinstance(amount, Fraction) for amount in amounts):
            remedy = f"核对科目编码和项目名称，使之与《{self.form.title}》样表或当年科目一致"
            self._problem("row_unknown", f"“{labels.shown}”{why}，本行的数没有读入", row, remedy)

    def _not_public(self, row: int, place: int, labels: Labels) -> None:
        self._used.add((row, place))
        what = f"“{labels.shown}”不在决算公开范围内，{cell_name(row, place)} 的数没有读入"
        self._problem("row_not_public", what, row, "不用处理；需要保留请另存", "notice")

    def _missing_columns(self, header: Header) -> None:
        if self.form.layout == "economic_groups":
            return
        found = {column.name for column in header.columns.values()}
        for column in self.form.columns:
            if column.role == "value" and column.name not in found | self.optional:
                found.add(column.name)
                what = f"《{self.form.title}》没有找到“{'／'.join(column.header)}”栏（或有多栏同名，分不清）"
                self._problem("column_missing", what, header.bottom, "按样表补上该栏的表头文字")

    def _join_formula_problems(self) -> None:
        """One problem for all formulas of the sheet whose values were not saved."""
        without = [problem for problem in self.reading.problems if problem.code == FORMULA_WITHOUT_VALUE]
        if len(without) > 1:
            others = [problem for problem in self.reading.problems if problem.code != FORMULA_WITHOUT_VALUE]
            joined = replace(without[0], what=f"{without[0].what}，本表这样的公式共{len(without)}个")
            self.reading.problems = [joined, *others]

    def _leftovers(self, header: Header, bands: list[Band]) -> None:
        """Numbers under the header that belong to no recognised cell."""
        known = {place for band in bands for place in band.labels}
        known |= {place for place, column in header.columns.items() if column.role != "value"}
        stray: dict[int, list[int]] = defaultdict(list)
        for (row, place), value in sorted(self.sheet.values.items()):
            if (
                row > header.bottom
                and place not in known
                and (row, place) not in self._used
                and is_number(value)
            ):
                stray[row].append(place)
        for row, places in stray.items():
            cells = "、".join(cell_name(row, place) for place in places[:10])
            what = f"{cells}{'等' if len(places) > 10 else ''}的数不属于任何已识别的栏，没有读入"
            self._problem("number_unread", what, row, "核对表头文字；与决算无关的数请移到表外", "warning")
