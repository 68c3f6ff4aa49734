"""What is published is read back as it was printed, audits clean, and one wrong digit is one finding at its place.

Departments are invented by seeds: a few in every run, many with MINGZHANG_EXAMPLES set.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from mingzhang import pipeline
from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.documents import Document, Figure
from mingzhang.facts import Coordinate, Statement
from properties.changes import changed
from properties.invented import invent

YEARS = {
    "hubei_wuhan_fy2021": 2021,
    "national_fy2021": 2021,
    "national_fy2022plus": 2023,
    "shanghai_fy2024": 2024,
    "shanghai_fy2024_26_classes": 2024,
}
FORMATS = ("docx", "html", "xlsx", "pdf")
EXAMPLES = int(os.environ.get("MINGZHANG_EXAMPLES", "1"))
CASES = [
    pytest.param((edition, shape, 100 * turn + 10 * at + over), id=f"{edition}-{shape}-{turn}")
    for turn in range(EXAMPLES)
    for at, edition in enumerate(YEARS)
    for over, shape in enumerate(FORMATS)
]


@dataclass(frozen=True)
class Loop:
    """A disclosure as composed, as read back from its file, and audited."""

    seed: int
    year: int
    composed: Document
    back: Document
    audit: Audit


@pytest.fixture(scope="module", params=CASES)
def loop(request, tmp_path_factory) -> Loop:
    """An invented department's disclosure, written in one format and read back."""
    edition, shape, seed = request.param
    invented = invent(seed, edition, YEARS[edition])
    folder = tmp_path_factory.mktemp("loop")
    written = pipeline.publish(invented.store, edition, folder, invented.material, formats=(shape,))
    (file,) = [path for path in written.files if path.suffix == f".{shape}"]
    back = pipeline.read(file)
    return Loop(seed, YEARS[edition], written.document, back, pipeline.audit_document(back))


def printed(document: Document) -> Counter[tuple[str, str]]:
    """Coordinate without entity and digits of every figure in the tables."""
    return Counter(
        _printed(cell.figure)
        for table in document.tables()
        for row in table.body
        for cell in row.cells
        if cell.figure and cell.text
    )


def _printed(figure: Figure) -> tuple[str, str]:
    return str(replace(Coordinate.parse(figure.coordinate), entity="")), figure.text


def test_tables_come_back_and_the_audit_is_clean(loop: Loop):
    reading, _ = pipeline.understand(loop.back)
    tables = [each for each in reading.statements if each.source == "table" and not each.local]
    found = Counter((str(replace(each.coordinate, entity="")), each.printed.text) for each in tables)
    assert found == printed(loop.composed)
    assert not reading.problems
    assert [f"{each.rule}: {each.message}" for each in grave(loop.audit)] == []
    assert (loop.audit.department, loop.audit.year) == (loop.composed.metadata.department, loop.year)


@pytest.mark.parametrize("source", ["table", "text"])
def test_one_wrong_digit_is_one_finding_at_its_place(loop: Loop, source: str):
    """A figure that others verify, its leading digit changed."""
    chance, status = random.Random(loop.seed), loop.audit.status or {}
    known = [
        each
        for each in loop.audit.statements
        if each.source == source and status[each.id] == "verified" and each.printed.value >= 1
    ]
    if not known:
        assert source == "text"  # workbooks have tables only
        return
    wrong = chance.choice(known)
    found = grave(pipeline.audit_document(planted(loop.back, wrong, chance)))
    assert [each.rule for each in found if at_place(each, wrong)], f"{wrong.label} {wrong.shown}"
    assert len(found) == 1, [each.message for each in found]


def grave(audit: Audit) -> list[Remark]:
    return [each for each in audit.remarks if each.severity != "notice"]


def planted(document: Document, statement: Statement, chance: random.Random) -> Document:
    """The document with another leading digit in a figure."""
    place = statement.places[0]
    page = next(page for page in document.pages if page.number == place.page)
    at = next(at for at in range(place.start, place.end) if page.text[at] in "123456789")
    digit = chance.choice([each for each in "123456789" if each != page.text[at]])
    return changed(document, page.first + at, digit)


def at_place(remark: Remark, statement: Statement) -> bool:
    place = statement.places[0]
    return any(
        each.page == place.page and each.start < place.end and place.start < each.end
        for each in remark.places
    )
