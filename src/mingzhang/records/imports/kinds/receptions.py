"""Official receptions (公务接待): one row is one batch (批次)."""

from mingzhang.records.imports.common import UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.registers import Register, not_in_future
from mingzhang.records.imports.values import day, money, text, whole, yes_no
from mingzhang.records.models import Reception

kind = Kind(
    "receptions",
    "公务接待登记",
    (
        UNIT,
        Field("on", "接待日期", day, ("日期", "接待时间"), required=True, width=12),
        Field("guests", "接待人数", whole(smallest=1, largest=100_000, what="人数"), ("接待人次", "来访人数", "人次", "人数"), required=True, note="来宾人次，不含陪同人员", width=10),
        Field("spending_fen", "接待费用（元）", money(), ("接待费用", "接待费", "费用", "金额", "支出金额"), default=0, number=True),
        Field("foreign", "外事接待", yes_no, ("是否外事", "是否外事接待"), default=False, choices=("是", "否"), width=10),
        Field("occasion", "接待事由", text(200), ("事由", "来访单位", "接待对象", "公务内容"), width=30),
    ),
    Register(Reception, ("entity", "on", "guests", "spending_fen", "foreign", "occasion"), check=not_in_future("on")),
)  # fmt: skip
