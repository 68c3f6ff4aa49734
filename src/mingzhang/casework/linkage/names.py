"""Chinese names in one form (姓名归一): variant and traditional characters, signs between the parts of a name, and how a name sounds.

Traditional and variant characters are OpenCC's, readings pypinyin's; both are asked character by character and remembered.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_BETWEEN = frozenset(" \t\u3000·•・‧∙⋅.。．､、-—_()（）*＊")
"""Signs that lists put between or around the parts of a name; they say nothing of who it is."""

_LONG_SURNAMES = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
    ]
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
def _converter() -> object:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _simplified(sign: str) -> str:
    if sign.isascii():
        return sign
    return str(_converter().convert(sign))  # type: ignore[attr-defined]


@cache
def _reading(sign: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(sign)[0])
