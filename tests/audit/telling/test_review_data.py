"""The review as data: every figure marked once, every finding with its proof, whatever the file was."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from mingzhang import pipeline
from mingzhang.audit.telling.review import review

CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", Path(__file__).parents[3] / ".." / "shared" / "corpus"))
_REPORT = """示例局2021年度部门决算
五、财政拨款支出决算情况说明
2021年度财政拨款支出3369.44万元，主要用于以下方面：住房保障（类）支出239.14万元，占7.2%；卫生健康（类）支出102.64万元，占3.0%。
"""


@pytest.fixture(scope="module")
def told():
    """The review of a short report in which a share is wrong."""
    return review(pipeline.audit(_REPORT))


def test_the_pieces_of_a_page_are_its_text(told):
    """Cutting for marks loses and changes nothing."""
    assert "".join(piece["text"] for piece in told["pages"][0]["pieces"]) == _REPORT


def test_a_finding_shows_its_arithmetic_and_every_figure_of_its_proof(told):
    """The wrong share is told with dividend and divisor, each linked to its place."""
    finding = next(each for each in told["findings"] if each["published"] == "7.2%")
    assert "239.14万元÷3369.44万元" in finding["arithmetic"]
    assert {"7.2%", "239.14万元", "3369.44万元"} <= {figure["shown"] for figure in finding["figures"]}
    anchors = {piece.get("anchor") for piece in told["pages"][0]["pieces"]}
    assert {figure["anchor"] for figure in finding["figures"]} <= anchors
    assert {place["anchor"] for place in finding["places"]} <= anchors


def test_figures_are_coloured_by_what_is_known_of_them(told):
    """The suspected figure is marked as contradicted and carries the number of its finding."""
    wrong = next(piece for piece in told["pages"][0]["pieces"] if piece["text"] == "7.2%")
    assert wrong["state"] == "contradicted"
    assert wrong["severity"] == "error"
    assert wrong["findings"]


def test_it_is_plain_json(told):
    """It travels between processes."""
    assert json.loads(json.dumps(told)) == told


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="真实文件不在 MINGZHANG_CORPUS 所指的目录")
def test_a_page_with_a_picture_has_boxes_instead_of_text():
    """Boxes lie on the page; each name stands at one box."""
    audit = pipeline.audit(CORPUS / "putuo-finance-2024.pdf")
    told = review(audit, pictures=20)
    first = next(page for page in told["pages"] if page["pictured"] and page["figures"])
    for box in first["boxes"]:
        left, top, width, height = box["box"]
        assert -2 <= left <= left + width <= first["width"] + 2
        assert -2 <= top <= top + height <= first["height"] + 2
    names = [box["anchor"] for page in told["pages"] for box in page.get("boxes", ()) if box["anchor"]]
    assert len(names) == len(set(names))
    assert "pieces" in told["pages"][20], "no picture was made of this page"
