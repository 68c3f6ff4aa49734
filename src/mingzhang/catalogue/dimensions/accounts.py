"""Revenue, expenditure and balances: the concepts that the budgetary ledger yields (收入、支出、结转结余)."""

from mingzhang.facts import Concept
from mingzhang.numbers import YUAN

_FORM = "部门决算公开样表"

revenue = Concept(
    name="revenue",
    chinese="本年收入",
    unit=YUAN,
    meaning="Budget revenue of the year, by fund (资金来源) and function.",
    source=_FORM,
    dimensions=("fund", "function", "nature", "project"),
    part_of="total_resources",
    source_ids=("rev.total", "rev.grant.total", "fg.rev", "gf.rev", "soe.rev"),
)

expenditure = Concept(
    name="expenditure",
    chinese="本年支出",
    unit=YUAN,
    meaning="Budget expenditure of the year on cash basis, spending of carried-over money included.",
    source=_FORM,
    dimensions=("fund", "function", "economic", "nature", "project", "detail"),
    part_of="total_uses",
    source_ids=("exp.total", "exp.class", "fg.exp.class", "gpb.exp.total", "gpb.basic.econ", "project.exec"),
)

opening_balance = Concept(
    name="opening_balance",
    chinese="年初结转和结余",
    unit=YUAN,
    meaning="Money of earlier years carried into this year, adjustments of the opening balance included.",
    source=_FORM,
    dimensions=("fund", "function", "nature"),
    part_of="total_resources",
    flow=False,
    source_ids=("bal.open", "fg.open", "gf.open", "soe.open"),
)

closing_balance = Concept(
    name="closing_balance",
    chinese="年末结转和结余",
    unit=YUAN,
    meaning="Money carried into the next year.",
    source=_FORM,
    dimensions=("fund", "function", "nature"),
    part_of="total_uses",
    flow=False,
    source_ids=("bal.close", "fg.close", "gf.close", "soe.close"),
)

use_of_nonfiscal_surplus = Concept(
    name="use_of_nonfiscal_surplus",
    chinese="使用非财政拨款结余",
    unit=YUAN,
    meaning="Accumulated non-fiscal surplus that an institution used to cover the year's gap.",
    source=_FORM,
    part_of="total_resources",
    source_ids=("rev.use_nonfiscal",),
)

surplus_distribution = Concept(
    name="surplus_distribution",
    chinese="结余分配",
    unit=YUAN,
    meaning="Income tax, extraction of special surplus and transfer to non-fiscal surplus (institutions).",
    source=_FORM,
    part_of="total_uses",
    source_ids=("exp.distribution",),
)

total_resources = Concept(
    name="total_resources",
    chinese="收入总计",
    unit=YUAN,
    meaning="Grand total of the income side: revenue, use of surplus and opening balance.",
    source=_FORM,
    dimensions=("fund", "function"),
    source_ids=("rev.grand", "fg.rev.grand"),
)

total_uses = Concept(
    name="total_uses",
    chinese="支出总计",
    unit=YUAN,
    meaning="Grand total of the expenditure side: expenditure, distribution and closing balance.",
    source=_FORM,
    dimensions=("fund", "function"),
    source_ids=("exp.grand", "fg.exp.grand"),
)

operating_costs = Concept(
    name="operating_costs",
    chinese="机关运行经费",
    unit=YUAN,
    meaning="Public costs in basic expenditure of administrative units and of institutions managed under the Civil Servant Law.",
    source="地方预决算公开操作规程",
    source_ids=("op.amount",),
)
