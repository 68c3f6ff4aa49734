"""The kinds of tables that can be imported, one file each, in the order in which new books need them."""

from mingzhang.records.imports.kinds import (
    balances,
    budgets,
    contracts,
    equipment,
    projects,
    receptions,
    staff,
    texts,
    trips,
    vehicles,
    vouchers,
)

KINDS = {
    module.kind.name: module.kind
    for module in (projects, budgets, balances, vouchers, vehicles, equipment, contracts, receptions, trips, staff, texts)
}  # fmt: skip
