"""Account balances at the start of a year (科目余额表): they become the opening voucher of each unit."""

from mingzhang.records.imports.balance_rows import take_balances
from mingzhang.records.imports.common import FUNCTION, FUND, NATURE, PROJECT, UNIT, YEAR
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.references import read_account, read_source
from mingzhang.records.imports.sides import AMOUNT, CREDIT, DEBIT, SIDE
from mingzhang.records.imports.values import text

kind = Kind(
    "balances",
    "科目余额表",
    (
        UNIT,
        YEAR,
        Field("account", "科目编码", read_account, ("会计科目编码", "科目代码", "会计科目代码", "科目编号", "会计科目"), required=True, codes="会计科目", width=20),
        Field("account_name", "科目名称", text(120), ("会计科目名称",), note="只供核对，可以不填", width=24),
        DEBIT.named("年初借方余额（元）", ("年初借方余额", "期初借方余额", "年初余额借方", "期初余额借方", "年初借方", "期初借方", "借方余额", "借方")),
        CREDIT.named("年初贷方余额（元）", ("年初贷方余额", "期初贷方余额", "年初余额贷方", "期初余额贷方", "年初贷方", "期初贷方", "贷方余额", "贷方")),
        SIDE.named("方向", ("余额方向", "年初方向", "期初方向", "借贷方向", "借/贷")),
        AMOUNT.named("年初余额", ("期初余额", "余额", "金额")),
        FUNCTION,
        NATURE,
        FUND,
        PROJECT,
        Field("source", "资金年份", read_source, ("资金年度", "指标来源"), default="current", choices=("当年", "以前年度结转"), width=12),
    ),
    take_balances,
    note="借方、贷方分列，或“方向”加“年初余额”。上级科目的合计行会与明细核对后略过。",
)  # fmt: skip
