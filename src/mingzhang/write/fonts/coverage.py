"""Which characters a font file has: its `cmap` table, read without a font library."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

import typst


@cache
def system_faces() -> tuple[tuple[Path, int], ...]:
    """Files (and the index in a collection) of the fonts installed on this machine."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[])
    return tuple((Path(font.path), font.index) for font in fonts.fonts() if font.path)


@cache
def characters(path: Path, index: int = 0) -> frozenset[int]:
    """Code points of a font file that draw something; empty where the file is not a readable font."""
    try:
        data = path.read_bytes()
        return frozenset(_mapped(data, _table(data, index, b"cmap")))
    except (OSError, struct.error, LookupError):
        return frozenset()


def _table(data: bytes, index: int, tag: bytes) -> int:
    """The offset of a table in a font or collection."""
    start = 0
    if data[:4] == b"ttcf":
        (start,) = struct.unpack_from(">I", data, 12 + 4 * index)
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for entry in range(start + 12, start + 12 + 16 * tables, 16):
        if data[entry : entry + 4] == tag:
            offset: int = struct.unpack_from(">I", data, entry + 8)[0]
            return offset
    raise LookupError(tag)


def _mapped(data: bytes, cmap: int) -> set[int]:
    (subtables,) = struct.unpack_from(">H", data, cmap + 2)
    found: set[int] = set()
    for entry in range(cmap + 4, cmap + 4 + 8 * subtables, 8):
        platform, _, offset = struct.unpack_from(">HHI", data, entry)
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        if platform in (0, 3) and form in (4, 12):
            found |= (_segments if form == 4 else _groups)(data, cmap + offset)
    return found


def _segments(data: bytes, start: int) -> set[int]:
    """Format 4: segments of the basic plane; a segment's glyph is found by a delta or through an array."""
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    firsts = struct.unpack_from(f">{count}H", data, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, start + 16 + 4 * count)
    offsets_at = start + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    found: set[int] = set()
    for place, (first, end, delta, offset) in enumerate(zip(firsts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(end, 0xFFFE) + 1):
            glyph = point
            if offset:
                (glyph,) = struct.unpack_from(
                    ">H", data, offsets_at + 2 * place + offset + 2 * (point - first)
                )
            if (glyph + (delta if glyph or not offset else 0)) % 65536:
                found.add(point)
    return found


def _groups(data: bytes, start: int) -> set[int]:
    """Format 12: groups of the whole of Unicode."""
    (count,) = struct.unpack_from(">I", data, start + 12)
    found: set[int] = set()
    for first, end, glyph in struct.iter_unpack(">III", data[start + 16 : start + 16 + 12 * count]):
        found.update(range(first if glyph else first + 1, end + 1))
    return found
