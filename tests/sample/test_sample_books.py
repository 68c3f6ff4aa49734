"""The sample bureau in the books: closed years, and one voucher that moves exactly the figures that depend on it."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from mingzhang.facts import Coordinate
from mingzhang.facts.store import comparison_inputs
from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from mingzhang.records.material import material
from mingzhang.records.models import Entity, PeriodLock, Voucher
from mingzhang.records.points import fact_store
from mingzhang.sample.build import SampleError, build_sample
from sample.figures_of_the_source import OF_THE_BOOKS

pytestmark = pytest.mark.django_db
DEPARTMENT, BUREAU = "yunling-justice", "yunling-justice-bureau"


def points(store):
    """Every point of a store with its value, equal addresses added up."""
    sums = Counter()
    for point in store.points():
        sums[point.concept, point.dimensions, point.entity, point.period, point.measure] += point.value
    return sums


def test_the_books_hold_more_than_five_thousand_vouchers_of_two_closed_years(sample_books):
    """Both units, both years; every year is locked."""
    assert Voucher.objects.filter(kind="ordinary").count() > 5000
    assert PeriodLock.objects.filter(month=PeriodLock.YEAR).count() == 4


def test_every_file_and_page_can_say_that_it_is_a_sample(sample_books):
    """The word 示例数据 stands on what the department and each unit publish."""
    for entity in (Entity.objects.get(code=DEPARTMENT), *Entity.objects.get(code=DEPARTMENT).units()):
        assert material(entity, 2021).watermark == "示例数据"


def test_the_sample_is_never_built_into_books_that_are_in_use(sample_books):
    """A second department would mix invented figures with real ones: refused."""
    with pytest.raises(SampleError, match="空账簿"):
        build_sample()


def test_one_voucher_changes_exactly_the_figures_that_depend_on_it(sample_books, sample_store):
    """A late electricity bill moves that item, its sums, revenue and operating costs; and nothing else."""
    bureau = Entity.objects.get(code=BUREAU)
    bill = voucher_from_event(
        "V03", bureau, date(2021, 12, 31), 123_456, function="2040601", economic="30206", nature="basic",
        payment="direct", kind="adjusting", summary="补记12月电费", reason="电费发票年后收到",
    )  # fmt: skip
    with transaction.atomic():
        posted = post([bill])
        assert posted.accepted, posted.problems
        after = fact_store(DEPARTMENT, (2020, 2021))
        transaction.set_rollback(True)
    before, now = points(sample_store), points(after)
    moved = {
        place: now[place] - before[place]
        for place in before.keys() | now.keys()
        if now[place] != before[place]
    }
    assert {(concept, entity, period, measure) for concept, _, entity, period, measure in moved} == {
        ("expenditure", BUREAU, "2021", "actual"),
        ("revenue", BUREAU, "2021", "actual"),
        ("operating_costs", BUREAU, "2021", "actual"),
    }
    assert {str(value) for value in moved.values()} == {"30864/25"}
    for figure in OF_THE_BOOKS:
        coordinate = Coordinate.parse(figure["coordinate"])
        changed = sample_store.value(coordinate) != after.value(coordinate)
        assert changed == depends(coordinate, sample_store), coordinate


def depends(coordinate, store):
    """Whether a figure depends on a basic payment of item 30206 under 2040601 in 2021."""
    if coordinate.measure.of:
        own, base = (depends(part, store) for part in comparison_inputs(coordinate))
        whole = store.value(coordinate) == 1 and coordinate.measure.kind == "share"
        return (own or base) and not whole and bool(store.value(coordinate))
    if coordinate.period != "2021" or coordinate.measure.kind != "actual":
        return False
    if coordinate.concept not in (
        "expenditure",
        "revenue",
        "total_resources",
        "total_uses",
        "operating_costs",
    ):
        return False
    address = {"function": "2040601", "economic": "30206", "nature": "basic", "fund": "general_public_budget"}
    return all(
        name in address and store.vocabulary.dimensions[name].covers(code, address[name])
        for name, code in coordinate.dimensions
    )
