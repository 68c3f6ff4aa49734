"""docs/glossary.md has a row for every concept and dimension."""

from pathlib import Path

from mingzhang.catalogue.loading import vocabulary

PAGE = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_every_concept_and_dimension_has_its_row():
    words = vocabulary(2021)
    for entry in (*words.concepts.values(), *words.dimensions.values()):
        assert f"| {entry.chinese} | `{entry.name}` |" in PAGE, entry.name
