"""Numbers announced (十大领域, 共涉及2个项目) against the things that are then named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.numerals import CHINESE, value
from mingzhang.audit.words.page import Line, Words

_TAIL = re.compile(
    rf"(?P<more>等)?(?P<number>[{CHINESE}]{{1,2}}|\d{{1,2}})(?P<measure>大|个|项|类|方面)"
    r"(?P<what>领域|行动|板块|任务|方面|工程|体系|平台|行业|环节|类别|重点|部分|科室|街道|单位|部门|项目)"
)
_ITEMS = re.compile(r"(?:[^、,。;:!?(){}\d]{1,14}、){2,}[^、,。;:!?(){}\d]{1,24}\Z")
_FARTHEST = 240
_LISTED = re.compile(
    rf"(?P<number>[{CHINESE}]{{1,2}}|\d{{1,2}})(?:个|家|项)"
    r"(?P<what>[^,。;:、]{0,14}(?:单位|项目|科室|机构|企业|部门))(?:[^。;:]{0,8}(?:包括|分别[是为]|如下)[:。]?|:)\Z"
)
_POINT = re.compile(r"\(?(\d{1,2})[.、)]\s?(?!\d)")
_TWO = re.compile("[和与及]")


def check(words: Words) -> Iterator[Remark]:
    """Lists inside a sentence, and numbered lines that follow an announcement."""
    for line in words.paragraphs:
        for match in _TAIL.finditer(line.plain):
            begin = max(match.start() - _FARTHEST, 0)
            items = _ITEMS.search(line.plain[begin : match.start()])
            if items and "等" not in items[0]:
                yield from _sentence(words, line, match, begin + items.start())
    for line, match, points in _announcements(words):
        number = value(match["number"])
        if points and len(points) != number:
            yield words.remark(
                "announced_count",
                "warning",
                f"说有{match['number']}个{match['what']}，列出的是{len(points)}个",
                [
                    line.spot(match.start(), match.end()),
                    *(point.spot(0, min(len(point.plain), 20)) for point in points),
                ],
                "核对个数与所列各项",
                should_be=str(len(points)),
            )


def _sentence(words: Words, line: Line, match: re.Match[str], start: int) -> Iterator[Remark]:
    """Items parted by 、 before a number: too many are told, one too few is a hint where 等 stands, else told."""
    announced = value(match["number"])
    items = line.plain[start : match.start()].split("、")
    most = len(items) + sum(len(_TWO.findall(item)) for item in items)
    if match["more"]:
        severity = "notice" if most == announced - 1 else "warning" if len(items) > announced else ""
    elif most < announced:
        severity = "warning" if match["measure"] == "大" else "notice"
    else:
        severity = "notice" if len(items) > announced else ""
    if severity:
        allowed = "（“等”字可以不列全）" if match["more"] and severity == "notice" else ""
        said = f"{match['number']}{match['measure']}{match['what']}"
        yield words.remark(
            "announced_count",
            severity,
            f"说是“{said}”，列出的是{len(items)}项{allowed}",
            [line.spot(start, match.end())],
            "核对个数与所列各项",
        )


def _announcements(words: Words) -> Iterator[tuple[Line, re.Match[str], list[Line]]]:
    """Lines that announce a number, with the numbered lines that follow without a gap."""
    lines = words.lines
    for at, line in enumerate(lines):
        match = _LISTED.search(line.plain) if line.kind in ("body", "list") else None
        if match is None or value(match["number"]) < 2:
            continue
        points: list[Line] = []
        for following in lines[at + 1 :]:
            point = _POINT.match(following.plain)
            if point is None or int(point[1]) != len(points) + 1 or following.at != line.at + len(points) + 1:
                break
            points.append(following)
        yield line, match, points
