"""State assets in use (国有资产占用情况): vehicles by kind and large equipment, at 31 December."""

from mingzhang.facts import Concept
from mingzhang.numbers import SET, VEHICLE

_SOURCE = "部门决算公开说明 · 国有资产占用情况"

vehicles = Concept(
    name="vehicles",
    chinese="车辆",
    unit=VEHICLE,
    meaning="Vehicles on the books, by kind of use.",
    source=_SOURCE,
    dimensions=("vehicle_kind",),
    flow=False,
    source_ids=(
        "veh.total",
        "veh.leader",
        "veh.chief",
        "veh.confidential",
        "veh.emergency",
        "veh.law",
        "veh.special",
        "veh.retired",
        "veh.other",
    ),
)
general_equipment_50 = Concept(
    "general_equipment_50",
    "单价50万元（含）以上通用设备",
    SET,
    "General equipment of 500,000 yuan a piece and more.",
    _SOURCE,
    flow=False,
    source_ids=("equip.general50",),
)
special_equipment_100 = Concept(
    "special_equipment_100",
    "单价100万元（含）以上专用设备",
    SET,
    "Special equipment of 1,000,000 yuan a piece and more.",
    _SOURCE,
    flow=False,
    source_ids=("equip.special100",),
)
equipment_100 = Concept(
    "equipment_100",
    "单价100万元（含）以上设备（不含车辆）",
    SET,
    "Equipment of 1,000,000 yuan a piece and more, vehicles left out.",
    _SOURCE,
    flow=False,
    source_ids=("equip.100",),
)
