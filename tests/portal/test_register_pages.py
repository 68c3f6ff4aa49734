"""Memo registers in the portal: lists, forms, disposing, voiding, pages of fifty."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingzhang.records.keeping.registers import REGISTERS
from mingzhang.records.models import OverseasTrip, Reception, Vehicle

pytestmark = pytest.mark.django_db
HERE = "/e/own-office/2021/registers/"
CAR = {
    "plate": "示A·0001",
    "kind": "执法执勤用车",
    "acquired_on": "2019-05-01",
    "cost_fen": "120000",
    "fiscal_funded": "是",
}


def test_a_car_is_registered_shown_and_counted(logged_in, district):
    """The list, and the figure of the report beside it."""
    client = logged_in("accountant")
    assert client.post(HERE + "vehicles/new/", CAR | {"key": "k1"}).status_code == 302
    text = client.get(HERE + "vehicles/").content.decode()
    assert "示A·0001" in text
    assert "120,000.00" in text
    assert "1 辆" in client.get(HERE).content.decode()


def test_a_wrong_form_comes_back_with_everything_typed(logged_in, district):
    """422, the reason at the field, nothing lost."""
    answer = logged_in("accountant").post(HERE + "vehicles/new/", CAR | {"key": "k1", "cost_fen": "十二万"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "“十二万”不是金额" in text
    assert 'value="示A·0001"' in text
    assert not Vehicle.objects.exists()


def test_a_car_goes_and_a_wrong_entry_is_voided(logged_in, district):
    """Disposing sets the day; voiding asks why, and both are told."""
    client = logged_in("accountant")
    client.post(HERE + "vehicles/new/", CAR | {"key": "k1"})
    car = Vehicle.objects.get()
    address = f"{HERE}vehicles/{car.pk}/"
    client.post(address + "dispose/", {"version": "1", "disposed_on": "2021-06-30"})
    car.refresh_from_db()
    assert car.disposed_on == date(2021, 6, 30)
    client.post(address + "void/", {"version": "2", "reason": ""})
    assert Vehicle.objects.exists()
    client.post(address + "void/", {"version": "2", "reason": "登记错单位"})
    assert not Vehicle.objects.exists()
    text = client.get(HERE + "vehicles/?show=voided").content.decode()
    assert "登记错单位" in text
    assert "示A·0001" in text


def test_an_old_form_does_not_overwrite(logged_in, district):
    """The second editor gets the form back with the message."""
    client = logged_in("accountant")
    client.post(HERE + "vehicles/new/", CAR | {"key": "k1"})
    address = f"{HERE}vehicles/{Vehicle.objects.get().pk}/"
    assert client.post(address, CAR | {"version": "1", "cost_fen": "1"}).status_code == 302
    stale = client.post(address, CAR | {"version": "1", "cost_fen": "2"})
    assert stale.status_code == 422
    assert "已被修改" in stale.content.decode()
    assert Vehicle.objects.get().cost_fen == 100


def test_a_row_of_another_unit_is_not_found(logged_in, district):
    """By its number at one's own unit; nor is it changed."""
    car = Vehicle.objects.create(
        entity=district.other.office, plate="他A·1", kind="other", acquired_on=date(2020, 1, 1)
    )
    client = logged_in("accountant")
    for way in ("", "dispose/", "void/"):
        assert (
            client.post(f"{HERE}vehicles/{car.pk}/{way}", {"version": "1", "reason": "x"}).status_code == 404
        )
    assert Vehicle.objects.get().version == 1


@pytest.mark.parametrize("register", list(REGISTERS))
def test_every_register_opens_empty_for_units_and_departments(logged_in, district, register):
    """With a word on what to do; the form of a new row too."""
    client = logged_in("accountant")
    assert "逐条登记" in client.get(f"{HERE}{register}/").content.decode()
    assert client.get(f"{HERE}{register}/new/").status_code == 200
    assert client.get(f"/e/own/2021/registers/{register}/").status_code == 200
    offered = client.get(f"/e/own/2021/registers/{register}/new/").content.decode()
    assert f"/e/own-office/2021/registers/{register}/new/" in offered


def test_long_lists_turn_pages_without_losing_or_repeating_a_row(logged_in, district):
    """Fifty a page, by day and number, with many rows on one day."""
    Reception.objects.bulk_create(
        Reception(
            entity=district.own.office,
            on=date(2021, 5, 1) + timedelta(days=n // 40),
            guests=1,
            occasion=f"第{n}次",
        )
        for n in range(120)
    )
    client, seen, address = logged_in("accountant"), [], HERE + "receptions/"
    while address:
        page = client.get(address).content.decode()
        seen += [f"第{n}次" for n in range(120) if f"第{n}次<" in page]
        more = page.partition('href="?show=year&amp;after=')[2].partition('"')[0]
        address = f"{HERE}receptions/?show=year&after={more}" if more else ""
    assert sorted(seen) == sorted(f"第{n}次" for n in range(120))


def test_an_odd_place_in_the_list_begins_at_the_start(logged_in, district):
    """Whatever stands in the address."""
    for after in ("x", "2021-13-01_1", "_", "2021-01-01_x"):
        assert logged_in("accountant").get(f"{HERE}trips/?after={after}").status_code == 200


def test_who_only_looks_sees_the_row_without_a_form(logged_in, district):
    """The reviewer; and is refused to void."""
    car = Vehicle.objects.create(
        entity=district.own.office, plate="示A·1", kind="other", acquired_on=date(2020, 1, 1)
    )
    client = logged_in("reviewer")
    text = client.get(f"{HERE}vehicles/{car.pk}/").content.decode()
    assert "示A·1" in text
    assert 'name="plate"' not in text
    assert client.post(f"{HERE}vehicles/{car.pk}/void/", {"version": "1", "reason": "x"}).status_code == 403


def test_a_register_is_taken_away_without_running_anything(logged_in, district):
    """A destination that looks like a formula stays text; amounts are numbers."""
    OverseasTrip.objects.create(
        entity=district.own.office, on=date(2021, 5, 1), persons=2, destination="=1+1", spending_fen=100_50
    )
    answer = logged_in("reviewer").get(HERE + "trips/?format=csv")
    header, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert header == "单位,出访日期,出访人数,目的地,费用（元）"
    assert line == "示例局本级,2021-05-01,2,'=1+1,100.50"
