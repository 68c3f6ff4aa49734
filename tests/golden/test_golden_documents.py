"""Golden documents: what the small department's disclosure reads like in every edition, as department and as unit."""

import pytest
from plain import compare
from small_department import CENTRE, small_material, small_store

from mingzhang import pipeline
from mingzhang.compose import BudgetUnit

EDITIONS = ("hubei_wuhan_fy2021", "national_fy2022plus", "shanghai_fy2024")


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_department_reads_as_reviewed(edition, update):
    compare(edition, pipeline.disclose(small_store(), edition, small_material()).document, update)


def test_a_unit_reads_as_reviewed(update):
    unit = BudgetUnit(CENTRE, "青岚区查阅中心", "institution")
    material = small_material(entity=CENTRE, name="青岚区查阅中心", kind="unit", units=(unit,))
    compare("unit", pipeline.disclose(small_store(), "hubei_wuhan_fy2021", material).document, update)
