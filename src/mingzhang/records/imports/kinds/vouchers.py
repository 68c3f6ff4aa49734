"""Vouchers (记账凭证): one entry a row, in the layout of the usual accounting programs."""

from mingzhang.records.imports.common import ECONOMIC, FUNCTION, FUND, NATURE, PROJECT, UNIT
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.references import read_account, read_source
from mingzhang.records.imports.sides import AMOUNT, CREDIT, DEBIT, SIDE
from mingzhang.records.imports.values import choice, day, shorter, text
from mingzhang.records.imports.voucher_rows import take_vouchers

_KINDS = {"日常": "ordinary", "调整": "adjusting", "年初余额": "opening", "结账": "closing", "记账凭证": "ordinary", "记": "ordinary", "转账凭证": "ordinary", "收款凭证": "ordinary", "付款凭证": "ordinary", "机制凭证": "ordinary", "普通凭证": "ordinary", "调整凭证": "adjusting", "更正": "adjusting", "结转": "closing", "年末结转": "closing"}  # fmt: skip

kind = Kind(
    "vouchers",
    "记账凭证",
    (
        UNIT,
        Field("date", "凭证日期", day, ("日期", "记账日期", "制单日期", "业务日期", "会计日期"), required=True, note="如 2021-03-31；同一凭证的后续行可以留空", width=12),
        Field("word", "凭证字", text(10), ("凭证类别字", "字"), width=8, note="如 记；已写在凭证号里的可以不填"),
        Field("number", "凭证号", text(40), ("凭证字号", "凭证编号", "凭证号码", "凭证号数", "号"), required=True, note="如 记-0001，按月或按年编号都可以；同一凭证的后续行可以留空", width=12),
        Field("summary", "摘要", text(200), ("摘要说明", "凭证摘要", "业务摘要", "事由"), required=True, width=30),
        Field("account", "科目编码", read_account, ("会计科目编码", "科目代码", "会计科目代码", "科目编号", "会计科目", "科目"), required=True, codes="会计科目", note="最末级会计科目；财务会计与预算会计按编码区分", width=20),
        Field("account_name", "科目名称", text(200), ("会计科目名称", "科目全称", "科目全名"), note="只供核对，可以不填", width=24),
        DEBIT,
        CREDIT,
        SIDE,
        AMOUNT,
        FUNCTION,
        ECONOMIC,
        NATURE,
        FUND,
        PROJECT,
        Field("source", "资金年份", read_source, ("资金年度", "指标来源", "预算年份"), default="current", choices=("当年", "以前年度结转"), note="用以前年度结转资金的填 以前年度结转", width=12),
        Field("detail", "费用明细", text(60), ("明细", "辅助明细"), note="如 维修费；用不着的留空", width=12),
        Field("counterparty", "部门内往来单位", text(120), ("往来单位编码", "往来单位", "内部往来单位"), codes="单位", note="对方是本部门所属单位时填它的编码或名称，汇总时抵销；外部单位不影响", width=16),
        Field("contract", "合同编号", text(60), ("合同号",), width=14),
        Field("kind", "凭证类型", choice(_KINDS, "voucher_kind"), ("凭证类别", "凭证种类"), choices=shorter(_KINDS), note="留空为 日常；红字和对已结账期间的更正填 调整", width=10),
        Field("reason", "调整原因", text(200), ("更正原因",), note="调整已结账期间时必填", width=20),
        Field("prepared_by", "制单人", text(40), ("制单", "经办", "制证人", "填制人"), width=10),
        Field("reviewed_by", "审核人", text(40), ("审核", "复核", "复核人", "稽核"), width=10),
        Field("approved_by", "审批人", text(40), ("审批", "主管", "财务主管", "记账人", "记账"), width=10),
    ),
    take_vouchers,
    note="金额用“借方金额、贷方金额”两列，或“方向”加“金额”。每张凭证的财务会计分录和预算会计分录各自借贷平衡。",
)  # fmt: skip
