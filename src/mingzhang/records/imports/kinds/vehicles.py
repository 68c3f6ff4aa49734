"""Vehicles (车辆): one row is one vehicle, from the day it came to the day it went."""

from mingzhang.catalogue.dimensions.small import vehicle_kind
from mingzhang.records.imports.common import UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.registers import Register, ends_before_start
from mingzhang.records.imports.values import choice, day, money, text, yes_no
from mingzhang.records.models import Vehicle

_WORDS = {name: code for code, name in vehicle_kind.names.items()} | {
    "副部(省)级及以上领导用车": "leader", "执法执勤": "law_enforcement", "机要通信": "confidential",
    "应急保障": "emergency", "特种专业技术": "special", "其他": "other",
}  # fmt: skip

kind = Kind(
    "vehicles",
    "车辆登记",
    (
        UNIT,
        Field("plate", "车牌号", text(20), ("车牌号码", "车牌", "号牌号码"), required=True, note="一辆车一行", width=12),
        Field("kind", "车辆用途", choice(_WORDS, "vehicle_kind"), ("用途", "车辆类别", "用车类别", "车辆类型"), required=True, choices=tuple(vehicle_kind.names.values()), width=22),
        Field("acquired_on", "购置日期", day, ("取得日期", "入账日期", "登记日期", "购入日期"), required=True, width=12),
        Field("disposed_on", "处置日期", day, ("报废日期", "减少日期", "注销日期"), default=None, note="仍在用的留空", width=12),
        Field("cost_fen", "原值（元）", money(), ("原值", "账面原值", "购置金额", "价值"), default=0, number=True),
        Field("fiscal_funded", "财政拨款开支", yes_no, ("财政拨款负担", "是否财政拨款开支"), default=True, choices=("是", "否"), note="运行费由财政拨款负担的填 是（计入公务用车保有量）"),
    ),
    Register(
        Vehicle,
        ("entity", "plate", "kind", "acquired_on", "disposed_on", "cost_fen", "fiscal_funded"),
        ("entity", "plate", "acquired_on"),
        ends_before_start("acquired_on", "disposed_on"),
    ),
)  # fmt: skip
