"""Forms of casework: fields as inputs, what was typed read back, rows added and taken away, months, periods, limits for the public."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.casework.periods import months
from mingzhang.portal.pages.casework.inputs import inputs
from mingzhang.portal.pages.casework.month import Entry, weeks
from mingzhang.portal.pages.casework.periods import asked, presets
from mingzhang.portal.pages.casework.typing import changed_rows, typed, without_blank_rows
from mingzhang.portal.throttle import Throttle

FIELDS = (
    Field("means", "经济状况", FieldType.CODE, codes=("承诺", "证明")),
    Field("groups", "特殊群体", FieldType.CODES, codes=("老年人", "残疾人")),
    Field("green", "绿色通道", FieldType.YES_NO),
    Field(
        "applicants",
        "申请人",
        FieldType.ROWS,
        fields=(
            Field("name", "姓名", FieldType.TEXT, required="creation", privacy=PrivacyClass.P1),
            Field("id_no", "证件号码", FieldType.TEXT, privacy=PrivacyClass.P2),
        ),
    ),
    Field("proof", "材料", FieldType.FILE),
)


def posted(**stated: object) -> QueryDict:
    """A form as it was sent."""
    sent = QueryDict(mutable=True)
    sent.update(
        MultiValueDict(
            {
                name.replace("__", "."): value if isinstance(value, list) else [value]
                for name, value in stated.items()
            }
        )
    )
    return sent


def test_what_was_typed_is_read_by_name_and_row():
    """Texts stripped, ticks as a list, rows by their places with gaps closed; files are not among the texts."""
    sent = posted(
        f__means=" 承诺 ",
        f__groups=["老年人", "残疾人"],
        f__applicants__0__name="张三",
        f__applicants__2__name="李四",
    )
    assert typed(FIELDS, sent) == {
        "means": "承诺",
        "groups": ["老年人", "残疾人"],
        "applicants": [{"name": "张三"}, {"name": "李四"}],
    }


def test_rows_are_added_taken_away_and_left_out_where_blank():
    """Adding keeps what was typed; the last row taken away leaves a blank one; blank rows are not handed on."""
    stated = {"applicants": [{"name": "张三"}]}
    more = changed_rows(stated, "applicants", "")
    assert more["applicants"] == [{"name": "张三"}, {}]
    assert changed_rows(more, "", "applicants.0")["applicants"] == [{}]
    assert changed_rows(stated, "means", "means.x") == stated
    blank = {"applicants": [{"name": "张三", "id_no": ""}, {"name": "", "id_no": ""}]}
    assert without_blank_rows(FIELDS, blank)["applicants"] == [{"name": "张三", "id_no": ""}]


@pytest.mark.parametrize("place", ["x", "²", "9" * 40, "-1", ""])
def test_a_row_at_a_strange_place_is_ignored(place):
    """Whatever the name of an input says."""
    assert typed(FIELDS, posted(**{f"f.applicants.{place}.name": "张三"})).get("applicants") == []


def test_inputs_show_what_stands_in_them_and_what_is_wrong():
    """Errors by dotted path; what the step demands is marked; personal fields say their class; a blank row is offered."""
    found = inputs(
        FIELDS,
        {"means": "承诺", "applicants": [{"name": "张三"}]},
        {"applicants.0.id_no": "号码有误。"},
        lambda field: (),
        ("means",),
    )
    by_name = {each.name: each for each in found}
    assert by_name["f.means"].required
    assert by_name["f.means"].options == (("承诺", "承诺"), ("证明", "证明"))
    row = by_name["f.applicants"].rows[0]
    assert [cell.value for cell in row] == ["张三", ""]
    assert row[1].error == "号码有误。"
    assert [cell.secret for cell in row] == ["P1", "P2"]
    assert len(inputs(FIELDS, {}, {}, lambda field: ())[3].rows) == 1


def test_a_month_has_each_day_once_in_whole_weeks():
    """Days from Monday to Sunday; what falls on a day stands there."""
    first = date(2021, 2, 1)
    off = {date(2021, 2, day): (day in (11, 12), "春节" if day == 12 else "") for day in range(1, 29)}
    found = weeks(first, off, [(date(2021, 2, 12), Entry("到期", "due"))])
    assert {len(week) for week in found} == {7}
    assert [day.on.day for week in found for day in week if day] == list(range(1, 29))
    assert found[1][4].word == "春节"
    assert found[1][4].off
    assert found[1][4].entries[0].text == "到期"


def test_a_period_is_any_two_days_and_the_year_where_they_are_none():
    """January to November and the whole year are offered; what is no period says so and falls back."""
    assert asked({"from": "2021-01-01", "to": "2021-11-30"}, 2021) == (months(2021, 1, 11), "")
    whole, said = asked({"from": "2021-12-01", "to": "2021-01-01"}, 2021)
    assert whole == months(2021, 1, 12)
    assert "止日不早于起日" in said
    assert asked({}, 2021) == (months(2021, 1, 12), "")
    assert ("1—11月", "from=2021-01-01&to=2021-11-30") in presets(2021)


def test_the_public_is_slowed_down_by_address():
    """So many in a while; another address goes on; a refused try does not lengthen the wait."""
    throttle = Throttle(2, 60)
    assert [throttle.wait("a") for _ in range(2)] == [0.0, 0.0]
    first = throttle.wait("a")
    assert 0 < first <= 60
    assert throttle.wait("a") <= first
    assert throttle.wait("b") == 0.0
