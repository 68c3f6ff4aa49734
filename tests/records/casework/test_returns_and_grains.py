"""Monthly returns: filled in, submitted, reviewed; late, silent, implausible; and no fact counted in two grains."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from mingzhang.casework.periods import Period, months, year
from mingzhang.records.casework import returns
from mingzhang.records.casework.errors import ChangedMeanwhileError, RefusedError
from mingzhang.records.casework.frozen import freeze, restated
from mingzhang.records.casework.grains import declare
from mingzhang.records.casework.metrics import figure
from mingzhang.records.casework.models import CasePost, Grain, Return
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.registries import add_organisation
from mingzhang.records.models import User
from mingzhang.records.trail import enter
from records.casework.helping import BEGINNING, clean, key

MARCH = date(2023, 3, 1)
APRIL_3 = date(2023, 4, 3)
VALUES = {"attendance": "12000", "pleased": 9000, "paid": "1234.5"}


@pytest.fixture
def streets(district):
    """A street, its contact, two officers of the section."""
    district.street = add_organisation("东街道办", "街道", BEGINNING, area=district.east)
    district.other = add_organisation("西街道办", "街道", BEGINNING, area=district.west)
    for name, role, where in (
        ("contact", "UNIT", {"organisation": district.street}),
        ("officer", "PUB", {}),
        ("officer2", "PUB", {}),
    ):
        person = User(username=name, name=f"{name}君")
        person.set_unusable_password()
        enter([person])
        enter([CasePost(user=person, role=role, line="street_work", valid_from=BEGINNING, **where)])
        setattr(district, name, person)
    return district


def saved(streets, month=MARCH, values=VALUES, unit=None, user=None, today=APRIL_3, **stated):
    return returns.save(
        user or streets.contact,
        "street_work",
        "unit_month",
        unit or streets.street,
        month,
        values,
        today=today,
        **stated,
    )


def reviewed(streets, month=MARCH, values=VALUES, today=None, unit=None, user=None):
    row = saved(streets, month, values, unit=unit, user=user)
    row = returns.submit(user or streets.contact, row, row.version, today=today or date(2023, 12, 31))
    return returns.review(streets.officer2, row, row.version)


def talk(streets, on, attendance, user=None, **stated):
    fields = {"theme": f"题{key()}", "attendance": attendance, **stated}
    return open_record(
        user or streets.officer,
        "street_work.talk",
        fields,
        occurred_on=on,
        command_key=key(),
        today=date(2023, 12, 31),
    )


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_a_return_goes_from_the_unit_through_another_persons_review(streets):
    row = saved(streets)
    assert (row.state, row.version) == ("draft", 2)
    row = returns.submit(streets.contact, row, row.version, today=APRIL_3)
    assert row.state == "submitted"
    assert figure("M97-01", year(2023)).returns.waiting == (row.pk,)
    assert figure("M97-01", year(2023)).printed == "0.00"
    row = returns.review(streets.officer, row, row.version)
    assert (row.state, row.reviewer) == ("reviewed", streets.officer)
    found = figure("M97-01", year(2023))
    assert (found.printed, found.numerator, found.returns.keys) == ("1.20", 12000, (row.pk,))
    assert found.grain == "return"
    clean()


def test_numbers_are_checked_all_at_once(streets):
    with pytest.raises(RefusedError) as refused:
        saved(streets, values={"attendance": "-1", "pleased": "1.5", "paid": "许多", "other": 1})
    assert sorted(codes(refused)) == ["E-NEG", "E-TYPE", "E-TYPE", "E-TYPE"]


def test_blank_is_not_nought_and_a_part_is_not_more_than_its_whole(streets):
    row = saved(streets, values={"attendance": 5, "pleased": 6})
    with pytest.raises(RefusedError) as refused:
        returns.submit(streets.contact, row, row.version, today=APRIL_3)
    assert codes(refused) == ["E-RANGE", "E-REQ"]
    row = saved(streets, values={"attendance": 6, "pleased": 6}, notes={"paid": "财务尚未结算"})
    assert returns.submit(streets.contact, row, row.version, today=APRIL_3).state == "submitted"


def test_a_month_is_reported_when_it_is_over(streets):
    row = saved(streets)
    with pytest.raises(RefusedError) as refused:
        returns.submit(streets.contact, row, row.version, today=date(2023, 3, 31))
    assert codes(refused) == ["E-ORDER"]


def test_who_may_not_report_and_review(streets):
    for stranger in ("unit_contact", "resident", "finance", "office", "lawyer", "nobody", "auditor"):
        with pytest.raises(RefusedError) as refused:
            saved(streets, user=getattr(streets, stranger))
        assert codes(refused) == ["E-ROLE"], stranger
    row = saved(streets, user=streets.officer)
    row = returns.submit(streets.officer, row, row.version, today=APRIL_3)
    with pytest.raises(RefusedError) as refused:
        returns.review(streets.officer, row, row.version)
    assert codes(refused) == ["E-SELF"]
    with pytest.raises(RefusedError) as refused:
        returns.review(streets.contact, row, row.version)
    assert codes(refused) == ["E-ROLE"]


def test_submitted_stays_as_it_is_until_it_is_sent_back(streets):
    row = saved(streets)
    row = returns.submit(streets.contact, row, row.version, today=APRIL_3)
    with pytest.raises(RefusedError) as refused:
        saved(streets, values={**VALUES, "attendance": 1})
    assert codes(refused) == ["E-STATE"]
    with pytest.raises(RefusedError):
        returns.send_back(streets.officer, row, row.version, " ")
    row = returns.send_back(streets.officer, row, row.version, "人次偏高，请核对")
    row = saved(streets, values={**VALUES, "attendance": 10000})
    row = returns.submit(streets.contact, row, row.version, today=APRIL_3)
    returns.review(streets.officer, row, row.version)
    assert figure("M97-01", months(2023, 3, 3)).printed == "1.00"
    clean()


def test_two_people_do_not_overwrite_each_other(streets):
    row = saved(streets)
    with pytest.raises(ChangedMeanwhileError):
        returns.submit(streets.contact, row, row.version - 1, today=APRIL_3)
    with pytest.raises(ChangedMeanwhileError):
        saved(streets, version=row.version - 1)


def test_a_months_facts_count_once_whichever_grain_is_declared(streets):
    """Records and a return of the same unit and month: the declared grain alone counts."""
    talk(streets, date(2023, 3, 8), 300, organisation=streets.street.key)
    talk(
        streets, date(2023, 3, 9), 50, organisation=streets.street.key, source_system="云平台", source_ref="1"
    )
    talk(streets, date(2023, 3, 9), 7)
    row = saved(streets)
    with pytest.raises(RefusedError) as refused:
        returns.submit(streets.contact, row, row.version, today=APRIL_3)
    assert codes(refused) == ["E-DUP"]
    assert figure("M97-01", year(2023)).numerator == 357

    def numerator_under(kind):
        declare(streets.officer, "street_work", "talk", streets.street, MARCH, kind, "按约定")
        return figure("M97-01", year(2023))

    assert numerator_under("records").numerator == 307
    platform = numerator_under("platform")
    assert (platform.numerator, platform.grains) == (57, ("records", "platform"))
    row = returns.submit(streets.contact, row, row.version, today=APRIL_3)
    returns.review(streets.officer, row, row.version)
    assert figure("M97-01", year(2023)).numerator == 57
    returned = numerator_under("return")
    assert (returned.numerator, returned.grains, returned.grain) == (12007, ("records", "return"), "mixed")
    assert figure("M97-01", year(2023), entity=streets.street).numerator == 12000
    assert figure("M97-01", year(2023), area=streets.east).numerator == 12000
    assert figure("M97-01", year(2023), area=streets.west).numerator == 0
    assert figure("M97-03", year(2023)).numerator == 1
    assert Grain.objects.count() == 1
    clean()


def test_rates_take_numerator_and_base_from_the_same_returns(streets):
    reviewed(streets)
    found = figure("M97-02", year(2023))
    assert (found.numerator, found.denominator, found.printed) == (9000, 12000, "75.0%")
    paid = figure("M97-04", year(2023))
    assert (paid.numerator, paid.printed) == (123450, "0.12")


def test_a_period_that_cuts_a_month_does_not_split_its_return(streets):
    row = reviewed(streets)
    found = figure("M97-01", Period(date(2023, 3, 10), date(2023, 4, 30)))
    assert (found.numerator, found.returns.cut) == (0, (row.pk,))


def test_a_years_figure_is_the_sum_of_its_months_returns(streets):
    for month in range(1, 12):
        reviewed(streets, date(2023, month, 1), {"attendance": 1000 * month, "pleased": 0, "paid": 0})
    assert figure("M97-01", months(2023, 1, 11)).numerator == 66000
    assert figure("M97-01", year(2023)).printed == "6.60"


def test_who_declares_a_grain(streets):
    for stranger, code in (("contact", None), ("resident", "E-ROLE"), ("office", "E-ROLE")):
        if code is None:
            continue
        with pytest.raises(RefusedError) as refused:
            declare(
                getattr(streets, stranger),
                "street_work",
                "talk",
                streets.street,
                MARCH,
                "records",
                "某",
            )
        assert codes(refused) == [code]
    for stated, code in (
        (("unit_month", "records", "某"), "E-REF"),
        (("talk", "all", "某"), "E-CODE"),
        (("talk", "records", " "), "E-REQ"),
    ):
        form, kind, reason = stated
        with pytest.raises(RefusedError) as refused:
            declare(streets.officer, "street_work", form, streets.street, MARCH, kind, reason)
        assert codes(refused) == [code]


def test_who_has_not_reported_is_listed(streets):
    def told(today, month=MARCH):
        found = returns.missing("street_work", "unit_month", month, today)
        return {each.organisation.name: (each.status, each.silent_months) for each in found}

    assert told(date(2023, 4, 5)) == {"东街道办": ("未报", 0), "西街道办": ("未报", 0), "某单位": ("未报", 0)}
    assert told(date(2023, 4, 6))["西街道办"] == ("逾期未报", 39)
    row = saved(streets)
    assert told(date(2023, 4, 6))["东街道办"][0] == "逾期未报"
    row = returns.submit(streets.contact, row, row.version, today=APRIL_3)
    assert told(date(2023, 4, 6))["东街道办"][0] == "待审核"
    row = returns.send_back(streets.officer, row, row.version, "核对")
    assert told(date(2023, 4, 6))["东街道办"][0] == "退回未改"
    row = returns.submit(streets.contact, row, row.version, today=APRIL_3)
    row = returns.review(streets.officer, row, row.version)
    Return.objects.filter(pk=row.pk).update(submitted_at=datetime(2023, 4, 4, tzinfo=UTC))
    assert "东街道办" not in told(date(2023, 4, 6))
    Return.objects.filter(pk=row.pk).update(submitted_at=timezone.make_aware(datetime(2023, 4, 6)))
    assert told(date(2023, 4, 6))["东街道办"][0] == "迟报"
    assert told(date(2023, 6, 1), date(2023, 4, 1))["东街道办"] == ("逾期未报", 1)
    declare(streets.officer, "street_work", "talk", streets.other, MARCH, "records", "自有登记")
    assert "西街道办" not in told(date(2023, 4, 6))


def test_numbers_far_from_the_units_own_history_are_listed(streets):
    for month, attendance in ((1, 100), (2, 110), (3, 90), (4, 100)):
        reviewed(streets, date(2023, month, 1), {"attendance": attendance, "pleased": 20, "paid": 0})

    def odd(month, **values):
        saved(streets, date(2023, month, 1), {"attendance": 100, "pleased": 21, "paid": 0, **values})
        row = Return.objects.get(month=date(2023, month, 1))
        if row.state == "draft":
            returns.submit(streets.contact, row, row.version, today=date(2023, 12, 31))
        return {
            each.item: each.why
            for each in returns.implausible("street_work", "unit_month", date(2023, month, 1))
        }

    assert odd(5) == {}
    assert odd(6, attendance=1000) == {"宣讲人次": "是前5个月中位数100的3倍以上"}
    assert odd(7, attendance=0, pleased=0) == {
        "宣讲人次": "本月为0，前6个月每月都有",
        "其中满意": "本月为0，前6个月每月都有",
    }
    assert odd(8, attendance=25) == {"宣讲人次": "不足前7个月中位数100的三分之一"}


def test_a_published_figure_stands_and_the_later_one_beside_it(streets):
    first = talk(streets, date(2023, 5, 1), 12345)
    published = freeze(figure("M97-01", year(2023)), streets.officer, "年度报告")
    assert published.value == Decimal("1.234500")
    assert published.keys == [first.key]
    assert not restated(published).differs
    second = talk(streets, date(2023, 5, 2), 5)
    again = restated(published)
    assert again.differs
    assert (again.joined, again.left) == ((second.key,), ())
    assert again.now.numerator == 12350
    published.refresh_from_db()
    assert published.numerator == 12345
    assert published.definition["numerator"]["measure"] == "sum:attendance"
    clean()
