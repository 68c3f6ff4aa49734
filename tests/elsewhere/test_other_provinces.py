"""Reports in other provinces' words and forms: what is right is not accused, what is planted is found where it stands."""

from __future__ import annotations

import re

import pytest

from elsewhere import media
from elsewhere.blocks import Block, Paragraph
from elsewhere.department import invented
from elsewhere.report import only_tables, report
from elsewhere.styles import STYLES, Style
from mingzhang import pipeline

MEDIA = {
    "html": lambda blocks, title: media.html(blocks, title),
    "text with flattened tables": lambda blocks, title: media.text(blocks).encode(),
    "wrapped text without tables": lambda blocks, title: media.text(blocks, 32, with_tables=False).encode(),
    "docx": lambda blocks, title: media.docx(blocks),
    "pdf with lying pages": lambda blocks, title: media.pdf(blocks),
    "workbook of the tables": lambda blocks, title: media.workbook(only_tables(blocks)),
}
SLIPS = {
    "an amount of the procurement sentence": r"(?<=政府采购货物支出)[\d,]+(?=\.)",
    "the total of the “三公” expenses": r"(?<=决算为)[\d,]+(?=\.\d\d(?:万元|元)，完成(?:年初)?预算)",
    "a growth": r"(?<=，增长)\d+(?=\.\d+%)|(?<=，下降)\d+(?=\.\d+%)",
    "a share": r"(?<=，占)\d+(?=\.\d+%)",
}


def told(data: bytes) -> list[str]:
    """Errors and warnings of an audit."""
    audit = pipeline.audit(data)
    assert audit.error is None
    return [f"{each.rule}: {each.message}" for each in audit.remarks if each.severity != "notice"]


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_true_report_of_another_province_is_not_accused(style: Style, medium: str):
    """Every figure comes out of one set of amounts, so nothing can be wrong, whatever the words and the file."""
    title, blocks = report(invented(2), style)
    assert told(MEDIA[medium](blocks, title)) == []


@pytest.mark.parametrize("seed", range(3, 9))
def test_no_department_is_accused(seed: int):
    """Departments with and without funds of their own, carry-over and travel, in every province's words."""
    for style in STYLES:
        title, blocks = report(invented(seed), style)
        assert told(media.html(blocks, title)) == [], style.name


@pytest.mark.parametrize("slip", SLIPS)
def test_planted_slips_are_found_in_most_words(slip: str):
    """A leading digit changed in a sentence of the kind is found wherever the province prints such a sentence."""
    tried, found = 0, 0
    for style in STYLES:
        title, blocks = report(invented(5), style)
        changed = _planted(blocks, SLIPS[slip])
        if changed:
            tried += 1
            found += bool(told(media.html(changed, title)))
    assert tried >= 3
    assert found >= tried - 1


def _planted(blocks: list[Block], pattern: str) -> list[Block]:
    """The blocks with one digit more in front of the first figure that the pattern finds; nothing where it finds none."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (match := re.search(pattern, block.text)):
            text = block.text[: match.start()] + "3" + block.text[match.start() :]
            return [*blocks[:at], Paragraph(text), *blocks[at + 1 :]]
    return []
