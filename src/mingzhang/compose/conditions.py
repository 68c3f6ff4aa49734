"""Conditions of paragraphs: `cell` (not zero), `!cell` (zero or unknown), `text:name`, `kind:department`, joined by ` and `."""

from __future__ import annotations

from mingzhang.compose.material import Material
from mingzhang.compose.template import Writer


def holds(condition: str, writer: Writer, material: Material, code: str = "") -> bool:
    """Whether all parts of a condition hold; the empty condition does."""
    return all(
        _holds(part.strip(), writer, material, code) for part in condition.split(" and ") if part.strip()
    )


def _holds(part: str, writer: Writer, material: Material, code: str) -> bool:
    if part.startswith("!"):
        return not _holds(part[1:], writer, material, code)
    if part.startswith("text:"):
        return bool(material.texts.get(part[5:], "").strip())
    if part.startswith("kind:"):
        return material.kind == part[5:]
    if part.startswith("several_units"):
        return len(material.units) > 1
    return not writer.is_zero(part, code)
