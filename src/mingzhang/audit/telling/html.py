"""A review page (审核页) in one file: the findings beside the report's text, each figure marked where it stands."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path

from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.audit.telling.words import MENDED, STATES, graded, located, repairs_in_chinese
from mingzhang.documents import Box, Page
from mingzhang.documents.problems import SEVERITIES
from mingzhang.facts import Statement

_STYLE = """
*{box-sizing:border-box}
body{margin:0;font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1a1a1a;background:#fff}
header,nav,main{padding:1rem 1.25rem}
h1{font-size:1.3rem;margin:0}h2{font-size:1.05rem}
ol{padding-left:1.5rem}li{margin-bottom:1rem}a{color:#0b4f8a}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0}
mark{color:inherit;border-radius:2px}
.verified{background:#d9f0dc}.unverified{background:#fdeebf}.contradicted{background:#ffd2cd}
.place{outline:2px solid #a40e0e;outline-offset:1px}mark:target{outline-width:4px}
.sheet{position:relative;border:1px solid #bbb}.sheet img{display:block;width:100%}
.figure,.spot{position:absolute;border-radius:2px}.figure{opacity:.45;mix-blend-mode:multiply}
.spot{outline:2px solid;outline-offset:1px}.spot.error{outline-color:#b00020}.spot.warning{outline-color:#b35900}
.spot.notice{outline-color:#0b4f8a}.spot:target{outline-width:5px}
body:not(:has(#show-error:checked)) .error,body:not(:has(#show-warning:checked)) .warning,
body:not(:has(#show-notice:checked)) .notice{display:none}
body:not(:has(#show-coverage:checked)) .figure{display:none}
li.error strong{color:#a4001c}li.warning strong{color:#8a4600}li.notice strong{color:#0b4f8a}
@media(min-width:60rem){.review{display:grid;grid-template-columns:24rem 1fr}
nav{position:sticky;top:0;max-height:100vh;overflow:auto;border-right:1px solid #ccc}}
@media print{nav{position:static;max-height:none}}
"""


def review_page(audit: Audit, pictures: Sequence[bytes] = ()) -> str:
    """The page as HTML, needing no network and no script. Everything from the report is escaped.

    `pictures` are the pages as JPEG; where there are none, the text itself is shown with its figures marked.
    """
    statements, remarks, status = audit.statements, audit.ordered, audit.status or {}
    pages = audit.document.pages if audit.document else ()
    title = f"{audit.department}{audit.year or ''}年度" if audit.department else Path(audit.path).name
    findings = "".join(
        _finding(number, remark, audit.shown) for number, remark in enumerate((*remarks, *audit.mended), 1)
    )
    text = "".join(
        _picture(page, pictures[at], statements, remarks, status)
        if at < len(pictures) and page.boxes is not None
        else _page(page, statements, remarks, status)
        for at, page in enumerate(pages)
    )
    legend = " ".join(f'<mark class="{state}">{words}</mark>' for state, words in STATES.items())
    listed = f"<ol>{findings}</ol>" if findings else "<p>没有发现互相矛盾的数字。</p>"
    listed += _accepted(audit)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} 审核</title><style>{_STYLE}</style></head><body>"
        f"<header><h1>{escape(title)}　审核意见</h1><p>{legend}</p><p>{_switches()}</p></header>"
        f'<div class="review"><nav aria-label="审核意见" tabindex="0">{listed}</nav><main>{text}</main></div>'
        f"</body></html>\n"
    )


def _finding(number: int, remark: Remark, statements: Mapping[str, Statement]) -> str:
    links = "、".join(
        escape(located(place))
        if remark.change == MENDED
        else f'<a href="#{_anchor(place.page, place.start)}">{escape(located(place))}</a>'
        for place in remark.places
    )
    told = {
        "位置": links,
        "所载": escape(remark.published),
        "应为": escape(remark.computed),
        "算式": escape(remark.arithmetic),
        "可能的改法": escape(repairs_in_chinese(remark, statements)),
        "依据": escape(remark.basis),
    }
    lines = "".join(f"<br>{name}　{words}" for name, words in told.items() if words)
    grade = f"{graded(remark)}（{remark.verdict.value}）"
    return f'<li id="r{number}" class="{remark.severity}"><strong>{grade}</strong>　{escape(remark.message)}{lines}</li>'


def _accepted(audit: Audit) -> str:
    """What was accepted before, each with its reason."""
    told = "".join(
        f"<li>{escape(remark.message)}<br>认可理由　{escape(reason)}</li>"
        for remark, reason in audit.accepted
    )
    return f"<h2>已认可，不再列为问题</h2><ul>{told}</ul>" if told else ""


def _switches() -> str:
    """What may be shown or hidden, without a script: each grade of findings, the colours of coverage."""
    grades = "".join(
        f'<label><input type="checkbox" id="show-{grade}" checked> {word}</label>　'
        for grade, word in SEVERITIES.items()
    )
    return f'显示：{grades}<label><input type="checkbox" id="show-coverage" checked> 按核对情况着色</label>'


def _picture(
    page: Page,
    picture: bytes,
    statements: Sequence[Statement],
    remarks: Sequence[Remark],
    status: Mapping[str, str],
) -> str:
    """The page's picture with boxes on the figures, coloured by coverage, and on every place of a finding."""
    boxes = []
    for each in statements:
        for place in each.places:
            if place.page == page.number and place.box:
                state = status.get(each.id, "unverified")
                boxes.append(f'<span class="figure {state}" style="{_at(place.box, page)}"></span>')
    seen: set[int] = set()
    for number, remark in enumerate(remarks, 1):
        for place in remark.places:
            if place.page == page.number and place.box:
                name = "" if place.start in seen else f' id="{_anchor(page.number, place.start)}"'
                seen.add(place.start)
                words = escape(f"{SEVERITIES[remark.severity]}：{remark.message}", quote=True)
                boxes.append(
                    f'<a{name} class="spot {remark.severity}" href="#r{number}" style="{_at(place.box, page)}"'
                    f' title="{words}" aria-label="{words}"></a>'
                )
    data = b64encode(picture).decode()
    return (
        f'<section><h2>第{page.number}页</h2><div class="sheet">'
        f'<img alt="第{page.number}页" style="aspect-ratio:{page.width:.0f}/{page.height:.0f}" src="data:image/jpeg;base64,{data}">{"".join(boxes)}</div></section>'
    )


def _at(box: Box, page: Page) -> str:
    """The box in hundredths of the page."""
    width, height = max(page.width, 1.0), max(page.height, 1.0)
    left, top, right, bottom = box
    return (
        f"left:{100 * left / width:.2f}%;top:{100 * top / height:.2f}%;"
        f"width:{100 * (right - left) / width:.2f}%;height:{100 * (bottom - top) / height:.2f}%"
    )


def _anchor(page: int, start: int) -> str:
    return f"p{page}-{start}"


def _page(
    page: Page, statements: Sequence[Statement], remarks: Sequence[Remark], status: Mapping[str, str]
) -> str:
    """The text cut wherever a figure or place begins or ends, so that marks may overlap."""
    states = [
        (place.start, place.end, status.get(each.id, "unverified"))
        for each in statements
        for place in each.places
        if place.page == page.number
    ]
    found = [
        (place.start, place.end, "place")
        for each in remarks
        for place in each.places
        if place.page == page.number
    ]
    marks = [*states, *found]
    starts = {start for start, _, kind in found}
    size = len(page.text)
    cuts = sorted({0, size, *(min(at, size) for start, end, _ in marks for at in (start, end))})
    pieces = []
    for start, end in pairwise(cuts):
        kinds = sorted({kind for first, last, kind in marks if first <= start and end <= last})
        words = escape(page.text[start:end])
        name = f' id="{_anchor(page.number, start)}"' if start in starts else ""
        pieces.append(f'<mark{name} class="{" ".join(kinds)}">{words}</mark>' if kinds else words)
    return f"<section><h2>第{page.number}页</h2><pre>{''.join(pieces)}</pre></section>"
