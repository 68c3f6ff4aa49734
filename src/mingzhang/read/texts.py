"""Texts of forms made comparable: widths, spaces, quotes, numbering and the spellings that provinces vary."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans("“”„‟＂「」‘’", '"""""""""')
_ALIKE = (("运行维护费", "运行费"), ("费用", "费"), ("决算数", "金额"), ("小计", "合计"), ("总计", "合计"))
_SPACE = re.compile(r"\s+")
_NUMBERING = re.compile(
    r"^(?:其中:?|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、](?!\d))+"
)


def plain(text: str) -> str:
    """The text in one width, without spaces and line breaks, with one kind of quotes.

    >>> plain(" “三公”经费 支出（万元）")
    '"三公"经费支出(万元)'
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))


@lru_cache(maxsize=16_384)
def alike(text: str) -> str:
    """The plain text with interchangeable words made one.

    >>> alike("公务用车运行维护费") == alike("公务用车运行费")
    True
    """
    text = plain(text)
    for variant, common in _ALIKE:
        text = text.replace(variant, common)
    return text


def unnumbered(text: str) -> str:
    """The plain text without its numbering and “其中”.

    >>> unnumbered("二十三、其他支出"), unnumbered("（1）公务用车购置费"), unnumbered("其中：外事接待费")
    ('其他支出', '公务用车购置费', '外事接待费')
    """
    return _NUMBERING.sub("", plain(text))
