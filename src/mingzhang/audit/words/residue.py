"""Residue of templates (模板残留): alternatives left open, placeholders, instructions to the author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words, tables
from mingzhang.documents import Text

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z\d*.×/@])(?:[Xx]{2,}|×{2,})(?![A-Za-z\d*×/@.])"
    r"|(?:(?<!\d)\*{2,}|_{2,}|(?<![一二三四五六七八九〇○])[○〇]{2,})(?=万元|元|%|年度|局|部门|单位)"
    r"|\.{3,}(?=万元|元|%)"
)
_BEFORE = re.compile(
    r"(?:20|为|是|共|占|约|:|预算数?|决算数?|支出|收入|增加|减少|增长|下降|项目|市|县|区|省|得分)\Z"
)
_AFTER = re.compile(
    r"(?:万元|亿元|元|%|个|项|辆|人次|人|批次|台|分|年|月|\(?[类款项]\)|局|厅|委|办公室|部门|单位|中心|学校|医院|街道|镇|乡)"
)
_TO_FILL = re.compile(r"【(?:待|请|此处)[^【】]{1,80}】")
_TORN_YEAR = re.compile(r"(?<![\d.])20\d年度")
_NO_FIGURE = re.compile(
    r"(?<!单位)(?:(?:决算|预算|支出|收入|合计|总计|金额)数?(?:为|是)?|(?:增加|减少))万元(?=[,;。])"
    r"|(?:占(?:比)?|增长|下降|完成(?:年初|全年)?预算的)%(?=[,;。])"
)
_STOP = re.compile("[,。;]")
"""Heads of tables that were read as text (增加（减少）额) have none."""
_FEW = 3
"""More amounts without a figure than that, and than half of those with one, lost their digits in reading."""
_REMEDY = "按本单位实际情况改写，删去模板文字"


def check(words: Words) -> Iterator[Remark]:
    """Every kind of residue is one remark with all its places."""
    sentences = [line for line in words.lines if line.kind != "heading" and _STOP.search(line.plain)]
    spots = [
        spot for line in sentences for pattern in words.phrases.alternatives for spot in _all(line, pattern)
    ]
    if spots:
        yield words.remark(
            "template_residue",
            "error",
            f"模板中的选择项没有取舍：{_quotes(spots)}",
            spots,
            "按实际情况保留一种表述",
        )
    spots = [
        spot for line in words.lines for pattern in words.phrases.instructions for spot in _all(line, pattern)
    ]
    if spots:
        yield words.remark(
            "template_residue", "error", f"模板的填写说明留在正文中：{_quotes(spots)}", _apart(spots), _REMEDY
        )
    yield from _placeholders(words)
    yield from _unfilled(words)
    spots = [spot for line in words.lines for spot in _all(line, _TORN_YEAR)]
    if spots:
        yield words.remark(
            "template_residue", "error", f"年份不完整：{_quotes(spots)}", spots, "写全四位年份"
        )
    spots = [spot for line in words.paragraphs for spot in _all(line, _NO_FIGURE)]
    if 0 < len(spots) <= max(_FEW, len(words.statements) // 2):
        yield words.remark(
            "template_residue", "warning", f"单位之前没有数字：{_quotes(spots)}", spots, "补上数字"
        )


def _unfilled(words: Words) -> Iterator[Remark]:
    """Marks of a draft that say what is still to be written; drafts are audited too, so that they are notices."""
    spots = [spot for line in words.paragraphs for spot in _all(line, _TO_FILL)]
    if spots:
        yield words.remark(
            "template_residue",
            "notice",
            f"尚有{len(spots)}处待填写：{_quotes(spots[:1])}",
            spots,
            "填写后再公开",
        )


def _placeholders(words: Words) -> Iterator[Remark]:
    certain: list[Spot] = []
    likely: list[Spot] = []
    texts: list[Text] = [line.text for line in words.lines]
    texts += [
        cell.located for table in tables(words) for row in table.body for cell in row.cells if cell.located
    ]
    for text in texts:
        for match in _PLACEHOLDER.finditer(text.text):
            spot = Spot(text, match.start(), match.end())
            around = _AFTER.match(text.text, match.end()) or _BEFORE.search(
                text.text[max(match.start() - 6, 0) : match.start()]
            )
            if around:
                certain.append(spot)
            elif match[0][0] in "Xx":
                likely.append(spot)
    if certain:
        yield words.remark(
            "template_residue",
            "error",
            f"模板的占位符没有填写，共{len(certain) + len(likely)}处",
            [*certain, *likely],
            "填上实际内容",
        )
    elif likely:
        yield words.remark(
            "template_residue", "warning", f"疑似模板的占位符：{_quotes(likely)}", likely, "填上实际内容"
        )


def _all(line: Line, pattern: re.Pattern[str]) -> Iterator[Spot]:
    for match in pattern.finditer(line.plain):
        yield line.spot(match.start(), match.end())


def _apart(spots: list[Spot]) -> list[Spot]:
    """The spots of each line in order, without those that lie inside the one before."""
    found: list[Spot] = []
    for spot in sorted(spots, key=lambda each: (each.text.offsets[each.start], -each.end)):
        before = found[-1] if found else None
        if before is None or before.text is not spot.text or spot.end > before.end:
            found.append(spot)
    return found


def _quotes(spots: list[Spot]) -> str:
    """The different words quoted, the first few of them."""
    said = list(dict.fromkeys(spot.quote for spot in spots))
    more = f"等{len(spots)}处" if len(said) > 3 or len(spots) > len(said) else ""
    return "、".join(f"“{quote}”" for quote in said[:3]) + more
