"""The text of Word paragraphs as shown: runs, fields' results, insertions; without deletions and hidden text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mingzhang.read.reports.docx_numbering import Numbering, W

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in [
        "del",
        "moveFrom",
        "rPr",
        "pPr",
        "instrText",
        "delText",
        "delInstrText",
        "fldData",
        "rt",
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "sectPr",
    ]
)
_SIGNS = {
    f"{W}tab": " \t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": " ",
}
_OFF = ("0", "false", "off")


@dataclass
class Paragraphs:
    """Collects one paragraph: its text with the element of each piece, and what hangs on it."""

    pieces: list[tuple[str, Any]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """Contents of text boxes anchored in it, to be read after it."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Footnotes and endnotes that it refers to: kind and id."""

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(text for text, _ in self.pieces)

    def add(self, paragraph: Any) -> None:
        """Add the shown text of a `w:p`."""
        instruction = [0, 0]
        """Fields open around the place, and how many of them still stand in their instruction."""
        stack = [iter(paragraph)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            below = self._seen(element, instruction)
            if below is not None:
                stack.append(iter(below))

    def _seen(self, element: Any, instruction: list[int]) -> Any:
        """Take in one element; return what is to be looked through below it, or None."""
        tag = element.tag
        if tag in _SKIPPED:
            return None
        if tag in (f"{W}t", f"{_MATH}t"):
            if element.text and not instruction[1]:
                self.pieces.append((element.text, element))
            return None
        if tag in _SIGNS:
            if not (tag == f"{W}br" and element.get(f"{W}type") in ("page", "column")):
                self.pieces.append((_SIGNS[tag], None))
            return None
        if tag == f"{W}fldChar":
            _field(element.get(f"{W}fldCharType"), instruction)
            return None
        if tag == f"{W}r" and _is_hidden(element):
            return None
        if tag == f"{W}sym":
            self.pieces.append((_symbol(element), None))
            return None
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "footnotes" if tag == f"{W}footnoteReference" else "endnotes"
            self.notes.append((kind, element.get(f"{W}id") or ""))
            return None
        if tag == f"{_COMPATIBLE}AlternateContent":
            choice = element.find(f"{_COMPATIBLE}Choice")
            return choice if choice is not None else element.find(f"{_COMPATIBLE}Fallback")
        if tag == f"{W}txbxContent":
            self.boxes.append(element)
            return None
        if tag == f"{W}ruby":
            return element.find(f"{W}rubyBase")
        if (
            isinstance(tag, str)
            and tag.startswith(_PICTURE)
            and tag != f"{_PICTURE}graphic"
            and tag != f"{_PICTURE}graphicData"
        ):
            return None
        return element


def _field(kind: str | None, instruction: list[int]) -> None:
    if kind == "begin":
        instruction[0] += 1
        instruction[1] += 1
    elif kind == "separate":
        instruction[1] = max(instruction[1] - 1, 0)
    elif kind == "end":
        instruction[1] = min(instruction[1], max(instruction[0] - 1, 0))
        instruction[0] = max(instruction[0] - 1, 0)


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in _OFF


def _symbol(element: Any) -> str:
    code = element.get(f"{W}char") or ""
    try:
        mark = chr(int(code, 16))
    except ValueError:
        return ""
    return "" if "\ue000" <= mark <= "\uf8ff" else mark


@dataclass(frozen=True)
class Styles:
    """What paragraph styles say of numbering: {style: (number id, level)}, inherited."""

    lists: dict[str, tuple[str, int]]

    @classmethod
    def of(cls, root: Any) -> Styles:
        """The styles part of a file."""
        own: dict[str, tuple[str | None, str | None]] = {}
        base: dict[str, str] = {}
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId") or ""
            own[name] = _list_of(style)
            parent = style.find(f"{W}basedOn")
            if parent is not None:
                base[name] = parent.get(f"{W}val") or ""
        lists = {}
        for name in own:
            number, level = None, None
            for each in _ancestry(name, base):
                its_number, its_level = own.get(each, (None, None))
                number, level = number or its_number, level or its_level
            if number and number != "0":
                lists[name] = (number, int(level) if level and level.isdigit() else 0)
        return cls(lists)

    def number(self, paragraph: Any, numbering: Numbering) -> str:
        """The automatic number of a paragraph, counted; empty where it has none."""
        number, level = _list_of(paragraph)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        inherited = self.lists.get(style.get(f"{W}val") or "") if style is not None else None
        if number is None and inherited:
            number = inherited[0]
        if not number or number == "0":
            return ""
        at = int(level) if level and level.isdigit() else inherited[1] if inherited else 0
        return numbering.next(number, min(at, 8))


def _ancestry(name: str, base: dict[str, str]) -> Iterator[str]:
    for _ in range(30):
        yield name
        if name not in base:
            return
        name = base[name]


def _list_of(element: Any) -> tuple[str | None, str | None]:
    number = element.find(f"{W}pPr/{W}numPr/{W}numId")
    level = element.find(f"{W}pPr/{W}numPr/{W}ilvl")
    return (
        number.get(f"{W}val") if number is not None else None,
        level.get(f"{W}val") if level is not None else None,
    )
