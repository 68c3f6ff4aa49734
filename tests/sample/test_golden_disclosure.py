"""The sample bureau's whole disclosure reads as reviewed."""

import pytest
from plain import compare

from mingzhang import pipeline
from mingzhang.records.material import material
from mingzhang.records.models import Entity

pytestmark = pytest.mark.django_db


def test_the_sample_disclosure_reads_as_reviewed(sample_store, update):
    department = Entity.objects.get(code="yunling-justice")
    composition = pipeline.disclose(sample_store, department.edition, material(department, 2021))
    assert composition.problems == ()
    compare("sample_2021", composition.document, update)
