"""Uploads as devices and platforms write them: what is taken, what is refused, and with which flags."""

from datetime import UTC, datetime, timedelta

import pytest

from mingzhang.casework.positions import Datum, Flag, QualityRules, Source
from mingzhang.casework.positions.quality import flags
from mingzhang.casework.positions.reading import read_upload

NOW = datetime(2021, 3, 5, 1, 0, tzinfo=UTC)
GOOD = {
    "设备编号": "W-21",
    "定位时间": "2021-03-05 08:30:00",
    "经度": "114.305",
    "纬度": 30.497,
    "坐标系": "gcj-02",
    "精度": "12.5",
    "定位方式": "北斗",
    "电量": 80,
    "是否佩戴": "是",
}


def read(*rows, **options):
    return read_upload(rows, received_at=NOW, **options)


def test_a_row_with_chinese_keys_is_read_whole():
    [found] = read(GOOD).positions
    assert (found.device, found.at, found.datum, found.source) == (
        "W-21",
        datetime(2021, 3, 5, 0, 30, tzinfo=UTC),
        Datum.GCJ02,
        Source.GNSS,
    )
    assert (found.longitude, found.latitude, found.accuracy, found.battery, found.worn) == (
        114.305,
        30.497,
        12.5,
        80,
        True,
    )
    assert flags(found, QualityRules()) == Flag.NONE


def test_english_keys_milliseconds_and_what_the_upload_states_once():
    row = {"time": 1614904200000, "lng": 114.3, "lat": 30.5, "mock": "1"}
    [found] = read(row, datum=Datum.BD09, device="W-1", sent_at=NOW).positions
    assert (found.device, found.at, found.datum) == (
        "W-1",
        datetime(2021, 3, 5, 0, 30, tzinfo=UTC),
        Datum.BD09,
    )
    assert flags(found, QualityRules()) == Flag.UNSTATED | Flag.MOCKED


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"设备编号": ""}, "E-REQ", "device"),
        ({"定位时间": ""}, "E-REQ", "at"),
        ({"定位时间": "昨天"}, "E-TYPE", "at"),
        ({"定位时间": 10**30}, "E-TYPE", "at"),
        ({"定位时间": "1970-01-01 00:00:00"}, "E-DATE", "at"),
        ({"经度": "东经"}, "E-TYPE", "longitude"),
        ({"纬度": float("nan")}, "E-TYPE", "latitude"),
        ({"坐标系": ""}, "E-REQ", "datum"),
        ({"坐标系": "北京54"}, "E-CODE", "datum"),
        ({"精度": -1}, "E-RANGE", "accuracy"),
        ({"电量": 101}, "E-RANGE", "battery"),
        ({"定位方式": "占卜"}, "E-CODE", "source"),
        ({"是否佩戴": "也许"}, "E-TYPE", "worn"),
    ],
)
def test_a_bad_row_is_refused_with_its_place_and_the_others_are_taken(change, code, place):
    upload = read(GOOD, {**GOOD, **change}, GOOD)
    assert len(upload.positions) == 2
    assert [(problem.code, problem.where) for problem in upload.problems] == [(code, f"第2条，{place}")]
    assert all(problem.remedy for problem in upload.problems)


def test_all_that_is_wrong_is_said_at_once():
    upload = read({"经度": "?", "电量": -3})
    assert not upload.positions
    assert {problem.where.split("，")[1] for problem in upload.problems} == {
        "device",
        "at",
        "longitude",
        "latitude",
        "datum",
        "battery",
    }


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"精度": 201}, Flag.COARSE),
        ({"精度": 200}, Flag.NONE),
        ({"定位方式": "基站"}, Flag.NETWORK),
        ({"经度": 0, "纬度": 0}, Flag.NO_PLACE),
        ({"纬度": 91}, Flag.NO_PLACE),
        ({"定位时间": NOW + timedelta(minutes=6)}, Flag.CLOCK_AHEAD),
        ({"定位时间": NOW + timedelta(minutes=5)}, Flag.NONE),
        ({"上传时间": NOW - timedelta(minutes=6)}, Flag.CLOCK_OFF),
        ({"上传时间": NOW - timedelta(minutes=4)}, Flag.NONE),
    ],
)
def test_bad_quality_is_kept_and_flagged(change, flag):
    [found] = read({**GOOD, **change}).positions
    assert flags(found, QualityRules()) == flag
    assert flag.chinese
