"""The sample bureau's books keep every relation of the catalogue, as a department and unit by unit."""

import pytest

from mingzhang import pipeline
from mingzhang.audit import check_all
from mingzhang.catalogue.loading.relations import relations
from mingzhang.facts import Verdict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_sample_gives_no_finding(sample_store, year):
    """Books that balance contradict no law, for the department and for every unit below it."""
    tree = sample_store.vocabulary.entities
    for entity in ("yunling-justice", *tree.children("yunling-justice")):
        if not entity.endswith("-eliminations"):
            assert [one.message for one in pipeline.findings(sample_store, entity, year)] == []


def test_the_relations_speak_of_the_sample(sample_store):
    """Every relation finds its figures in the books: silence is agreement, not ignorance."""
    found = check_all(relations(), sample_store, "yunling-justice", "2021")
    assert [one.rule for one in found if one.verdict is Verdict.UNDECIDED] == []
