"""Trace (追溯): from a figure down to its vouchers and register rows, and from a voucher up to the figures it moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Model

from mingzhang.facts import Coordinate, Vocabulary
from mingzhang.records.budget_points import concept_of, dimensions_of, wholes
from mingzhang.records.leaves import SELF_EVALUATION, leaves, lies_under
from mingzhang.records.ledger_trace import LedgerLine, LedgerTrace
from mingzhang.records.models import BudgetLine, Statement, Voucher, VoucherLine
from mingzhang.records.models.number_order import number_order
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import books_vocabulary
from mingzhang.records.register_rows import REGISTER_FIGURES, RegisterFigure
from mingzhang.records.secrecy import secret_projects, without_secrets
from mingzhang.records.statement_facts import coordinate_of

_STAGES = {"initial_budget": ("initial",), "adjusted_budget": ("initial", "adjustment")}


@dataclass(frozen=True, slots=True)
class TracedRow:
    """One record behind a figure: where it is kept, its number, day and words, and what it adds in base units (元, 人 …)."""

    register: str
    number: str
    date: date | None
    summary: str
    entity: str
    value: Fraction
    record: Model

    @property
    def fen(self) -> int:
        """The value in hundredths: fen, where it is money."""
        return int(self.value * 100)


def vouchers_of(coordinate: Coordinate) -> list[TracedRow]:
    """The voucher lines, budget lines, register rows and statements behind a figure, by day and number.

    Of a comparison or a total of concepts: those of every figure it is computed from.
    """
    organisation = Organisation()
    words = books_vocabulary(
        organisation, organisation.named(_top(coordinate.entity)), [int(coordinate.period[:4])]
    )
    found: dict[tuple[type[Model], int, Fraction], TracedRow] = {}
    for leaf in dict.fromkeys(leaves(coordinate, words)):
        for row in _rows(leaf, organisation, words):
            found[type(row.record), row.record.pk, row.value] = row
    return sorted(
        found.values(),
        key=lambda row: (row.date or date.min, row.entity, number_order(row.number), row.record.pk),
    )


def moved_by(voucher_number: str, figures: Mapping[str, object]) -> list[Coordinate]:
    """Those of the figures (by coordinate) that a voucher has a part in, derived ones included, in their order.

    Numbers are unique in one unit's year only: write `unit:number` where several units use it.
    """
    asked = [Coordinate.parse(text) for text in figures]
    if not asked:
        return []
    organisation = Organisation()
    years = sorted({int(coordinate.period[:4]) for coordinate in asked})
    vouchers = _vouchers(voucher_number, organisation, asked)
    words = books_vocabulary(organisation, None, years)
    ledger = LedgerTrace(organisation, words)
    lines = [line for voucher in vouchers for line in ledger.lines_of_voucher(voucher)]
    return [
        coordinate
        for coordinate in asked
        if any(_moves(lines, leaf, words) for leaf in leaves(coordinate, words))
    ]


def _moves(lines: Iterable[LedgerLine], leaf: Coordinate, words: Vocabulary) -> bool:
    if leaf.measure.kind != "actual":
        return False
    evaluated = leaf.concept in SELF_EVALUATION
    concept = "expenditure" if evaluated else leaf.concept
    parts: dict[str, int] = {}
    for line in lines:
        same = line.concept == concept and str(line.year) == leaf.period
        inside = same and words.entities.covers(leaf.entity, line.entity)
        if inside and lies_under(line.dimensions, leaf.dimensions, words):
            if evaluated and not _project(line):
                continue
            parts[line.via] = parts.get(line.via, 0) + line.fen
    return any(parts.values())


def _project(line: LedgerLine) -> str:
    return dict(line.dimensions).get("project", "")


def _vouchers(number: str, organisation: Organisation, asked: Iterable[Coordinate]) -> list[Voucher]:
    unit, colon, rest = number.rpartition(":")
    found = Voucher.objects.filter(number=rest if colon else number).select_related("entity")
    if colon:
        return list(found.filter(entity__code=unit))
    tops = {_top(coordinate.entity) for coordinate in asked}
    below = {entity.pk for top in tops for entity in organisation.named(top).below(organisation.entities)}
    return [voucher for voucher in found if voucher.entity_id in below]


def _top(entity: str) -> str:
    return entity.removesuffix("-eliminations")


def _rows(leaf: Coordinate, organisation: Organisation, words: Vocabulary) -> Iterator[TracedRow]:
    yield from kept_rows(leaf, organisation, words)
    if leaf.measure.kind in _STAGES:
        return
    if leaf.concept in SELF_EVALUATION:
        expenditure = Coordinate("expenditure", (), leaf.entity, leaf.period)
        lines = LedgerTrace(organisation, words).lines_of(expenditure)
        lines = (line for line in lines if _project(line))
    else:
        lines = LedgerTrace(organisation, words).lines_of(leaf)
    for line in lines:
        yield ledger_row(line.line, line.entity, line.fen)


def ledger_row(line: VoucherLine, entity: str, fen: int) -> TracedRow:
    """A line of a voucher as a row of the trace."""
    voucher = line.voucher
    words = line.summary or voucher.summary
    return TracedRow("账簿", voucher.number, voucher.date, words, entity, Fraction(fen, 100), line)


def kept_rows(leaf: Coordinate, organisation: Organisation, words: Vocabulary) -> Iterator[TracedRow]:
    """The rows behind a figure that stand outside the ledger: statements, budget lines, registers."""
    year = int(leaf.period[:4])
    entities = {
        unit.pk: unit.code for unit in organisation.entities if words.entities.covers(leaf.entity, unit.code)
    }
    yield from _statements(leaf, year)
    if leaf.measure.kind in _STAGES:
        yield from _budget(leaf, year, entities, words)
        return
    for figure in REGISTER_FIGURES:
        if figure.concept == leaf.concept:
            yield from _register(figure, leaf, year, entities, words)


def _statements(leaf: Coordinate, year: int) -> Iterator[TracedRow]:
    for row in Statement.objects.filter(year=year).select_related("entity"):
        if coordinate_of(row) == leaf:
            place = "，".join(filter(None, (row.file, row.sheet, row.cell)))
            yield TracedRow(
                "填报", place, None, row.printed or row.value, row.entity.code, Fraction(row.value), row
            )


def _budget(leaf: Coordinate, year: int, entities: dict[int, str], words: Vocabulary) -> Iterator[TracedRow]:
    secret = secret_projects()
    lines = BudgetLine.objects.filter(
        entity__in=list(entities), year=year, stage__in=_STAGES[leaf.measure.kind]
    )
    for line in lines:
        named = concept_of(line)
        if leaf.concept not in (named, *wholes(named, words)):
            continue
        stated = without_secrets(dimensions_of(line, leaf.concept, words), secret)
        if lies_under(stated, leaf.dimensions, words):
            yield TracedRow(
                "预算指标",
                line.document_number,
                line.approved_on,
                line.get_stage_display(),
                entities[line.entity_id],
                Fraction(line.fen, 100),
                line,
            )


def _register(
    figure: RegisterFigure, leaf: Coordinate, year: int, entities: dict[int, str], words: Vocabulary
) -> Iterator[TracedRow]:
    for row in figure.model._default_manager.filter(entity__in=list(entities)):
        if figure.wanted(row, year) and lies_under(figure.stated(row), leaf.dimensions, words):
            value = Fraction(figure.amount(row), 100 if figure.in_fen else 1)
            day = next(
                getattr(row, name) for name in ("on", "acquired_on", "signed_on") if hasattr(row, name)
            )
            number = getattr(row, "number", "") or getattr(row, "plate", "")
            yield TracedRow("登记簿", number, day, str(row), entities[row.entity_id], value, row)
