"""Web pages (HTML), as published on government sites and as Word saves them: the article among its navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from mingzhang.documents import Block, Document, Paragraph, Problem
from mingzhang.read.reports.breaks import write_paragraphs
from mingzhang.read.reports.html_article import article_of
from mingzhang.read.reports.html_tables import data_table, is_data_table
from mingzhang.read.reports.html_text import BLOCKS, Words, is_dropped
from mingzhang.read.reports.pages import PageText, raw_document
from mingzhang.read.reports.sources import content
from mingzhang.read.reports.txt import decoded, text_blocks
from mingzhang.read.unreadable import UnreadableFileError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_PICTURES = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=\s]+")
_UNWANTED = re.compile(r"[\0\x01-\x08\x0b\x0e-\x1f\ud800-\udfff]|<\?xml[^>]{0,200}\?>")
_MOST_ELEMENTS = 400_000
_ABOUT_ACCOUNTS = re.compile(r"[决预]算|万元")


def read_html(source: Path | bytes, name: str = "") -> Document:
    """Read a web page; `page.text` is the text that it shows, blocks on lines, cells parted by tabs.

    Raises UnreadableFileError for what is empty, too large or nested beyond measure.
    """
    raw, name = content(source, name)
    root = _parsed(_text_of(raw, name), name)
    walk = _Walk(name, article_of(root))
    walk.through(root)
    return raw_document(name, walk.blocks, (walk.page.page(1),), "html")


def _text_of(raw: bytes, name: str) -> str:
    declared = _CHARSET.search(raw[:4096])
    encoding = declared[1].decode("ascii").lower() if declared else ""
    if encoding in ("gb2312", "gbk", "gb18030", "big5"):
        encoding = "gb18030" if encoding != "big5" else encoding
        text = raw.decode(encoding, errors="replace")
        if text.count("\ufffd") * 200 <= len(text):
            return text
    return decoded(raw, name)


def _parsed(text: str, name: str) -> Any:
    text = _UNWANTED.sub("", _PICTURES.sub("", text))
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, no_network=True)
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        problem = Problem("file_empty", "网页中没有任何内容", name, "用浏览器打开原网页，另存后再核对")
        raise UnreadableFileError(problem) from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        what = "网页的标签层层嵌套过深，无法完整读取"
        raise UnreadableFileError(Problem("too_deep", what, name, "把网页打印成 PDF 后再核对"))
    if sum(1 for _ in zip(root.iter(), range(_MOST_ELEMENTS + 1), strict=False)) > _MOST_ELEMENTS:
        what = f"网页过大（上限 {_MOST_ELEMENTS} 个标签）"
        raise UnreadableFileError(Problem("too_many_cells", what, name, "只保留一份决算报告后再核对"))
    return root


@dataclass
class _Walk:
    """One pass over the page in document order; no recursion, however deep the page."""

    name: str
    article: Any
    page: PageText = field(default_factory=PageText)
    blocks: list[Block] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    inside: bool = False

    def through(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "start":
                if self._starts(element):
                    walk.skip_subtree()
            elif event == "end":
                self._ends(element)
            self.words.add(element.tail if event != "start" else None)
        self._close()

    def _starts(self, element: Any) -> bool:
        """Enter an element; True where nothing below it is to be seen any more."""
        tag = element.tag
        if is_dropped(element):
            return True
        if tag in BLOCKS:
            self._close()
        if element is self.article:
            self.inside = True
        if tag == "table" and is_data_table(element):
            self._table(element)
            return True
        if tag == "pre":
            self._preformatted(element)
            return True
        self.words.enter(element)
        return False

    def _ends(self, element: Any) -> None:
        self.words.leave(element)
        if element.tag in BLOCKS:
            self._close()
        if element is self.article:
            self._close()
            self.inside = False

    def _close(self) -> None:
        """End the paragraph that is being gathered."""
        text, linked = self.words.taken()
        if text and (self.inside or (not linked and _ABOUT_ACCOUNTS.search(text))):
            self.blocks.extend(write_paragraphs(self.page, text))

    def _table(self, element: Any) -> None:
        for caption in element.iterchildren("caption"):
            self.blocks.extend(self._caption(caption))
        found = data_table(element, self.page, self.name, keep=self.inside)
        if found:
            self.blocks.append(found)

    def _caption(self, caption: Any) -> Iterator[Paragraph]:
        text = " ".join("".join(caption.itertext()).split())
        if text:
            yield from write_paragraphs(self.page, text)

    def _preformatted(self, element: Any) -> None:
        text = "".join(element.itertext())
        if text.strip() and self.inside:
            self.page.write("\n" if self.page.length else "")
            base, _ = self.page.write(text)
            self.page.write("\n")
            self.blocks.extend(text_blocks(text, base))
