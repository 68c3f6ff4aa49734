"""The tables of the books, one topic a file."""

from mingzhang.records.models.acceptances import AcceptedFinding
from mingzhang.records.models.budget import BudgetLine
from mingzhang.records.models.jobs import Job, JobProgress
from mingzhang.records.models.ledger import (
    BUDGETARY,
    FINANCIAL,
    Classification,
    MonthTotal,
    PeriodLock,
    Voucher,
    VoucherKind,
    VoucherLine,
)
from mingzhang.records.models.organisation import ELIMINATIONS, Entity, StaffChange
from mingzhang.records.models.performance import (
    Commitment,
    Evaluation,
    ExAnte,
    Explanation,
    GoalIndicator,
    Goals,
    Monitoring,
    ReportedValue,
)
from mingzhang.records.models.projects import Project
from mingzhang.records.models.proposals import Proposal
from mingzhang.records.models.publication import Disclosure, Publication
from mingzhang.records.models.registers import (
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Reception,
    Vehicle,
)
from mingzhang.records.models.statements import ColumnMapping, ImportBatch, Statement
from mingzhang.records.models.submissions import Submission
from mingzhang.records.models.trail import TrailChain, TrailEntry, TrailRow
from mingzhang.records.models.words import Reason, Text
from mingzhang.records.models.work import WorkPart
from mingzhang.records.people.models import Grant, Role, Shortcut, Token, User

__all__ = [
    "BUDGETARY",
    "ELIMINATIONS",
    "FINANCIAL",
    "AcceptedFinding",
    "BudgetLine",
    "Classification",
    "ColumnMapping",
    "Commitment",
    "Disclosure",
    "Entity",
    "Equipment",
    "Evaluation",
    "ExAnte",
    "Explanation",
    "GoalIndicator",
    "Goals",
    "Grant",
    "ImportBatch",
    "Job",
    "JobProgress",
    "Monitoring",
    "MonthTotal",
    "OverseasTrip",
    "PeriodLock",
    "ProcurementContract",
    "Project",
    "Proposal",
    "Publication",
    "Reason",
    "Reception",
    "ReportedValue",
    "Role",
    "Shortcut",
    "StaffChange",
    "Statement",
    "Submission",
    "Text",
    "Token",
    "TrailChain",
    "TrailEntry",
    "TrailRow",
    "User",
    "Vehicle",
    "Voucher",
    "VoucherKind",
    "VoucherLine",
    "WorkPart",
]
