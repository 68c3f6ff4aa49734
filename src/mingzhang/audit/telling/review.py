"""The review (审核结果) as data for a page: findings with their whole proof, and every page with its marks.

A page that has a picture is shown by it, with boxes in points; any other by its text, cut where a mark begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from mingzhang.audit.accepted import key_of, proof_of
from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.audit.telling.words import graded, located, repairs_in_chinese
from mingzhang.documents import Box, Page, Place, Problem
from mingzhang.documents.problems import SEVERITIES, rank
from mingzhang.facts import Statement

Data = dict[str, Any]
_MARGIN = 1.5
"""Points between a figure and the box around it."""


def review(audit: Audit, pictures: int = 0) -> Data:
    """Everything that a page about an audit shows; `pictures` is how many of the first pages there are pictures of."""
    remarks = audit.ordered
    pages = audit.document.pages if audit.document else ()
    return {
        "path": audit.path,
        "medium": audit.document.medium if audit.document else "",
        "department": audit.department,
        "year": audit.year,
        "edition": audit.edition,
        "seconds": round(audit.seconds, 3),
        "coverage": audit.coverage,
        "grades": {grade: sum(remark.severity == grade for remark in remarks) for grade in SEVERITIES},
        "findings": [_finding(number, remark, audit) for number, remark in enumerate(remarks, 1)],
        "mended": [_finding(number, remark, audit) for number, remark in enumerate(audit.mended, 1)],
        "accepted": [
            {
                "key": key_of(remark, audit),
                "grade": graded(remark),
                "severity": remark.severity,
                "message": remark.message,
                "reason": reason,
            }
            for remark, reason in audit.accepted
        ],
        "undone": [_problem(problem) for problem in audit.undone],
        "unread": [_problem(problem) for problem in audit.problems],
        "pages": [
            _Marked(page, audit, remarks).as_data(pictured=at < pictures and page.boxes is not None)
            for at, page in enumerate(pages)
        ],
    }


def _problem(problem: Problem) -> Data:
    return {"what": problem.what, "where": problem.where, "remedy": problem.remedy}


def anchor(place: Place) -> str:
    """The name of a place within the review."""
    return f"p{place.page}-{place.start}"


def _finding(number: int, remark: Remark, audit: Audit) -> Data:
    own = {each.id for each in audit.statements}
    figures = [audit.shown[name] for name in remark.statements if name in audit.shown]
    return {
        "number": number,
        "key": key_of(remark, audit),
        "bound_to": [list(each) for each in proof_of(remark, audit)],
        "rule": remark.rule,
        "severity": remark.severity,
        "grade": graded(remark),
        "change": remark.change,
        "verdict": remark.verdict.value,
        "message": remark.message,
        "published": remark.published,
        "computed": remark.computed,
        "arithmetic": remark.arithmetic,
        "repairs": repairs_in_chinese(remark, audit.shown),
        "remedy": remark.remedy,
        "basis": remark.basis,
        "figures": [_figure(each, audit, known=each.id in own) for each in figures],
        "places": [
            {"page": place.page, "anchor": anchor(place), "words": located(place)} for place in remark.places
        ],
    }


def _figure(statement: Statement, audit: Audit, *, known: bool) -> Data:
    """A figure of a proof; one of another report has no place here."""
    place = statement.places[0]
    return {
        "id": statement.id,
        "label": statement.label,
        "shown": statement.shown,
        "context": statement.context or "正文",
        "page": place.page if known else None,
        "anchor": anchor(place) if known else "",
        "state": (audit.status or {}).get(statement.id, "unverified") if known else "",
    }


class _Marked:
    """A page with the figures and the places of findings that stand on it."""

    def __init__(self, page: Page, audit: Audit, remarks: Sequence[Remark]) -> None:
        self._page = page
        self._figures = [
            (place, each) for each in audit.statements for place in each.places if place.page == page.number
        ]
        self._status = audit.status or {}
        self._spots = [
            (place, number, remark.severity)
            for number, remark in enumerate(remarks, 1)
            for place in dict.fromkeys(remark.places)
            if place.page == page.number
        ]

    def as_data(self, *, pictured: bool) -> Data:
        """The page with boxes for its picture, or with its text in pieces."""
        page = self._page
        told: Data = {
            "number": page.number,
            "name": page.name,
            "width": round(max(page.width, 1.0), 1),
            "height": round(max(page.height, 1.0), 1),
            "readable": page.readable,
            "pictured": pictured,
            "figures": len(self._figures),
            "spots": len(self._spots),
        }
        return told | ({"boxes": list(self._boxes())} if pictured else {"pieces": list(self._pieces())})

    def _boxes(self) -> Iterator[Data]:
        """A box on every figure, then one on every place of a finding; each name is given once."""
        named: set[str] = set()
        boxes = [
            (
                place,
                {"state": self._state(each), "fact": each.id, "words": f"{each.label} {each.shown}".strip()},
            )
            for place, each in self._figures
        ] + [(place, {"severity": severity, "finding": number}) for place, number, severity in self._spots]
        spotted = {anchor(place) for place, _, _ in self._spots}
        for place, told in boxes:
            if place.box is None:
                continue
            name = anchor(place)
            free = name not in named and ("finding" in told or name not in spotted)
            named |= {name} if free else set()
            yield {"anchor": name if free else "", "box": _around(place.box), **told}

    def _pieces(self) -> Iterator[Data]:
        """The text cut wherever a figure or a place of a finding begins or ends, so that marks may overlap."""
        text = self._page.text
        marks: list[tuple[Place, Data]] = [
            (place, {"state": self._state(each), "fact": each.id}) for place, each in self._figures
        ]
        marks += [(place, {"severity": grade, "finding": number}) for place, number, grade in self._spots]
        waiting = sorted(marks, key=lambda mark: -mark[0].start)
        starts = {place.start for place, _ in marks}
        cuts = sorted(
            {0, len(text), *(min(at, len(text)) for place, _ in marks for at in (place.start, place.end))}
        )
        open_: list[tuple[Place, Data]] = []
        for start, end in pairwise(cuts):
            while waiting and waiting[-1][0].start <= start:
                open_.append(waiting.pop())
            open_ = [mark for mark in open_ if mark[0].end > start]
            piece: Data = {"text": text[start:end]}
            if open_:
                piece |= _merged([told for _, told in open_])
                piece["anchor"] = f"p{self._page.number}-{start}" if start in starts else ""
            yield piece

    def _state(self, statement: Statement) -> str:
        return self._status.get(statement.id, "unverified")


def _merged(marks: Sequence[Data]) -> Data:
    """What several marks on the same text say together: the first figure's state, the gravest finding."""
    grades = [mark["severity"] for mark in marks if "severity" in mark]
    return {
        "state": next((mark["state"] for mark in marks if "state" in mark), ""),
        "facts": [mark["fact"] for mark in marks if "fact" in mark],
        "severity": min(grades, key=rank) if grades else "",
        "findings": [mark["finding"] for mark in marks if "finding" in mark],
    }


def _around(box: Box) -> list[float]:
    """Left, top, width, height of a box a little larger."""
    left, top, right, bottom = box
    return [
        round(left - _MARGIN, 1),
        round(top - _MARGIN, 1),
        round(right - left + 2 * _MARGIN, 1),
        round(bottom - top + 2 * _MARGIN, 1),
    ]
