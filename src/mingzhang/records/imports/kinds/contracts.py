"""Government procurement contracts (政府采购合同): one row is one contract."""

from mingzhang.records.imports.common import UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.registers import Register, not_in_future
from mingzhang.records.imports.values import choice, day, money, text
from mingzhang.records.models import ProcurementContract

_SIZES = {"大型企业": "large", "中型企业": "medium", "小型企业": "small", "微型企业": "micro", "其他": "other", "大型": "large", "中型": "medium", "小型": "small", "微型": "micro"}  # fmt: skip
_RESERVED = {"面向中小企业预留": "sme", "面向小微企业预留": "small_micro", "未预留": "", "中小企业": "sme", "小微企业": "small_micro", "否": ""}  # fmt: skip

kind = Kind(
    "contracts",
    "政府采购合同",
    (
        UNIT,
        Field("number", "合同编号", text(60), ("合同号", "采购合同编号"), required=True, width=20),
        Field("name", "合同名称", text(120), ("采购项目名称", "项目名称", "采购内容"), required=True, width=26),
        Field("kind", "采购类别", choice({"货物": "goods", "工程": "works", "服务": "services", "货物类": "goods", "工程类": "works", "服务类": "services"}, "procurement_kind"), ("品目类别", "采购品目类别", "类别"), required=True, choices=("货物", "工程", "服务"), width=10),
        Field("supplier", "供应商", text(120), ("供应商名称", "中标供应商", "成交供应商"), required=True, width=26),
        Field("supplier_size", "供应商规模", choice(_SIZES, "supplier_size"), ("企业规模", "企业类型", "供应商类型"), required=True, choices=("大型企业", "中型企业", "小型企业", "微型企业", "其他")),
        Field("signed_on", "签订日期", day, ("合同签订日期", "签订时间", "合同日期"), required=True, width=12),
        Field("amount_fen", "合同金额（元）", money(), ("合同金额", "合同总金额", "成交金额", "中标金额"), required=True, number=True),
        Field("spending_fen", "当年支出（元）", money(), ("当年支出", "本年支出", "已支付金额", "支付金额"), required=True, number=True, note="签订当年的采购支出"),
        Field("reserved_for", "预留份额", choice(_RESERVED, "reserved_for"), ("是否预留", "预留"), choices=("未预留", "面向中小企业预留", "面向小微企业预留"), width=18),
        Field("reserved_budget_fen", "预留项目预算（元）", money(), ("预留项目预算", "预留预算金额"), default=0, number=True),
    ),
    Register(
        ProcurementContract,
        ("entity", "number", "name", "kind", "supplier", "supplier_size", "signed_on", "amount_fen", "spending_fen", "reserved_for", "reserved_budget_fen"),
        ("entity", "number"),
        not_in_future("signed_on"),
    ),
)  # fmt: skip
