"""Coordinates in Chinese words."""

from __future__ import annotations

from mingzhang.facts.coordinate import Cell, Coordinate
from mingzhang.facts.vocabulary import Vocabulary

_MEASURES = {
    "actual": "决算数",
    "initial_budget": "年初预算数",
    "adjusted_budget": "全年预算数",
    "change": "增减额",
    "growth": "增减幅度",
    "share": "占比",
    "completion": "完成预算的比例",
    "count": "数量",
}
_BASES = {"initial_budget": "年初预算", "adjusted_budget": "全年预算"}


def title_of(coordinate: Coordinate, vocabulary: Vocabulary) -> str:
    """The coordinate in Chinese words: 云岭区司法局 2021年度 本年支出（基本支出） 决算数."""
    concept = vocabulary.concepts[coordinate.concept]
    kind, of = coordinate.measure.kind, coordinate.measure.of
    measure = _MEASURES[kind]
    if kind == "share":
        measure = f"占{cell_title(Cell.parse(of), vocabulary)}的比例"
    elif of:
        base = _BASES.get(of, f"{of}年度")
        measure = f"完成{base}的比例" if kind == "completion" else f"比{base}的{measure}"
    elif kind == "actual" and not concept.flow:
        measure = "年初数" if concept.name.startswith("opening") else "年末数"
    entity = vocabulary.entities.label(coordinate.entity)
    return f"{entity} {coordinate.period}年度 {cell_title(coordinate, vocabulary)} {measure}"


def cell_title(cell: Cell | Coordinate, vocabulary: Vocabulary, measure: str = "") -> str:
    """A cell in Chinese words: the concept with a word for its measure, and the codes it states."""
    labels = [vocabulary.dimensions[name].label(code) for name, code in cell.dimensions]
    concept = vocabulary.concepts[cell.concept].chinese + measure
    return f"{concept}（{'，'.join(labels)}）" if labels else concept
