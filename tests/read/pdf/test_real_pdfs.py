"""The real reports as PDF: every figure of their tables at its coordinate, their known faults found, nothing invented."""

import os
from collections import Counter
from pathlib import Path

import pytest

from mingzhang import pipeline
from mingzhang.read.reports.plain import located_text

CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", Path(__file__).parents[3] / ".." / "shared" / "corpus"))
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPUS / "gold").is_dir(), reason="真实文件不在 MINGZHANG_CORPUS 所指的目录"),
]
FILES = {"putuo-social-work-2024": 205, "putuo-finance-2024": 195}


@pytest.mark.parametrize("name", FILES)
def test_the_figures_of_the_tables_are_all_read_with_their_boxes(name: str):
    document = pipeline.read(CORPUS / f"{name}.pdf")
    reading, _ = pipeline.understand(document)
    figures = [each for each in reading.statements if each.source == "table" and each.context]
    assert len(figures) == FILES[name]
    for each in reading.statements:
        for place in each.places:
            page = document.pages[place.page - 1]
            assert place.box is not None
            assert located_text([(0, page.text[place.start : place.end])]).text[:3] == place.quote[:3]


@pytest.mark.parametrize("name", FILES)
def test_hardly_anything_is_contradicted(name: str):
    audit = pipeline.audit(CORPUS / f"{name}.pdf")
    assert audit.coverage["verified"] > 0.75 * audit.coverage["facts"]
    assert Counter(remark.severity for remark in audit.remarks)["error"] <= 5


def test_a_template_without_figures_says_nothing_of_figures():
    audit = pipeline.audit(CORPUS / "shanghai-template-2024.pdf")
    assert audit.error is None
    assert audit.coverage["facts"] == 0
