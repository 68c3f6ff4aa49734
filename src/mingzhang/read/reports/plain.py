"""Printed characters → text made plain for understanding, each of its characters still knowing its offset."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import lru_cache

from mingzhang.documents import Text

Piece = tuple[int, str]
"""A run of characters as it stands in the file, and the document-wide offset of its first."""

_RADICALS = str.maketrans(
    "⺁⺆⺈⺌⺟⺠⺢⺩⺪⺫⺬⺮⺯⺲⺴⺼⻁⻄⻅⻆⻉⻋⻌⻍⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂冂刀小母民水王疋罒示竹糸罒网肉虎西见角贝车辶辶长长长门阜雨青韦页风飞食食食饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜龟龟",
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"'})
_KEPT = ("<circle>", "<super>", "<sub>", "<fraction>", "<square>")
"""Kinds of characters that stay as they are: ①5 is not 15, m² is not m2."""
_NUMBER_BEFORE = re.compile(r"[\d.,]+\Z")
_NUMBER_AFTER = re.compile(r"[\d.,]+")
_SAME_OR_ONE = re.compile(r"([!-~、。《》\u4e00-\u9fff]+)|.", re.DOTALL)
"""A run of characters that are plain already, or one other character."""
_PARTED = re.compile(r"[0-9A-Za-z%]")


@lru_cache(maxsize=65536)
def plain_character(character: str) -> str:
    r"""One printed character in its plain spelling: empty without ink, a space or line break for white space.

    >>> [plain_character(character) for character in "５⻔①\u200e\u3000"]
    ['5', '门', '①', '', ' ']
    """
    if character in "\n\r\f\v\u2028\u2029\x85":
        return "\n"
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cf", "Cc", "Cs"):
        return ""
    if unicodedata.decomposition(character).startswith(_KEPT):
        return character
    plain = unicodedata.normalize("NFKC", character).translate(_QUOTES).translate(_RADICALS)
    return "".join(part for part in plain if not part.isspace())


def located_text(pieces: Iterable[Piece], *, wrapped: bool = False) -> Text:
    """Pieces of one paragraph or cell as plain text; between pieces a line ends.

    `wrapped` says that lines end where the page ended, so that a number may go on in the next line.

    >>> located_text([(0, "收入 10 万元， 20 30")]).text
    '收入10万元, 20 30'
    >>> located_text([(0, "收入33"), (9, "69.44万元")], wrapped=True).text
    '收入3369.44万元'
    """
    characters: list[str] = []
    offsets = array("q")
    gap, gap_at = "", 0
    for start, piece in pieces:
        if characters:
            gap, gap_at = "\n", start - 1
        for found in _SAME_OR_ONE.finditer(piece):
            at, run = found.start(), found[0]
            plain = run if found.lastindex else plain_character(run)
            if plain in ("", " ", "\n"):
                if plain and gap != "\n":
                    gap_at = gap_at if gap else start + at
                    gap = plain
                continue
            if gap:
                if characters and _parts(characters, plain, piece, at, gap, wrapped):
                    characters.append(" ")
                    offsets.append(gap_at)
                gap = ""
            characters.append(plain)
            offsets.extend(
                range(start + at, start + found.end()) if found.lastindex else [start + at] * len(plain)
            )
    return Text("".join(characters), offsets)


def _parts(characters: list[str], plain: str, piece: str, at: int, gap: str, wrapped: bool) -> bool:
    """Whether the white space between two characters parts two numbers or two words."""
    before, after = characters[-1][-1:], plain[:1]
    if after in "-+" and before.isdigit():
        return piece[at + 1 : at + 2].isdigit()
    both = bool(_PARTED.match(before) and after.isascii() and after.isalnum())
    number_goes_on = after.isdigit() and (before.isdigit() or before in ".,")
    if gap == " " or not number_goes_on:
        return both or number_goes_on
    left = _NUMBER_BEFORE.search("".join(characters[-24:])[-24:])
    right = _NUMBER_AFTER.match(piece[at : at + 24])
    return not _one_number(left[0] if left else "", right[0] if right else plain, wrapped)


def _one_number(left: str, right: str, wrapped: bool) -> bool:
    """Whether digits before and after a line's end are one number."""
    if left.endswith((".", ",")) or right.startswith((".", ",")):
        return True
    decimals = len(left) - left.rfind(".") - 1 if "." in left else 0
    return wrapped and not ("." in left and "." in right) and decimals < 2


def width(line: str) -> int:
    """The width of a line in half characters.

    >>> width("收入10元")
    8
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
