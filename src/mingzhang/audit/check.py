"""Check relations against a store of facts: by intervals, so that rounding alone never raises a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from mingzhang.audit.finding import Finding
from mingzhang.facts import Cell, Coordinate, Fact, FactStore, Verdict, Vocabulary
from mingzhang.facts.titles import cell_title
from mingzhang.facts.verdict import if_truncated, overlap
from mingzhang.forms.relation import Relation, Term
from mingzhang.numbers import print_value


def check_all(relations: Iterable[Relation], store: FactStore, entity: str, period: str) -> list[Finding]:
    """The findings of all relations at one entity and period, those that nothing can be said on included."""
    each = (one for relation in relations for one in concrete(relation, store, entity, period))
    return [finding for one in each if (finding := check(one, store, entity, period))]


def concrete(relation: Relation, store: FactStore, entity: str, period: str) -> Iterator[Relation]:
    """The relation itself, or where it is stated for each code, once for every code that has a figure."""
    if not relation.each:
        yield relation
        return
    codes = {
        code
        for cell in relation.cells_of_codes
        for code in store.codes(_over(cell, relation.each), relation.each, entity, period)
    }
    for one in relation.of_codes(codes, store.vocabulary.dimensions[relation.each]):
        if any(store.get(cell.at(entity, period)) for cell in one.cells):
            yield one


def check(relation: Relation, store: FactStore, entity: str, period: str) -> Finding | None:
    """Compare both sides of a relation without `$code`; None where it holds, if only within the printed digits."""
    coordinates = tuple(cell.at(entity, period) for cell in relation.cells)
    found = [store.get(coordinate) for coordinate in coordinates]
    facts = [fact for fact in found if fact is not None]
    words = store.vocabulary
    if len(facts) < len(found):
        pairs = zip(coordinates, found, strict=True)
        missing = "、".join(_title(each.cell, words) for each, fact in pairs if fact is None)
        return _finding(relation, Verdict.UNDECIDED, f"缺少{missing}，无法判断", coordinates, words)
    if relation.holds(*facts):
        return None
    verdict = Verdict.ROUNDING if _holds_if_cut_off(relation, facts) else Verdict.CONTRADICTION
    return _finding(relation, verdict, _arithmetic(relation, facts, words), coordinates, words)


def _over(cell: Cell, dimension: str) -> Cell:
    return Cell(cell.concept, tuple(each for each in cell.dimensions if each[0] != dimension), cell.measure)


def _holds_if_cut_off(relation: Relation, facts: Sequence[Fact]) -> bool:
    """Whether the relation holds if the digits were cut off instead of rounded."""
    left, right = relation.sides([if_truncated(fact) for fact in facts])
    return overlap(left, right) if relation.comparison == "equals" else left.low < right.high


def _finding(
    relation: Relation,
    verdict: Verdict,
    arithmetic: str,
    coordinates: tuple[Coordinate, ...],
    words: Vocabulary,
) -> Finding:
    severity = {Verdict.UNDECIDED: "notice", Verdict.CONTRADICTION: relation.severity}.get(verdict, "warning")
    what = relation.chinese if verdict is Verdict.UNDECIDED else f"应当{relation.chinese}，但数字不符"
    where = f"{words.entities.label(coordinates[0].entity)}，{coordinates[0].period}年度"
    return Finding(
        relation.name,
        verdict,
        severity,
        what,
        where,
        arithmetic,
        relation.remedy,
        str(relation.law),
        coordinates,
    )


def _arithmetic(relation: Relation, facts: Sequence[Fact], words: Vocabulary) -> str:
    middle = len(relation.terms_left)
    left, right = relation.sides(facts)
    unit = words.concepts[facts[0].coordinate.concept].unit
    gap = print_value(left.distance(right), unit, thousands=True)
    sign = "≠" if relation.comparison == "equals" else ">"
    least = "" if all(fact.interval.exact is not None for fact in facts) else "至少"
    shown = (
        _side(relation.terms_left, facts[:middle], words),
        _side(relation.terms_right, facts[middle:], words),
    )
    return f"{shown[0]} {sign} {shown[1]}，{least}相差 {gap}{unit}"


def _side(terms: Sequence[Term], facts: Sequence[Fact], words: Vocabulary) -> str:
    parts = [
        f"{'+' if sign > 0 else '−'} {_title(cell, words)} {_figure(fact, words)}"
        for (sign, cell), fact in zip(terms, facts, strict=True)
    ]
    return " ".join(parts).removeprefix("+ ") or "0"


def _figure(fact: Fact, words: Vocabulary) -> str:
    if fact.printed:
        return f"{fact.printed.text}{fact.printed.unit}"
    unit = words.concepts[fact.coordinate.concept].unit
    return f"{print_value(Fraction(fact.value), unit, thousands=True)}{unit}"


def _title(cell: Cell, words: Vocabulary) -> str:
    """A term in Chinese words; a budget says that it is one."""
    measure = {"initial_budget": "年初预算数", "adjusted_budget": "全年预算数"}.get(cell.measure.kind, "")
    return cell_title(cell, words, measure)
