"""What our own disclosures print in their tables is recognised at the very coordinates it was printed from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from raw_documents import as_read, understood
from small_department import small_material, small_store

from mingzhang import pipeline
from mingzhang.catalogue.loading import editions
from mingzhang.documents import Document
from mingzhang.facts import Coordinate
from mingzhang.read.reading import Reading


def printed(document: Document) -> Counter[tuple[str, str, str]]:
    """(title, coordinate without entity, digits) of every figure in the tables."""
    return Counter(
        (table.title, str(replace(Coordinate.parse(cell.figure.coordinate), entity="")), cell.text)
        for table in document.tables()
        for row in table.body
        for cell in row.cells
        if cell.figure and cell.text
    )


def read(reading: Reading) -> Counter[tuple[str, str, str]]:
    return Counter(
        (each.context, str(replace(each.coordinate, entity="")), each.printed.text)
        for each in reading.statements
    )


@pytest.mark.parametrize("name", editions())
def test_every_figure_comes_back_at_its_coordinate(name):
    """Compose, take the understanding away, recognise: the same figures stand at the same coordinates."""
    document = pipeline.disclose(small_store(), name, small_material()).document
    reading, _ = understood(as_read(document))
    assert read(reading) == printed(document)
    assert not reading.problems
    assert (reading.document.metadata.department, reading.document.metadata.year) == ("青岚区档案局", 2021)


@pytest.mark.parametrize("name", editions())
def test_forms_without_figures_are_empty_not_unreadable(name):
    """A printed form without a figure is known to be there."""
    document = pipeline.disclose(small_store(), name, small_material()).document
    reading, _ = understood(as_read(document))
    assert reading.empty_forms == {table.name for table in document.tables() if table.empty}
    assert not reading.unreadable_forms


def test_tables_get_their_furniture_back():
    """Title, number, unit, notes, head and body are told apart again."""
    document = pipeline.disclose(small_store(), "national_fy2021", small_material()).document
    reading, _ = understood(as_read(document))
    for ours, found in zip(document.tables(), reading.document.tables(), strict=True):
        assert (found.title, found.name, found.number, found.unit) == (
            ours.title,
            ours.name,
            ours.number,
            ours.unit,
        )
        assert found.notes == ours.notes
        assert [len(found.header), len(found.body)] == [len(ours.header), len(ours.body)]
