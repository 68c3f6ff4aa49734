"""Words of a web page: what is shown, white space as browsers collapse it, line breaks kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_DROPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "select",
        "option",
        "textarea",
        "input",
        "button",
        "svg",
        "math",
        "audio",
        "video",
        "map",
        "canvas",
        "dialog",
        "del",
        "nav",
        "rt",
        "rp",
    ]
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?:p[xt])?\s*(?:;|$)",
    re.I,
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def is_dropped(element: Any) -> bool:
    """Whether an element and all below it are not shown as text."""
    tag = element.tag
    if not isinstance(tag, str):
        return True
    if tag in _DROPPED:
        return tag != "button" or not any(mark.isdigit() for mark in "".join(element.itertext()))
    if "hidden" in element.attrib:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


@dataclass
class Words:
    """The text of the paragraph being gathered, and how much of it is links."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    """Links that are open around the current place."""

    def enter(self, element: Any) -> None:
        """Begin an element: its own text."""
        if element.tag == "a":
            self.links += 1
        if element.tag == "br":
            self.parts.append("\n")
        self.add(element.text)

    def leave(self, element: Any) -> None:
        """End an element; its tail is the parent's text."""
        if element.tag == "a" and self.links:
            self.links -= 1

    def add(self, text: str | None) -> None:
        """Add text as browsers show it."""
        if text:
            shown = _SPACE.sub(" ", text)
            self.parts.append(shown)
            if self.links:
                self.linked += len(shown.strip())

    def taken(self) -> tuple[str, bool]:
        """The gathered text, and whether most of it is links; begins anew."""
        text = "".join(self.parts).strip(" \n")
        mostly_links = self.linked * 2 > len(text)
        self.parts, self.linked = [], 0
        return text, mostly_links
