"""The tables of casework."""

from mingzhang.records.casework.models.calendar import CalendarDay
from mingzhang.records.casework.models.changes import SettingChange
from mingzhang.records.casework.models.deadlines import Deadline, Hold
from mingzhang.records.casework.models.documents import Attachment, Document, Service
from mingzhang.records.casework.models.events import Event
from mingzhang.records.casework.models.exports import SensitiveExport
from mingzhang.records.casework.models.figures import Frozen, Grain, Release
from mingzhang.records.casework.models.imports import ImportBatch, ImportMapping, Rejected
from mingzhang.records.casework.models.involved import Involved
from mingzhang.records.casework.models.numbers import Numbering
from mingzhang.records.casework.models.payments import PaymentRequest
from mingzhang.records.casework.models.personal import Index, Personal, ReadLog, SealedGrant
from mingzhang.records.casework.models.posts import CasePost, CaseRole
from mingzhang.records.casework.models.records import Record
from mingzhang.records.casework.models.registries import Area, AreaSuccession, Organisation, Person
from mingzhang.records.casework.models.returns import Return, ReturnItem

__all__ = [
    "Area",
    "AreaSuccession",
    "Attachment",
    "CalendarDay",
    "CasePost",
    "CaseRole",
    "Deadline",
    "Document",
    "Event",
    "Frozen",
    "Grain",
    "Hold",
    "ImportBatch",
    "ImportMapping",
    "Index",
    "Involved",
    "Numbering",
    "Organisation",
    "PaymentRequest",
    "Person",
    "Personal",
    "ReadLog",
    "Record",
    "Rejected",
    "Release",
    "Return",
    "ReturnItem",
    "SealedGrant",
    "SensitiveExport",
    "Service",
    "SettingChange",
]
