"""Fonts of the printed files: bundled subsets of Noto CJK, and what to say of characters that none has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

from mingzhang.documents import Problem
from mingzhang.write.fonts.coverage import characters, system_faces

FONT_DIRECTORY = Path(__file__).parent
"""The folder of the bundled fonts."""

SERIF = "Mingzhang Serif"
SANS = "Mingzhang Sans"

SUBSTITUTE = "〓"
"""Printed for a character that no font has, as Chinese typesetters do."""


@cache
def typst_fonts(*, with_system_fonts: bool) -> typst.Fonts:
    """The bundled fonts as Typst takes them, those of the machine behind them where asked for."""
    return typst.Fonts(
        include_system_fonts=with_system_fonts,
        include_embedded_fonts=False,
        font_paths=[str(FONT_DIRECTORY)],
    )


def bundled_fonts() -> tuple[Path, ...]:
    """The bundled font files, in a fixed order."""
    return tuple(sorted(FONT_DIRECTORY.glob("*.otf")))


@cache
def bundled_characters() -> frozenset[int]:
    """Code points that every bundled font has."""
    return frozenset.intersection(*(characters(path) for path in bundled_fonts()))


def uncovered(text: str) -> str:
    r"""The characters of a text that a bundled font lacks, each once, in order.

    >>> uncovered("2021年度部门决算①：〇、—— 收入\n")
    ''
    >>> uncovered("王𠮷𠮷")
    '𠮷'
    """
    known = bundled_characters()
    return "".join(
        character
        for character in dict.fromkeys(text)
        if ord(character) not in known and not character.isspace()
    )


def unprintable(text: str) -> str:
    """The characters of a text that neither a bundled font nor one of this machine has."""
    missing = uncovered(text)
    for path, index in system_faces() if missing else ():
        known = characters(path, index)
        missing = "".join(character for character in missing if ord(character) not in known)
        if not missing:
            break
    return missing


def font_problem(missing: str, where: str) -> Problem:
    """What to say of characters that no font has."""
    listed = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in missing)
    return Problem(
        code="character_without_font",
        what=f"没有字体能显示{listed}，文件中以“{SUBSTITUTE}”代替",
        where=where,
        remedy="安装含有这些字的字体后重新生成，例如 apt install fonts-noto-cjk；或改用通行的写法",
        severity="warning",
    )
