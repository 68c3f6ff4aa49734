"""Chinese names in one form (姓名归一): variant and traditional characters, signs between the parts of a name, and how a name sounds.

Traditional and variant characters are OpenCC's, readings pypinyin's; both are asked character by character and remembered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_BETWEEN = frozenset(" \t\u3000·•・‧∙⋅.。．､、-—_()（）*＊")
"""Signs that lists put between or around the parts of a name; they say nothing of who it is."""

_LONG_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
        "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
        "段干百里呼延东郭南门羊舌微生梁丘左丘东门西门",
    )
)


def plain_text(text: str) -> str:
    """A text in one width, without spaces around it.

    >>> plain_text(" １３８　０000 ")
    '138 0000'
    """
    return unicodedata.normalize("NFKC", text).strip()


def plain_name(text: str) -> str:
    """A name in one form: simplified, without signs between its parts.

    >>> plain_name("張　偉"), plain_name("阿卜杜拉·买买提"), plain_name("李玥(男)")
    ('张伟', '阿卜杜拉买买提', '李玥男')
    """
    return "".join(_simplified(sign) for sign in plain_text(text) if sign not in _BETWEEN).upper()


def sound(name: str) -> str:
    """How a name in its one form reads, without tones, a blank between syllables.

    >>> sound("张伟"), sound("章伟")
    ('zhang wei', 'zhang wei')
    """
    return " ".join(_reading(sign) for sign in name)


def surname_of(name: str) -> str:
    """The surname of a name in its one form: two characters where the table of double surnames has them, else one.

    >>> surname_of("欧阳明"), surname_of("欧明")
    ('欧阳', '欧')
    """
    return name[:2] if len(name) > 2 and name[:2] in _LONG_SURNAMES else name[:1]


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _simplified(sign: str) -> str:
    if sign.isascii():
        return sign
    return str(_converter().convert(sign))


@cache
def _reading(sign: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(sign)[0])
