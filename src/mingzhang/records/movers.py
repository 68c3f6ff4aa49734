"""What moved a change (增减构成): its largest parts, for who has to say why."""

from __future__ import annotations

from fractions import Fraction

from mingzhang.facts import Coordinate, FactStore


def largest_parts(
    coordinate: Coordinate, store: FactStore, limit: int = 6
) -> list[tuple[str, Coordinate, Fraction]]:
    """(label, coordinate, value) of the parts of a change that weigh most, along the first dimension that parts it."""
    words = store.vocabulary
    concept = words.concepts.get(coordinate.concept)
    for name in concept.dimensions if concept else ():
        tree = words.dimensions[name]
        below = tree.children(coordinate.get(name))
        while below:
            known = [(code, coordinate.where(**{name: code})) for code in below]
            parts = [(tree.label(code), part, value) for code, part in known if (value := store.value(part))]
            if len(parts) > 1:
                return sorted(parts, key=lambda part: -abs(part[2]))[:limit]
            below = tree.children(parts[0][1].get(name)) if parts else ()
    return []
