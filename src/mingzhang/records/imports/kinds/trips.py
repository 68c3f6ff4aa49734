"""Official trips abroad (因公出国（境）): one row is one group (团组)."""

from mingzhang.records.imports.common import UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.registers import Register, not_in_future
from mingzhang.records.imports.values import day, money, text, whole
from mingzhang.records.models import OverseasTrip

kind = Kind(
    "trips",
    "因公出国（境）登记",
    (
        UNIT,
        Field("on", "出访日期", day, ("日期", "出国日期", "出境日期"), required=True, width=12),
        Field("persons", "出访人数", whole(smallest=1, largest=10_000, what="人数"), ("人数", "人次", "出国人数"), required=True, width=10),
        Field("destination", "目的地", text(120), ("出访国家", "国家(地区)", "出访国家地区", "前往国家"), required=True, width=20),
        Field("spending_fen", "费用（元）", money(), ("费用", "金额", "出国费用", "支出金额"), default=0, number=True),
    ),
    Register(OverseasTrip, ("entity", "on", "persons", "destination", "spending_fen"), check=not_in_future("on")),
)  # fmt: skip
