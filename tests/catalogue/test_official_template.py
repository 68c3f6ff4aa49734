"""The Shanghai edition against the official template: every fixed wording of the nine tables is found there."""

import os
import re
from pathlib import Path

import pytest

from mingzhang.catalogue.loading import edition

CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
TEMPLATE = CORPUS / "shanghai-template-2024.pdf"


@pytest.fixture(scope="module")
def template():
    """The template's text, without spaces and line breaks."""
    if not TEMPLATE.exists():
        pytest.skip(f"the official template is not at {TEMPLATE}; set MINGZHANG_CORPUS")
    import pypdfium2

    document = pypdfium2.PdfDocument(TEMPLATE)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))


def fixed_wording(form):
    """Title, headers, labels, notes and the statement of a form; the department's name is left out."""
    yield form.title
    for column in form.columns:
        yield from column.header
    rows = (*form.rows, *form.right_rows, *form.footer, *(row for group in form.groups for row in group.rows))
    yield from (row.label for row in rows)
    yield from form.notes
    if form.name != "three_public":  # this statement was seen in a published report, not in the template
        yield from form.empty_statement.split("{部门}")


def stands_in(text, template):
    """Whether a wording is in the template, whole or broken once over two lines of a narrow cell."""
    return text in template or any(
        text[:at] in template and text[at:] in template for at in range(3, len(text) - 2)
    )


@pytest.mark.corpus
@pytest.mark.parametrize("name", edition("shanghai_fy2024").form_names)
def test_the_wording_of_the_form_is_that_of_the_template(template, name):
    """Titles, headers, row labels, notes and statements, letter by letter."""
    form = edition("shanghai_fy2024").form(name)
    assert not [text for text in fixed_wording(form) if not stands_in(text, template)]


@pytest.mark.corpus
def test_the_parts_and_sections_stand_in_the_order_of_the_template(template):
    """第一部分 to 第四部分, the eleven sections of the explanation between them."""
    shanghai = edition("shanghai_fy2024")
    headings = [shanghai.sections[name].heading for name in shanghai.parts[2].sections]
    places = [template.find(heading) for heading in headings]
    assert len(headings) == 11
    assert all(place >= 0 for place in places), dict(zip(headings, places, strict=True))
    assert places == sorted(places)
