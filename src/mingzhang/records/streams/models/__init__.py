"""The tables of streams. Positions stand in a module of their own, which only few may import (import-linter)."""

import mingzhang.records.streams.models.positions  # noqa: F401  # Django learns of the table here
from mingzhang.records.streams.models.alarms import AlarmEvidence
from mingzhang.records.streams.models.batches import StreamBatch
from mingzhang.records.streams.models.devices import Device, DeviceNonce
from mingzhang.records.streams.models.live import LiveEvent
from mingzhang.records.streams.models.states import FenceState, PlanVersion

__all__ = [
    "AlarmEvidence",
    "Device",
    "DeviceNonce",
    "FenceState",
    "LiveEvent",
    "PlanVersion",
    "StreamBatch",
]
