"""The body's own name (单位名称) at every place where reports say it, and words of another kind of body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words
from mingzhang.audit.words.spelling import distance

_NAME = r"(?P<name>[一-龥][一-龥()、·]{2,34}?)"
_HEADINGS = (
    re.compile(rf"第[一二三四五六七八九十]+部分{_NAME}(?:部门|单位)?(?:概况|基本情况)\Z"),
    re.compile(rf"第[一二三四五六七八九十]+部分{_NAME}20\d\d年度?(?:部门|单位)?决算"),
)
_SENTENCES = (
    re.compile(
        rf"(?:(?:注|说明):)?{_NAME}20\d\d年度?(?:收入|支出|财政拨款|政府采购|机关运行|没有|无|预算绩效)"
    ),
    re.compile(
        rf"(?:注|说明):{_NAME}(?:本年度?)?(?:没有|无)(?:使用)?(?:政府性基金|国有资本|一般公共|财政拨款)"
    ),
    re.compile(rf"截[至止]20\d\d年12月31日,{_NAME}共有(?:车辆|公务)"),
    re.compile(rf"(?:公开|编制|填报)?(?:部门|单位)(?:名称)?:{_NAME}(?=20\d\d年|金额|单位:|公开\d|\Z)"),
    re.compile(rf"纳入{_NAME}20\d\d年度?(?:部门|单位)决算编制范围"),
)
_ASIDE = re.compile(r"\((?:本级|汇总|部门|机关|单位)\)|本级|机关本级|(?<=.{4})(?:部门|单位)\Z")
_GENERAL = re.compile(
    r"(?:本|我|各|该)?(?:部门|单位|局|区|县|市|街道|镇|乡|院|校|中心|委|办|会|机关)(?:[(].*)?"
)
_ORGANISATION = re.compile(
    r"(?:局|厅|部|委|办|院|校|中学|小学|大学|学院|中心|会|所|馆|处|站|队|镇|乡|街道|幼儿园|社|台|室|政府|党校|法庭)\Z"
)
_APPROVAL = re.compile(
    r"(?:报|经|由)(?P<body>[局厅会委校院乡镇办])(?:领导|党组|党委)(?:班子)?(?:审批|审定|批准|审核|审查|审议)"
)
_SELF = re.compile(r"我(?P<body>局(?![部势面限])|厅|委(?![托派员会])|镇|乡(?!镇))")
_OWN_WORD = {
    "局": "局",
    "厅": "厅",
    "镇": "镇乡",
    "乡": "乡镇",
    "院": "院",
    "学": "校",
    "会": "会委",
    "委": "委会",
}
_UNDER = frozenset("院校")
"""Kinds of body that may stand under a bureau, whose reports come with its own."""


def check(words: Words) -> Iterator[Remark]:
    """Names that differ from the one that the report says most, and bodies of another kind."""
    own = _plain(words.department)
    if len(own) < 4:
        return
    yield from _names(words, own)
    yield from _other_bodies(words, own)


def _names(words: Words, own: str) -> Iterator[Remark]:
    text = _plain(words.whole_text)
    times = text.count(own)
    wrong: dict[str, list[Spot]] = {}
    for spot in (*_said(words, _HEADINGS, heading=True), *_said(words, _SENTENCES, heading=False)):
        name = _plain(spot.quote)
        if _abbreviates(name, own) or _abbreviates(own, name) or _GENERAL.fullmatch(name):
            continue
        near = distance(name, own) <= 2 and len(own) >= 6
        if (
            (near or _ORGANISATION.search(name))
            and text.count(name) <= 2
            and times >= max(4, 2 * text.count(name))
        ):
            wrong.setdefault(name, []).append(spot)
    for name, spots in wrong.items():
        near = distance(name, own) <= 2
        what = "名称有误" if near else "出现另一单位的名称"
        heading = any(spot.text is line.text for spot in spots for line in words.lines if line.level == 1)
        yield words.remark(
            "body_name",
            "warning" if near or heading else "notice",
            f"{what}：“{spots[0].quote}”，全文多作“{words.department}”",
            spots,
            "统一为本单位全称",
            should_be=words.department,
        )


def _said(words: Words, patterns: tuple[re.Pattern[str], ...], heading: bool) -> Iterator[Spot]:
    for line in words.lines:
        if (line.level == 1) != heading or line.part_kind == "annex":
            continue
        for pattern in patterns:
            match = pattern.match(line.plain)
            if match:
                yield line.spot(match.start("name"), match.end("name"))
                break


def _other_bodies(words: Words, own: str) -> Iterator[Remark]:
    """“报会领导审批” in a bureau's report: the words of another kind of body's template."""
    kinds = _OWN_WORD.get(own[-1:])
    if kinds is None:
        return
    if own[-1] in "局厅镇乡":
        spots = [
            line.spot(match.start(), match.end())
            for line in words.paragraphs
            for match in _SELF.finditer(line.plain)
            if match["body"] not in kinds
        ]
        if spots:
            yield words.remark(
                "template_residue",
                "notice",
                f"“{spots[0].quote}”不是本单位的自称，本单位是“{words.department}”",
                spots,
                "改为本单位的称谓",
            )
    spots = [
        line.spot(match.start(), match.end())
        for line in words.paragraphs
        for match in _APPROVAL.finditer(line.plain)
        if match["body"] not in kinds and match["body"] not in _UNDER and not _names_it(line, match, own)
    ]
    if spots:
        yield words.remark(
            "template_residue",
            "warning",
            f"套用了其他类别单位的模板：“{spots[0].quote}”，本单位是“{words.department}”",
            spots,
            "改为本单位的称谓",
        )


def _names_it(line: Line, match: re.Match[str], own: str) -> bool:
    """Whether the word is the end of a longer name (报区委会领导) or stands in the body's own name."""
    before = line.plain[match.start() - 1 : match.start()]
    return before in "上呈" or match["body"] in own[-3:]


def _abbreviates(short: str, name: str) -> bool:
    """Whether a name's characters stand in another in the same order.

    >>> _abbreviates("云岭市国资委", "云岭市人民政府国有资产监督管理委员会")
    True
    """
    rest = iter(name)
    return all(character in rest for character in short)


def _plain(name: str) -> str:
    """A name as it is compared: one width of brackets, without 本级 and the like."""
    return _ASIDE.sub("", name.replace("（", "(").replace("）", ")"))
