"""What our own composer writes raises no remark on words, in any edition."""

from dataclasses import replace

import pytest
from small_department import CENTRE, small_material, small_store

from mingzhang import pipeline
from mingzhang.audit.words import check_words
from mingzhang.catalogue.loading import editions
from mingzhang.compose import BudgetUnit
from mingzhang.documents import Chart, Document
from mingzhang.write.docx import write_docx


def words_said(document: Document, path) -> list[str]:
    """What is said of a document once it is written as a Word file and read again; its reasons are still to be filled in."""
    blocks = tuple(block for block in document.blocks if not isinstance(block, Chart))
    write_docx(replace(document, blocks=blocks), path)
    back = pipeline.read(path)
    reading, _ = pipeline.understand(back)
    return [
        f"{remark.severity} {remark.rule} {remark.message}"
        for remark in check_words(pipeline.words_of(back, reading))
        if "待填写" not in remark.message
    ]


@pytest.mark.parametrize("edition", editions())
def test_a_department_s_own_report_raises_no_remark_on_words(edition, tmp_path):
    document = pipeline.disclose(small_store(), edition, small_material()).document
    assert words_said(document, tmp_path / "report.docx") == []


@pytest.mark.parametrize("edition", editions())
def test_a_unit_s_own_report_raises_no_remark_on_words(edition, tmp_path):
    unit = BudgetUnit(CENTRE, "青岚区查阅中心", "institution")
    reasons = {"total_resources#change(of=last_year)": "查阅服务项目减少"}
    material = small_material(
        entity=CENTRE, name="青岚区查阅中心", kind="unit", units=(unit,), reasons=reasons
    )
    document = pipeline.disclose(small_store(), edition, material).document
    assert words_said(document, tmp_path / "report.docx") == []
