"""Registers at the ends of years: what counts on 31 December, what in the year, and at which prices."""

from datetime import date

from mingzhang.facts import Coordinate
from mingzhang.records.models import (
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Reception,
    StaffChange,
    Vehicle,
)
from mingzhang.records.points import fact_store


def counted(*texts, years=(2020, 2021, 2022)):
    store = fact_store("bureau", years)
    return {
        text: [store.value(Coordinate.parse(f"{text}@bureau/{year}")) for year in years] for text in texts
    }


def test_vehicles_count_at_the_year_end_and_purchases_in_their_year(bureau):
    """Disposed of in mid-year: gone that year. Bought and disposed of in one year: a purchase, never kept. On the last day: gone."""
    for plate, came, went, cost in (
        ("A1", date(2015, 5, 1), date(2021, 6, 30), 18_000_00),
        ("A2", date(2021, 2, 1), date(2021, 11, 1), 20_000_00),
        ("A3", date(2021, 12, 31), None, 25_000_00),
        ("A4", date(2020, 1, 1), date(2021, 12, 31), 0),
        ("A5", date(2021, 3, 1), date(2022, 1, 1), 0),  # handed over free of charge: kept, not purchased
    ):
        Vehicle.objects.create(
            entity=bureau.office,
            plate=plate,
            kind="emergency",
            acquired_on=came,
            disposed_on=went,
            cost_fen=cost,
        )
    Vehicle.objects.create(
        entity=bureau.centre,
        plate="B1",
        kind="other",
        acquired_on=date(2021, 1, 1),
        cost_fen=9,
        fiscal_funded=False,
    )
    assert counted("vehicles", "official_vehicles_kept", "official_vehicles_purchased") == {
        "vehicles": [2, 3, 2],
        "official_vehicles_kept": [2, 2, 1],
        "official_vehicles_purchased": [0, 2, 0],
    }


def test_a_price_at_the_limit_counts(bureau):
    """单价50万元（含）、100万元（含）以上: the limit itself is in, a fen less is out; pieces are counted, not rows."""
    for name, category, fen, count, went in (
        ("一", "general", 50_000_000, 2, None),
        ("二", "general", 49_999_999, 5, None),
        ("三", "special", 100_000_000, 1, None),
        ("四", "special", 99_999_999, 7, None),
        ("五", "general", 100_000_000, 1, date(2021, 12, 31)),
        ("六", "special", 50_000_000, 3, None),
    ):
        Equipment.objects.create(
            entity=bureau.office, name=name, category=category, unit_price_fen=fen, count=count,
            acquired_on=date(2020, 6, 1), disposed_on=went,
        )  # fmt: skip
    assert counted("general_equipment_50", "special_equipment_100", "equipment_100") == {
        "general_equipment_50": [3, 2, 2],
        "special_equipment_100": [1, 1, 1],
        "equipment_100": [2, 1, 1],
    }


def test_staff_stand_on_the_last_day_of_the_year(bureau):
    """A change on 31 December counts that year, on 1 January the next; retiring moves a person from post to pension."""
    for on, kind, change, reason in (
        (date(2019, 12, 31), "administrative", 20, "opening"),
        (date(2021, 12, 31), "administrative", -1, "retired"),
        (date(2021, 12, 31), "ordinary", 1, "retired"),
        (date(2022, 1, 1), "administrative", 3, "recruited"),
        (date(2021, 7, 1), "institution", 2, "recruited"),
        (date(2022, 5, 1), "ordinary", -1, "died"),
    ):
        StaffChange.objects.create(entity=bureau.office, on=on, kind=kind, change=change, reason=reason)
    assert counted(
        "staff_in_post", "staff_in_post[staff=administrative]", "retired_staff", "staff_recruited"
    ) == {
        "staff_in_post": [20, 21, 24],
        "staff_in_post[staff=administrative]": [20, 19, 22],
        "retired_staff": [0, 1, 0],
        "staff_recruited": [0, 0, 3],
    }


def test_receptions_and_trips_belong_to_the_year_of_their_day(bureau):
    """Domestic and foreign guests apart; every trip is a group, with its persons."""
    for on, guests, foreign in (
        (date(2020, 12, 31), 5, False),
        (date(2021, 1, 1), 7, False),
        (date(2021, 12, 31), 9, False),
        (date(2021, 6, 1), 4, True),
    ):
        Reception.objects.create(entity=bureau.office, on=on, guests=guests, foreign=foreign)
    OverseasTrip.objects.create(entity=bureau.office, on=date(2021, 12, 31), persons=3, destination="某国")
    OverseasTrip.objects.create(entity=bureau.centre, on=date(2021, 1, 1), persons=2, destination="某国")
    assert counted(
        "official_reception_batches", "official_reception_guests", "foreign_reception_batches",
        "foreign_reception_guests", "overseas_travel_groups", "overseas_travel_persons",
    ) == {
        "official_reception_batches": [1, 2, 0],
        "official_reception_guests": [5, 16, 0],
        "foreign_reception_batches": [0, 1, 0],
        "foreign_reception_guests": [0, 4, 0],
        "overseas_travel_groups": [0, 2, 0],
        "overseas_travel_persons": [0, 5, 0],
    }  # fmt: skip


def test_contracts_belong_to_the_year_they_are_signed_in(bureau):
    """Amounts of small firms are within those of small and medium ones; large and other firms are in neither."""
    for number, on, size, fen in (
        ("1", date(2021, 12, 31), "medium", 100_00),
        ("2", date(2021, 1, 1), "small", 40_00),
        ("3", date(2021, 5, 1), "micro", 20_00),
        ("4", date(2021, 5, 1), "large", 1_000_00),
        ("5", date(2021, 5, 1), "other", 500_00),
        ("6", date(2022, 1, 1), "micro", 9_00),
    ):
        ProcurementContract.objects.create(
            entity=bureau.office, number=number, name="合同", kind="goods", supplier="公司", supplier_size=size,
            signed_on=on, amount_fen=fen, spending_fen=fen,
        )  # fmt: skip
    assert counted(
        "procurement_spending", "sme_contract_amount", "small_micro_contract_amount", years=(2021, 2022)
    ) == {
        "procurement_spending": [1660, 9],
        "sme_contract_amount": [160, 9],
        "small_micro_contract_amount": [60, 9],
    }
