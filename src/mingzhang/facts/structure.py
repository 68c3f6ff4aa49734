"""The relations that follow from the structure of the cube: derived from the coordinates, listed by nobody.

- One coordinate stated twice is one number.
- A figure is the sum of its members along a dimension, of its units, or of the parts of its concept.
- A change, growth, share or completion follows from the two figures it compares.

**What is not stated.** A table that prints only rows that are not zero states its other rows too, as zero: give its
facts with `absent_is_zero`. In running text, what is not mentioned is unknown: without the flag a total is compared
only with parts that exhaust it. Give each table by itself with the flag, and the whole report without it.

**Gaps between levels.** Where a level is not printed (财政拨款 between the total and the three budgets), the nearest
members printed below stand for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from mingzhang.facts.coordinate import Coordinate
from mingzhang.facts.dimension import Dimension
from mingzhang.facts.fact import Fact
from mingzhang.facts.relations import Comparison, Relation, Same, Total
from mingzhang.facts.store import FactStore, comparison_inputs
from mingzhang.facts.verdict import Verdict, step
from mingzhang.facts.vocabulary import Vocabulary

_ADDITIVE = frozenset({"actual", "initial_budget", "adjusted_budget", "count", "change", "share"})
_ENTITY, _CONCEPT = "entity", "concept"


def relations(
    facts: Iterable[Fact], vocabulary: Vocabulary, *, absent_is_zero: bool = False
) -> Iterator[Relation]:
    """All relations among the facts. Of several statements of one coordinate the most precise, then first, stands."""
    stated: dict[Coordinate, list[Fact]] = defaultdict(list)
    for fact in facts:
        stated[fact.coordinate].append(fact)
    for coordinate, statements in stated.items():
        if len(statements) > 1:
            yield Same(coordinate, tuple(statements))
    known = {coordinate: min(statements, key=step) for coordinate, statements in stated.items()}
    yield from _totals(known, vocabulary, absent_is_zero)
    for coordinate, fact in known.items():
        if coordinate.measure.of:
            own, base = comparison_inputs(coordinate)
            if own in known and base in known:
                yield Comparison(fact, known[own], known[base])


def exact_sums(
    coordinates: Iterable[Coordinate], store: FactStore
) -> list[tuple[Coordinate, dict[Coordinate, int]]]:
    """Every sum among the figures at these coordinates that is exactly true: total → {part: +1 or −1}.

    Totals along dimensions, units and concepts, and changes (own − base): what controlled rounding has to keep.
    """
    facts = [fact for coordinate in dict.fromkeys(coordinates) if (fact := store.get(coordinate))]
    sums: list[tuple[Coordinate, dict[Coordinate, int]]] = []
    for relation in relations(facts, store.vocabulary, absent_is_zero=True):
        if relation.verdict is not Verdict.CONSISTENT:
            continue
        if isinstance(relation, Total):
            sums.append((relation.total.coordinate, {part.coordinate: 1 for part in relation.parts}))
        elif isinstance(relation, Comparison) and relation.kind == "change":
            sums.append(
                (relation.stated.coordinate, {relation.own.coordinate: 1, relation.base.coordinate: -1})
            )
    return sums


def _totals(known: dict[Coordinate, Fact], vocabulary: Vocabulary, absent_is_zero: bool) -> Iterator[Total]:
    concepts = _concept_tree(vocabulary)
    families: dict[tuple[str, Coordinate], dict[str, Fact]] = defaultdict(dict)
    for coordinate, fact in known.items():
        if _adds_up(coordinate, vocabulary):
            for axis, code, rest in _axes(coordinate):
                families[axis, rest][code] = fact
    lacking: dict[tuple[str, ...], frozenset[str]] = {}
    for (axis, rest), members in families.items():
        tree = {_ENTITY: vocabulary.entities, _CONCEPT: concepts}.get(axis) or vocabulary.dimensions[axis]
        whole = (
            known.get(rest)
            if axis not in (_ENTITY, _CONCEPT) and _spreads(rest.concept, axis, vocabulary)
            else None
        )
        if not tree.complete or (axis == _ENTITY and rest.measure.kind == "share"):
            continue  # a share's base is the unit's own, so shares of units do not add up
        irrelevant: frozenset[str] = frozenset()
        if axis == _CONCEPT:
            stated = tuple(name for name, _ in rest.dimensions)
            if stated not in lacking:
                lacking[stated] = _without_dimensions(stated, vocabulary)
            irrelevant = lacking[stated]
        for above, below in _by_nearest(members, tree).items():
            total = whole if above is None else members[above]
            if total and (absent_is_zero or _exhausted(above, {*members, *irrelevant}, tree)):
                yield Total(total, tuple(members[code] for code in below), axis)


def _adds_up(coordinate: Coordinate, vocabulary: Vocabulary) -> bool:
    """Whether figures like this one are summed at all: amounts and counts, under dimensions their concept has."""
    concept = vocabulary.concepts.get(coordinate.concept)
    return (
        concept is not None
        and concept.unit.kind.startswith(("money", "count:"))
        and coordinate.measure.kind in _ADDITIVE
        and all(name in concept.dimensions for name, _ in coordinate.dimensions)
    )


def _axes(coordinate: Coordinate) -> Iterator[tuple[str, str, Coordinate]]:
    """Each way the figure is a member: the axis, its code there, and the coordinate that its siblings share."""
    concept, stated, entity, period, measure = (
        coordinate.concept,
        coordinate.dimensions,
        coordinate.entity,
        coordinate.period,
        coordinate.measure,
    )
    for name, code in stated:
        others = tuple(each for each in stated if each[0] != name)
        yield name, code, Coordinate(concept, others, entity, period, measure)
    yield _ENTITY, entity, Coordinate(concept, stated, "", period, measure)
    yield _CONCEPT, concept, Coordinate("", stated, entity, period, measure)


def _by_nearest(members: Collection[str], tree: Dimension) -> dict[str | None, list[str]]:
    """The members below each member with no other between them; under None those with none above."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for code in members:
        below[next((above for above in tree.path(code)[1:] if above in members), None)].append(code)
    return below


def _exhausted(above: str | None, members: Collection[str], tree: Dimension) -> bool:
    """Whether the members cover everything below a code."""
    children = tree.children(above)
    return bool(children) and all(child in members or _exhausted(child, members, tree) for child in children)


def _spreads(concept: str, dimension: str, vocabulary: Vocabulary) -> bool:
    """Whether all of a concept lies along a dimension: its top codes exhaust it, and every part has it too."""
    known = vocabulary.concepts[concept]
    return (
        dimension in known.dimensions
        and vocabulary.dimensions[dimension].whole
        and all(_spreads(part, dimension, vocabulary) for part in vocabulary.parts(concept))
    )


def _without_dimensions(names: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The concepts that have no figure under these dimensions, so that nothing of them is missing."""
    stated = set(names)
    return frozenset(
        name for name, concept in vocabulary.concepts.items() if not stated <= set(concept.dimensions)
    )


def _concept_tree(vocabulary: Vocabulary) -> Dimension:
    """The concepts as a dimension: each under the one it is a part of."""
    parents = {name: concept.part_of for name, concept in vocabulary.concepts.items()}
    return Dimension(
        _CONCEPT, "概念", parents, {name: each.chinese for name, each in vocabulary.concepts.items()}
    )
