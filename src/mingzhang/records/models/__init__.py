"""The tables of the books, one topic a file."""

from mingzhang.records.models.budget import BudgetLine
from mingzhang.records.models.ledger import (
    BUDGETARY,
    FINANCIAL,
    Classification,
    PeriodLock,
    Voucher,
    VoucherKind,
    VoucherLine,
)
from mingzhang.records.models.organisation import ELIMINATIONS, Entity, StaffChange
from mingzhang.records.models.projects import Project
from mingzhang.records.models.publication import Publication
from mingzhang.records.models.registers import (
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Reception,
    Vehicle,
)
from mingzhang.records.models.statements import ColumnMapping, ImportBatch, Statement
from mingzhang.records.models.words import Reason, Text

__all__ = [
    "BUDGETARY",
    "ELIMINATIONS",
    "FINANCIAL",
    "BudgetLine",
    "Classification",
    "ColumnMapping",
    "Entity",
    "Equipment",
    "ImportBatch",
    "OverseasTrip",
    "PeriodLock",
    "ProcurementContract",
    "Project",
    "Publication",
    "Reason",
    "Reception",
    "StaffChange",
    "Statement",
    "Text",
    "Vehicle",
    "Voucher",
    "VoucherKind",
    "VoucherLine",
]
