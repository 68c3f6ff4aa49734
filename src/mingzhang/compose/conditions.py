"""Conditions of paragraphs: `cell` (not zero), `!cell` (zero), `text:name`, `evaluation:whole`, `kind:department`, joined by ` and `."""

from __future__ import annotations

from mingzhang.compose.material import Material
from mingzhang.compose.template import Writer
from mingzhang.facts import Coordinate


def holds(condition: str, writer: Writer, material: Material, code: str = "") -> bool:
    """Whether all parts of a condition hold; the empty condition does."""
    return all(
        _holds(part.strip(), writer, material, code) for part in condition.split(" and ") if part.strip()
    )


def undecided(condition: str, writer: Writer, material: Material) -> Coordinate | None:
    """The unknown figure for which alone a condition that something is zero does not hold, if any.

    What is unknown must not be published as “没有”: it is asked for.
    """
    unknown = None
    for part in filter(None, map(str.strip, condition.split(" and "))):
        coordinate = _denied(part, writer, "")
        if coordinate is not None and writer.printer.store.value(coordinate) is None:
            unknown = unknown or coordinate
        elif not _holds(part, writer, material, ""):
            return None
    return unknown


def _denied(part: str, writer: Writer, code: str) -> Coordinate | None:
    """The coordinate of a condition of the form `!cell`."""
    is_figure = part.startswith("!") and ":" not in part and part != "!several_units"
    return writer.coordinate(part[1:], code) if is_figure else None


def _holds(part: str, writer: Writer, material: Material, code: str) -> bool:
    if (denied := _denied(part, writer, code)) is not None:
        return writer.printer.store.value(denied) is not None and writer.printer.prints_nothing(denied)
    if part.startswith("!"):
        return not _holds(part[1:], writer, material, code)
    if part.startswith("text:"):
        return bool(material.texts.get(part[5:], "").strip())
    if part.startswith("evaluation:"):
        return bool(material.evaluated(part[11:]))
    if part.startswith("kind:"):
        return material.kind == part[5:]
    if part == "several_units":
        return len(material.units) > 1
    return not writer.is_zero(part, code)
