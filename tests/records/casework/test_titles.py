"""Titles of records: the pattern filled in, brackets with nothing in them left out, others kept whole."""

from __future__ import annotations

import pytest

from mingzhang.casework.definitions import Field, FieldType, Kind, Shape


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"item": "劳动报酬", "type": "民事"}, "劳动报酬（民事）"),
        ({"item": "劳动报酬"}, "劳动报酬"),
        ({"type": "民事"}, "（民事）"),
        ({}, "案件"),
    ],
)
def test_a_title_keeps_its_brackets_and_drops_empty_ones(values, title):
    """A bracket around nothing is left out, one around something stays closed."""
    from mingzhang.records.casework.titles import title_of

    kind = Kind(
        "case",
        "test",
        "案件",
        Shape.MATTER,
        (Field("item", "事项", FieldType.TEXT), Field("type", "类型", FieldType.TEXT)),
        title="{item}（{type}）",
    )
    assert title_of(kind, values, {}) == title
