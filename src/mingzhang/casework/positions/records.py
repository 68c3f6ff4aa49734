"""A position as a person's device sends it (定位点): immutable, kept as received, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mingzhang.casework.positions.datums import Datum


class Source(StrEnum):
    """What the place was found by (定位方式)."""

    GNSS = "GNSS"
    WIFI = "WIFI"
    LBS = "LBS"
    """Base stations (基站): hundreds of metres to kilometres."""
    BLE = "BLE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Position:
    """One position (定位点) of one device.

    Longitude and latitude in degrees of `datum`, as sent; `accuracy` in metres, the radius that the device itself states, None where it states none; `speed`
    in metres a second; `battery` in percent. Both times carry their zone; `sent_at` is the device's own clock at the upload, which tells how wrong it is.
    """

    device: str
    at: datetime
    received_at: datetime
    longitude: float
    latitude: float
    datum: Datum = Datum.WGS84
    accuracy: float | None = None
    source: Source = Source.UNKNOWN
    speed: float | None = None
    battery: int | None = None
    worn: bool | None = None
    charging: bool | None = None
    mocked: bool = False
    sent_at: datetime | None = None
