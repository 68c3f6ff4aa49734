"""Large equipment (大型设备): pieces of one kind and price a row."""

from mingzhang.records.imports.common import UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.registers import Register, ends_before_start
from mingzhang.records.imports.values import choice, day, money, text, whole
from mingzhang.records.models import Equipment

kind = Kind(
    "equipment",
    "设备登记",
    (
        UNIT,
        Field("name", "设备名称", text(120), ("资产名称", "名称"), required=True, width=24),
        Field("category", "设备类别", choice({"通用设备": "general", "专用设备": "special", "通用": "general", "专用": "special"}, "category"), ("资产类别", "类别", "设备分类"), required=True, choices=("通用设备", "专用设备")),
        Field("unit_price_fen", "单价（元）", money(zero=False), ("单价", "单位价值", "单台价值"), required=True, number=True),
        Field("count", "数量", whole(smallest=1, largest=100_000, what="数量"), ("台数", "台(套)数"), default=1, width=8),
        Field("acquired_on", "购置日期", day, ("取得日期", "入账日期", "购入日期"), required=True, width=12),
        Field("disposed_on", "处置日期", day, ("报废日期", "减少日期"), default=None, note="仍在用的留空", width=12),
    ),
    Register(
        Equipment,
        ("entity", "name", "category", "unit_price_fen", "count", "acquired_on", "disposed_on"),
        check=ends_before_start("acquired_on", "disposed_on"),
    ),
)  # fmt: skip
