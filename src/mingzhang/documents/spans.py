"""Spans of text, and the figures printed in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: the coordinate it states (in written form), its exact value in base units, the digits.

    `text` is the digits alone (`3369.44`), `unit` the Chinese unit printed after or above it (`万元`, `%`).
    """

    coordinate: str
    value: Fraction
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. A span with a figure prints exactly that figure's text."""

    text: str
    figure: Figure | None = None
    bold: bool = False
    missing: bool = False
    """The span marks something still to be supplied by the user, such as a reason."""
    key: str = field(default="", repr=False, compare=False)
    """Under which key the user's words are kept that the span prints or asks for, where the composition tells it."""
