"""The summary as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from mingzhang.province.summary import Section, shown

MOST_ROWS = 1_000
"""Rows of a section on the page; the workbook has more."""

_STYLE = """
body { font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 76rem; color: #223; }
table { border-collapse: collapse; margin-bottom: 2rem; }
th, td { border: 1px solid #ccd; padding: .2rem .6rem; text-align: left; vertical-align: top; }
th { background: #dde6f0; position: sticky; top: 0; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
p { color: #556; }
nav a { margin-right: 1rem; }
"""


def summary_page(sections: Sequence[Section]) -> str:
    """The page, every text of a report escaped."""
    links = "".join(
        f'<a href="#s{number}">{escape(each.title)}</a>' for number, each in enumerate(sections, 1)
    )
    body = "".join(piece for number, each in enumerate(sections, 1) for piece in _section(each, f"s{number}"))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>决算报告核对汇总</title>'
        f"<style>{_STYLE}</style></head><body><h1>决算报告核对汇总</h1><nav>{links}</nav>{body}</body></html>\n"
    )


def _section(section: Section, anchor: str) -> Iterator[str]:
    yield f'<h2 id="{anchor}">{escape(section.title)}</h2>\n'
    left = len(section.rows) - MOST_ROWS
    notes = (section.note, f"共{len(section.rows)}行，其余{left}行见工作簿" if left > 0 else "")
    yield from (f"<p>{escape(note)}</p>\n" for note in notes if note)
    if not section.rows:
        yield "<p>没有</p>\n"
        return
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in section.heads)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>\n"
    for row in section.rows[:MOST_ROWS]:
        cells = zip(section.heads, row, strict=True)
        yield f"<tr>{''.join(_cell(value, head in section.shares) for head, value in cells)}</tr>\n"
    yield "</tbody></table>\n"


def _cell(value: object, share: bool) -> str:
    kind = ' class="number"' if isinstance(value, (int, float, Decimal)) else ""
    return f"<td{kind}>{'' if value is None else escape(shown(value, share))}</td>"
