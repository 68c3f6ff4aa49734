"""A commented copy of a Word file: every finding as a comment on its very figures; nothing else of the file changes."""

from __future__ import annotations

import posixpath
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from mingzhang.audit.remark import Remark
from mingzhang.audit.telling.words import graded, repairs_in_chinese
from mingzhang.documents import Place, Run
from mingzhang.documents.text import printable
from mingzhang.facts import Statement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AUTHOR, _INITIALS = "决算审核", "审"


def commented_docx(
    content: bytes,
    runs: Sequence[Run],
    remarks: Sequence[Remark],
    statements: Mapping[str, Statement],
    on: datetime,
) -> bytes:
    """The file with a comment at every place of every finding, in full at the first, pointing to it at the others.

    Notices have one comment only: tails of rounding have many figures, and none of them is to be changed.

    `runs` are the file's runs of text as it was read, by their offsets. Text in notes and text boxes cannot carry
    comments: they stand at the note's mark and at the box. Comments that the file has already stay.
    """
    package = _Package.opened(content)
    body = _Body(package.xml(package.main), package.main, runs)
    notes = _Notes(package)
    for number, remark in enumerate(remarks, 1):
        places = list(dict.fromkeys(remark.places))
        for at, place in enumerate(places if remark.severity != "notice" else places[:1]):
            text = (
                _text(number, remark, statements)
                if at == 0
                else [f"见审核意见第{number}条：{remark.message}"]
            )
            body.comment(place, notes.add(text, on))
    if notes.added:
        package.replace(package.main, body.root)
        notes.save()
    return package.saved()


def _text(number: int, remark: Remark, statements: Mapping[str, Statement]) -> list[str]:
    told = {
        "应为": remark.computed,
        "算式": remark.arithmetic if remark.arithmetic not in remark.message else "",
        "改法": repairs_in_chinese(remark, statements),
        "建议": remark.remedy,
        "依据": remark.basis,
    }
    head = f"{number}. {graded(remark)}（{remark.verdict.value}）：{remark.message}"
    return [head, *(f"{name}：{words}" for name, words in told.items() if words)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that can carry a comment as a whole: its offsets, and the element to set marks around."""

    start: int
    end: int
    element: Any


class _Body:
    """The main part; runs are split where a comment begins or ends inside them."""

    def __init__(self, root: Any, part: str, runs: Sequence[Run]) -> None:
        self.root = root
        elements = list(root.iter("*"))
        self._pieces: list[_Piece] = []
        for run in sorted(runs):
            anchor = elements[run.element] if run.part == part else _mark_of_note(root, run)
            if anchor is not None:
                self._pieces.append(_Piece(run.start, run.end, anchor))

    def comment(self, place: Place, name: str) -> None:
        """Set a comment's marks around a place; at the nearest text where the place itself has none."""
        first = self._cut(place.start)
        last = max(self._cut(place.end), first + 1)
        pieces = self._pieces[first:last] or self._pieces[-1:]
        if not pieces:
            return
        begin, end = _markable(pieces[0].element), _markable(pieces[-1].element)
        begin.addprevious(etree.Element(f"{_W}commentRangeStart", {f"{_W}id": name}))
        mark = etree.Element(f"{_W}r")
        etree.SubElement(mark, f"{_W}commentReference", {f"{_W}id": name})
        end.addnext(mark)
        end.addnext(etree.Element(f"{_W}commentRangeEnd", {f"{_W}id": name}))

    def _cut(self, offset: int) -> int:
        """The number of the first piece at or after the offset; a run that the offset falls into is split there."""
        at = bisect_left(self._pieces, offset, key=lambda piece: piece.end)
        if at == len(self._pieces):
            return at
        piece = self._pieces[at]
        if offset == piece.end:
            return at + 1
        if piece.start < offset and _divisible(piece.element):
            rest = _split(piece.element, offset - piece.start)
            self._pieces[at : at + 1] = [
                _Piece(piece.start, offset, piece.element),
                _Piece(offset, piece.end, rest),
            ]
            return at + 1
        return at


def _divisible(text: Any) -> bool:
    """Whether a text element stands directly in a run of the main text."""
    return (
        text.tag == f"{_W}t"
        and text.getparent().tag == f"{_W}r"
        and next(text.iterancestors(f"{_W}txbxContent"), None) is None
    )


def _split(text: Any, at: int) -> Any:
    """Split the run of a text element behind so many characters; return the text element of the second run."""
    run = text.getparent()
    second = etree.Element(run.tag, run.attrib)
    properties = run.find(f"{_W}rPr")
    if properties is not None:
        second.append(deepcopy(properties))
    rest = etree.SubElement(second, text.tag)
    rest.text, text.text = text.text[at:], text.text[:at]
    for each in (text, rest):
        each.set(_SPACE, "preserve")
    second.extend(list(text.itersiblings()))
    run.addnext(second)
    return rest


def _markable(element: Any) -> Any:
    """The element around which marks may be set: the run, outside text boxes; formulas as a whole."""
    chain = [element, *element.iterancestors()]
    outermost = max((at for at, each in enumerate(chain) if each.tag == f"{_W}p"), default=len(chain) - 1)
    inside = chain[:outermost]
    return next(
        (each for each in reversed(inside) if each.tag == f"{_W}r"), inside[-1] if inside else element
    )


def _mark_of_note(root: Any, run: Run) -> Any:
    """The mark in the main text of the note that the run stands in."""
    kind = posixpath.basename(run.part).removesuffix("s.xml")
    return next(iter(root.iterfind(f".//{_W}{kind}Reference[@{_W}id='{run.note}']")), None)


class _Notes:
    """The comments part, made where the file has none yet."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._path = package.related(_COMMENTS)
        found = package.xml(self._path) if self._path else None
        self._root = etree.Element(f"{_W}comments", nsmap={"w": _W[1:-1]}) if found is None else found
        taken = [each.get(f"{_W}id") or "" for each in self._root.iterchildren(f"{_W}comment")]
        self._next = max((int(each) for each in taken if each.isdecimal()), default=-1) + 1
        self.added = 0

    def add(self, paragraphs: Sequence[str], on: datetime) -> str:
        """Add a comment; return its id."""
        name = str(self._next + self.added)
        self.added += 1
        told = {
            "id": name,
            "author": _AUTHOR,
            "initials": _INITIALS,
            "date": on.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        comment = etree.SubElement(
            self._root, f"{_W}comment", {f"{_W}{key}": value for key, value in told.items()}
        )
        for text in paragraphs:
            run = etree.SubElement(etree.SubElement(comment, f"{_W}p"), f"{_W}r")
            words = etree.SubElement(run, f"{_W}t", {_SPACE: "preserve"})
            words.text = printable(text)
        return name

    def save(self) -> None:
        """Put the part into the package, with its relation and type."""
        path = self._path or self._package.relate(_COMMENTS, "comments", _CONTENT_TYPE)
        self._package.replace(path, self._root)


class _Package:
    """The parts of a Word file; those not replaced are written again as they were."""

    def __init__(self, parts: list[tuple[zipfile.ZipInfo, bytes]]) -> None:
        self._parts = parts
        relations = self.xml("_rels/.rels")
        targets = [each.get("Target", "") for each in _of_type(relations, "/officeDocument")]
        self.main = targets[0].lstrip("/") if targets else "word/document.xml"

    @classmethod
    def opened(cls, content: bytes) -> _Package:
        """All parts of a file that was read before."""
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return cls([(info, archive.read(info)) for info in archive.infolist()])

    def xml(self, path: str) -> Any:
        """A part as an element; None where there is none."""
        raw = next((raw for info, raw in reversed(self._parts) if info.filename == path), None)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return None if raw is None else etree.fromstring(raw, parser)

    def replace(self, path: str, root: Any) -> None:
        """Put an element in a part's place, or add it as a new part."""
        raw = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for at, (info, _) in enumerate(self._parts):
            if info.filename == path:
                self._parts[at] = (info, raw)
                return
        info = zipfile.ZipInfo(path, self._parts[0][0].date_time)
        info.compress_type = zipfile.ZIP_DEFLATED
        self._parts.append((info, raw))

    @property
    def _relations(self) -> str:
        folder, name = posixpath.split(self.main)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def related(self, kind: str) -> str | None:
        """The path of the main part's part of a kind."""
        root = self.xml(self._relations)
        target = next((each.get("Target", "") for each in _of_type(root, kind)), None)
        if target is None:
            return None
        folder = posixpath.dirname(self.main)
        path = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        return path if any(info.filename == path for info, _ in self._parts) else None

    def relate(self, kind: str, stem: str, content_type: str) -> str:
        """Declare a new part of a kind; return its path, which no part of the file has."""
        folder, names = posixpath.dirname(self.main), {info.filename for info, _ in self._parts}
        path = next(
            path
            for number in range(len(names) + 1)
            if (path := posixpath.join(folder, f"{stem}{number or ''}.xml")) not in names
        )
        relations = self.xml(self._relations)
        if relations is None:
            relations = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        taken = {each.get("Id") for each in relations}
        name = next(name for number in range(len(taken) + 1) if (name := f"rIdReview{number}") not in taken)
        etree.SubElement(
            relations,
            f"{{{_RELATIONS}}}Relationship",
            {"Id": name, "Type": kind, "Target": posixpath.basename(path)},
        )
        self.replace(self._relations, relations)
        types = self.xml("[Content_Types].xml")
        if types is None:
            types = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
        etree.SubElement(
            types, f"{{{_TYPES}}}Override", {"PartName": f"/{path}", "ContentType": content_type}
        )
        self.replace("[Content_Types].xml", types)
        return path

    def saved(self) -> bytes:
        """The file."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for info, raw in self._parts:
                archive.writestr(info, raw)
        return out.getvalue()


def _of_type(relations: Any, kind: str) -> Iterator[Any]:
    for each in relations if relations is not None else ():
        if (each.get("Type") or "").endswith(kind):
            yield each
