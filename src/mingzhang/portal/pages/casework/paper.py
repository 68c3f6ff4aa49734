"""A document's text laid out as on paper (文书版式): title, number, body, signatures; a form (…表) as a sheet of boxes with labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PAIR = re.compile(r"([^：　]{1,16})：([^：]*?)(?=　+[^：　]{1,16}：|$)")
_SIGNED = re.compile(r"（(签名|盖章|印章|签名或者盖章|签字)）")
_SHORT = 26
_FORM = "表"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece: "pairs" (a row of labelled boxes), "tall" (a label with text below), "text", "signature", or "right" (who and when, at the end)."""

    sort: str
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is printed."""

    title: str
    number: str
    is_form: bool
    blocks: tuple[Block, ...]


def paper(name: str, number: str, text: str) -> Paper:
    r"""The text of a document laid out.

    >>> made = paper("示例申请表", "", "示例申请表\n\n申请人：某人　电话：138\n事实：\n一句话\n\n申请人（签名）：　年　月　日")
    >>> [(each.sort, each.pairs or each.text) for each in made.blocks]
    [('pairs', (('申请人', '某人'), ('电话', '138'))), ('tall', (('事实', '一句话'),)), ('signature', '申请人（签名）：　年　月　日')]
    """
    lines = text.strip().split("\n")
    title = lines.pop(0).strip() if lines and lines[0].strip() == name else name
    is_form = name.endswith(_FORM)
    return Paper(title, number, is_form, tuple(_form(lines) if is_form else _letter(lines)))


def _letter(lines: list[str]) -> Iterator[Block]:
    body = [line.rstrip() for line in lines]
    end = len(body)
    while end and body[end - 1] and len(body[end - 1]) <= _SHORT and "：" not in body[end - 1]:
        end -= 1
    closing = body[end:] if end and not body[end - 1] else []
    for line in body[: len(body) - len(closing)]:
        if line:
            yield Block("signature" if _SIGNED.search(line) else "text", line)
    for line in closing:
        yield Block("signature" if _SIGNED.search(line) else "right", line)


def _form(lines: list[str]) -> Iterator[Block]:
    waiting = [line.rstrip() for line in lines]
    while waiting:
        line = waiting.pop(0)
        if not line:
            continue
        if _SIGNED.search(line):
            yield Block("signature", line)
        elif line.endswith("：") and "　" not in line:
            below = []
            while waiting and waiting[0]:
                below.append(waiting.pop(0))
            yield Block("tall", pairs=((line[:-1], "\n".join(below)),))
        elif pairs := _PAIR.findall(line):
            yield Block("pairs", pairs=tuple((label.strip(), value.strip("　 ")) for label, value in pairs))
        else:
            yield Block("text", line)
