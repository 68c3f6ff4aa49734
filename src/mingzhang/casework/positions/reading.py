"""Uploads of positions (定位上传): rows as devices and exports of 在矫通-like platforms write them → positions, and what is wrong with the rest.

Keys may be English or Chinese (`NAMES`). A row that cannot be read is refused with its place and remedy; the others are taken. A position that can be read
and is of bad quality is taken: that is for `quality` to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from mingzhang.casework.positions.datums import Datum
from mingzhang.casework.positions.records import Position, Source
from mingzhang.documents import Problem

BEIJING = timezone(timedelta(hours=8))
"""Times without a zone are Beijing time."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "device": ("device_id", "deviceId", "设备编号", "设备号", "IMEI"),
    "at": ("time", "locate_time", "gpsTime", "定位时间", "时间"),
    "longitude": ("lon", "lng", "经度"),
    "latitude": ("lat", "纬度"),
    "datum": ("coord_type", "坐标系", "坐标类型"),
    "accuracy": ("accuracy_m", "radius", "精度", "定位精度"),
    "source": ("locate_type", "provider", "定位方式", "定位类型"),
    "speed": ("速度",),
    "battery": ("电量",),
    "worn": ("佩戴", "是否佩戴"),
    "charging": ("充电", "是否充电"),
    "mocked": ("mock", "mock_flag", "isMock", "模拟定位"),
    "sent_at": ("sent_time", "上传时间", "设备当前时间"),
}
"""Fields with the further keys they are known by."""

DATUMS: Mapping[str, Datum] = {
    "WGS84": Datum.WGS84,
    "CGCS2000": Datum.WGS84,
    "GPS": Datum.WGS84,
    "天地图": Datum.WGS84,
    "GCJ02": Datum.GCJ02,
    "高德": Datum.GCJ02,
    "腾讯": Datum.GCJ02,
    "火星坐标": Datum.GCJ02,
    "BD09": Datum.BD09,
    "BD09LL": Datum.BD09,
    "百度": Datum.BD09,
}
"""Datums by the words that uploads use, without hyphens and in capitals."""

SOURCES: Mapping[str, Source] = {
    "GNSS": Source.GNSS,
    "GPS": Source.GNSS,
    "BEIDOU": Source.GNSS,
    "北斗": Source.GNSS,
    "卫星": Source.GNSS,
    "卫星定位": Source.GNSS,
    "WIFI": Source.WIFI,
    "LBS": Source.LBS,
    "NETWORK": Source.LBS,
    "基站": Source.LBS,
    "基站定位": Source.LBS,
    "BLE": Source.BLE,
    "蓝牙": Source.BLE,
    "UNKNOWN": Source.UNKNOWN,
    "未知": Source.UNKNOWN,
}
"""Sources by the words that uploads use, in capitals."""

_TRUE = frozenset({"1", "true", "yes", "是", "y"})
_FALSE = frozenset({"0", "false", "no", "否", "n"})
_TIME = "写成2021-03-05T08:30:00+08:00、2021-03-05 08:30:00（北京时间）或者毫秒数。"
_BY_NAME = {name: field for field, names in NAMES.items() for name in (field, *names)}


@dataclass(frozen=True, slots=True)
class Upload:
    """What an upload holds: positions in the order of its rows, and problems with rows that were refused."""

    positions: tuple[Position, ...]
    problems: tuple[Problem, ...]


def read_upload(
    rows: Iterable[Mapping[str, Any]],
    *,
    received_at: datetime,
    datum: Datum | None = None,
    device: str = "",
    sent_at: datetime | None = None,
) -> Upload:
    """The positions of an upload. `datum`, `device` and `sent_at` hold for rows that do not state their own; without a datum a row is refused,
    since 500 m would be guessed.
    """
    positions: list[Position] = []
    problems: list[Problem] = []
    ready = {"datum": datum, "device": device or None, "sent_at": sent_at}
    for number, row in enumerate(rows, 1):
        stated = {
            **ready,
            **{
                _BY_NAME[key]: value
                for key, value in row.items()
                if key in _BY_NAME and value not in (None, "")
            },
        }
        found = _Row(stated, f"第{number}条")
        position = found.position(received_at)
        problems += found.problems
        if position is not None:
            positions.append(position)
    return Upload(tuple(positions), tuple(problems))


class _Row:
    """One row being read; problems gather, all at once."""

    def __init__(self, stated: Mapping[str, Any], where: str) -> None:
        self.stated = stated
        self.where = where
        self.problems: list[Problem] = []

    def position(self, received_at: datetime) -> Position | None:
        """The position; None where something it needs is missing or cannot be read."""
        device = str(self.stated.get("device") or "")
        if not device:
            self._problem("E-REQ", "没有设备编号", "device", "填写设备编号。")
        at, sent_at = self._moment("at", needed=True), self._moment("sent_at")
        longitude = self._number("longitude", needed=True)
        latitude = self._number("latitude", needed=True)
        datum = self._word("datum", DATUMS, needed=True)
        source = self._word("source", SOURCES)
        accuracy, speed = self._number("accuracy", least=0), self._number("speed", least=0)
        battery = self._number("battery", least=0, most=100)
        worn, charging, mocked = self._truth("worn"), self._truth("charging"), self._truth("mocked")
        if self.problems or at is None or longitude is None or latitude is None or datum is None:
            return None
        return Position(
            device,
            at,
            received_at,
            longitude,
            latitude,
            datum,
            accuracy,
            source or Source.UNKNOWN,
            speed,
            None if battery is None else int(battery),
            worn,
            charging,
            bool(mocked),
            sent_at,
        )

    def _problem(self, code: str, what: str, field: str, remedy: str) -> None:
        self.problems.append(Problem(code, what, f"{self.where}，{field}", remedy))

    def _stated(self, field: str, needed: bool) -> Any:
        value = self.stated.get(field)
        if value is None and needed:
            self._problem("E-REQ", f"没有{NAMES[field][-1]}", field, f"补填{NAMES[field][-1]}。")
        return value

    def _number(
        self, field: str, *, needed: bool = False, least: float | None = None, most: float | None = None
    ) -> float | None:
        value = self._stated(field, needed)
        if value is None:
            return None
        try:
            number = float("nan") if isinstance(value, bool) else float(value)
        except (TypeError, ValueError):
            number = float("nan")
        if not math.isfinite(number):
            self._problem("E-TYPE", f"“{value}”不是数字", field, "填写数字。")
            return None
        if (least is not None and number < least) or (most is not None and number > most):
            self._problem("E-RANGE", f"{value}超出范围", field, "核对设备上报的数值。")
            return None
        return number

    def _moment(self, field: str, *, needed: bool = False) -> datetime | None:
        value = self._stated(field, needed)
        if value is None:
            return None
        try:
            moment = _moment(value)
        except (ValueError, OverflowError, OSError):
            self._problem("E-TYPE", f"“{value}”不是时间", field, _TIME)
            return None
        if not 2000 <= moment.year <= 2100:
            self._problem("E-DATE", f"时间“{value}”不可能", field, _TIME)
            return None
        return moment

    def _word(self, field: str, words: Mapping[str, Any], *, needed: bool = False) -> Any:
        value = self._stated(field, needed)
        if value is None or isinstance(value, Datum | Source):
            return value
        found = words.get(str(value).strip().upper().replace("-", "").replace("_", ""))
        if found is None:
            self._problem("E-CODE", f"不认识“{value}”", field, f"可用：{'、'.join(words)}。")
        return found

    def _truth(self, field: str) -> bool | None:
        value = self.stated.get(field)
        if value is None or isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word not in _TRUE | _FALSE:
            self._problem("E-TYPE", f"“{value}”应为是或者否", field, "填写是或者否。")
            return None
        return word in _TRUE


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, int | float) or str(value).strip().isdigit():
        number = float(value)
        moment = datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
    else:
        moment = datetime.fromisoformat(str(value).strip().replace("/", "-"))
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
