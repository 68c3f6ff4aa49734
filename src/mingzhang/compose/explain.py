"""Explanations: what a printed figure means, how it comes about, and from which parts, in Chinese words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from mingzhang.documents import Explanation, Figure
from mingzhang.facts import Coordinate, Derivation, Fact, FactStore, PrintedAt, Records, SheetCell
from mingzhang.facts.store import comparison_inputs
from mingzhang.facts.titles import title_of
from mingzhang.numbers import YUAN, print_value, round_half_up


class Explainer:
    """Explains the figures of one store. `definitions` are the edition's, by term; the closest term is quoted."""

    def __init__(self, store: FactStore, definitions: Mapping[str, str] | None = None) -> None:
        self.store = store
        self.definitions = definitions or {}
        self._exact: dict[Coordinate, str] = {}
        self._meanings: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}

    def exact(self, coordinate: Coordinate, value: Fraction) -> str:
        """The exact value as text: yuan with fen, a ratio with six decimals of a percent, or the count."""
        if coordinate.measure.kind in ("growth", "share", "completion"):
            return f"{round_half_up(value * 100, 6)}%（按准确数计算）"
        return self.amount(coordinate.concept, value)

    def amount(self, concept: str, value: Fraction) -> str:
        """An exact amount or count of a concept with its unit."""
        unit = self.store.vocabulary.concepts[concept].unit
        if unit is YUAN:
            return f"{print_value(value, YUAN, thousands=True)}元"
        return f"{print_value(value, unit)}{unit.chinese}"

    def explain(self, coordinate: Coordinate) -> Explanation | None:
        """The explanation of a coordinate, None where it is unknown."""
        return self._explain(coordinate)[0]

    def _explain(self, coordinate: Coordinate) -> tuple[Explanation | None, Sequence[Coordinate]]:
        """The explanation and the parts that it opens."""
        fact = self.store.get(coordinate)
        if fact is None:
            return None, ()
        formula, parts = self._derivation(fact)
        explanation = Explanation(
            coordinate=str(coordinate),
            title=title_of(coordinate, self.store.vocabulary),
            exact=self._exact_of(coordinate, fact.value),
            meaning=self._meaning(coordinate),
            formula=formula,
            parts=tuple(
                (self._part_label(coordinate, part), str(part), self._exact_of(part)) for part in parts
            ),
        )
        return explanation, parts

    def _exact_of(self, coordinate: Coordinate, value: Fraction | None = None) -> str:
        found = self._exact.get(coordinate)
        if found is None:
            known = self.store.value(coordinate) if value is None else value
            found = self._exact[coordinate] = self.exact(coordinate, known or Fraction(0))
        return found

    def all(self, figures: list[Figure]) -> dict[str, Explanation]:
        """Explanations of printed figures and of every part they open, by coordinate."""
        found: dict[Coordinate, Explanation | None] = {}
        waiting = [Coordinate.parse(text) for text in {figure.coordinate for figure in figures}]
        while waiting:
            coordinate = waiting.pop()
            if coordinate not in found:
                found[coordinate], parts = self._explain(coordinate)
                waiting.extend(parts)
        known = [explanation for explanation in found.values() if explanation is not None]
        return {each.coordinate: each for each in sorted(known, key=lambda each: each.coordinate)}

    def _meaning(self, coordinate: Coordinate) -> str:
        """The definitions of what the coordinate names, the most particular first; its source where there is none."""
        key = coordinate.concept, coordinate.dimensions
        if key not in self._meanings:
            self._meanings[key] = self._meaning_of(*key)
        return self._meanings[key]

    def _meaning_of(self, name: str, dimensions: tuple[tuple[str, str], ...]) -> str:
        vocabulary = self.store.vocabulary
        concept = vocabulary.concepts[name]
        labels = [vocabulary.dimensions[dimension].label(code) for dimension, code in dimensions]
        terms = [*labels, *(f"{label}{concept.chinese[-2:]}" for label in labels), concept.chinese]
        found = [
            f"{term}：{self.definitions[term]}" for term in dict.fromkeys(terms) if term in self.definitions
        ]
        return "\n".join(found) or f"{concept.chinese}，见{concept.source}"

    def _derivation(self, fact: Fact) -> tuple[str, Sequence[Coordinate]]:
        """How a fact comes about, and those of its parts that are not zero."""
        coordinate, kind = fact.coordinate, fact.coordinate.measure.kind
        if coordinate.measure.of:
            own, base = comparison_inputs(coordinate)
            formula = {
                "change": "本数 − 对比数",
                "growth": "（本数 − 对比数）÷ 对比数",
                "share": "部分 ÷ 全部",
                "completion": "决算数 ÷ 预算数",
            }[kind]
            return formula, self._not_zero((own, base))
        if isinstance(fact.provenance, Derivation):
            return "各项之和", self._not_zero(fact.provenance.inputs)
        if isinstance(fact.provenance, SheetCell):
            place = fact.provenance
            return f"取自工作簿“{place.file}”工作表“{place.sheet}”单元格{place.cell}", ()
        if isinstance(fact.provenance, PrintedAt):
            return f"取自“{fact.provenance.document}”第{fact.provenance.page or 1}页", ()
        rows = fact.provenance.rows if isinstance(fact.provenance, Records) else 0
        return f"由{rows}条记录汇总", self._breakdown(coordinate)

    def _not_zero(self, coordinates: Iterable[Coordinate]) -> list[Coordinate]:
        return [coordinate for coordinate in coordinates if self.store.value(coordinate)]

    def _breakdown(self, coordinate: Coordinate) -> Sequence[Coordinate]:
        """The first dimension along which the figure falls into several parts, else the units it comes from."""
        vocabulary = self.store.vocabulary
        for name in vocabulary.concepts[coordinate.concept].dimensions:
            if parts := self.store.split(coordinate, name):
                return parts
        units = (
            Coordinate(coordinate.concept, coordinate.dimensions, unit, coordinate.period, coordinate.measure)
            for unit in vocabulary.entities.children(coordinate.entity)
        )
        return self._not_zero(units)

    def _part_label(self, whole: Coordinate, part: Coordinate) -> str:
        vocabulary = self.store.vocabulary
        if part.measure != whole.measure:
            return title_of(part, self.store.vocabulary)
        if part.concept != whole.concept:
            return vocabulary.concepts[part.concept].chinese
        if part.entity != whole.entity:
            return vocabulary.entities.label(part.entity)
        added = dict(part.dimensions).items() - dict(whole.dimensions).items()
        return "，".join(vocabulary.dimensions[name].label(code) for name, code in sorted(added))
