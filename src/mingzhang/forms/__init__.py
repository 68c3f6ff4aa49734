"""Kinds of what an edition holds: forms (public tables), sections of text, account and code lists. Data live in the catalogue."""

from mingzhang.forms.accounts import Account, ChartOfAccounts
from mingzhang.forms.classification import Classification, Code
from mingzhang.forms.edition import Edition, EditionError
from mingzhang.forms.event_group import EventGroup, PlainEvent
from mingzhang.forms.form import Column, Form, Row, RowGroup, meeting_cell
from mingzhang.forms.section import ChartTemplate, Definition, ParagraphTemplate, Part, Section
from mingzhang.forms.voucher import ClosingStep, TemplateLine, VoucherTemplate, VoucherTemplates

__all__ = [
    "Account",
    "ChartOfAccounts",
    "ChartTemplate",
    "Classification",
    "ClosingStep",
    "Code",
    "Column",
    "Definition",
    "Edition",
    "EditionError",
    "EventGroup",
    "Form",
    "ParagraphTemplate",
    "Part",
    "PlainEvent",
    "Row",
    "RowGroup",
    "Section",
    "TemplateLine",
    "VoucherTemplate",
    "VoucherTemplates",
    "meeting_cell",
]
