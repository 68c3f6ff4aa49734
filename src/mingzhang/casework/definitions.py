"""What a business line states (业务线定义): its kinds of records, their fields, state tables, documents, returns, metrics and who may see them.

Immutable values, read from the line's folder by `mingzhang.lines`; the engine knows these shapes and no line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from mingzhang.documents import Problem

Predicate: TypeAlias = Mapping[str, Any]
"""A condition on a record: field → value, or field → {in, not_in, ge, le, gt, lt, has, empty}; all must hold. `casework.predicates` decides it."""

View: TypeAlias = Mapping[str, Any]
"""A record as guards, predicates and metrics see it: common fields and the line's own, by name; dates are dates, money integer fen."""

Guard: TypeAlias = Callable[[View, View, date], Problem | None]
"""guard(record, payload, today) → nothing where the step is allowed, else the problem. Pure."""


class Shape(StrEnum):
    """The six shapes (六种形态); supervision and stream join with the lines that need them."""

    MATTER = "matter"
    ACTIVITY = "activity"
    REGISTRY = "registry"
    TARGET = "target"
    SUPERVISION = "supervision"
    STREAM = "stream"


class FieldType(StrEnum):
    """What a field holds; money is entered in yuan and kept in integer fen."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    PERSON = "person"
    ORGANISATION = "organisation"
    AREA = "area"
    RECORD = "record"
    RECORDS = "records"
    FILE = "file"
    FILES = "files"
    ROWS = "rows"
    """Rows below the record, each with fields of its own (当事人, 庭审, 回访)."""


class PrivacyClass(StrEnum):
    """Classes of personal data (个人信息分级): P0 public facts … P3 sealed records."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind. `required` is "creation", "" (never) or the action that demands it; `identifier` names a check
    ("resident_id", "uscc", "phone"); `codes` are its values; `kind` is the kind a record field points at ("line.kind").
    """

    name: str
    chinese: str
    type: FieldType
    required: str = ""
    codes: tuple[str, ...] = ()
    kind: str = ""
    decimals: int = 0
    least: str = ""
    most: str = ""
    privacy: PrivacyClass = PrivacyClass.P0
    identifier: str = ""
    fields: tuple[Field, ...] = ()
    listed: bool = False
    """Whether lists show it as a column."""
    filtered: bool = False
    """Whether lists filter by it."""
    help: str = ""
    turn: Mapping[str, Any] = field(default_factory=dict)
    """A record field whose entries take turns (轮值): `open` (who takes part), `dated` (the row's field with the day, else the record's day), `skills` (the
    entry's list), `by` (the record's field) and `wanted` (its value → the skill), `fills` (the row's field → the entry's, or "years:<its date>")."""
    draw: Mapping[str, Any] = field(default_factory=dict)
    """A record field whose records are drawn by lot (抽样): `where` (which may be drawn), `date_field` (the day by which a period has them)."""


@dataclass(frozen=True, slots=True)
class DeadlineUse:
    """A deadline started by a transition: the family of the rule (its version goes by the matter's date), when, from which day."""

    family: str
    where: Predicate = field(default_factory=dict)
    from_field: str = ""
    """The field with the day that triggers it; the day of the step where blank."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A row of the state table (状态表). `sources` empty: the action that opens the record; `target` blank: the state stays.

    `automatic`: the nightly run takes it. `two_person`: one person drafts the step with its payload, another with the letter A approves or
    returns it; until then the record stands where it is.
    """

    action: str
    chinese: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    guards: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    """Further fields the form offers."""
    documents: tuple[str, ...] = ()
    starts: tuple[DeadlineUse, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: str = ""
    """The family that this step extends; the payload has `days`."""
    two_person: bool = False
    automatic: bool = False
    moment: str = ""
    """The field of moments that says when it was done (of rows the latest), for clocks in hours; when it is entered where blank."""
    outcome: str = ""
    """The outcome it writes, where the step decides it."""
    opens: str = ""
    """The kind of the child record that it opens."""
    where: Predicate = field(default_factory=dict)
    """When it is offered at all."""
    sets: Mapping[str, str] = field(default_factory=dict)
    """Fields that the step writes by itself: values, or "{occurred_on}"."""
    pays: Mapping[str, str] = field(default_factory=dict)
    """A payment request that the step makes: `amount` (a money field), `project` (name), `purpose`; `function` and `economic` of its voucher."""


@dataclass(frozen=True, slots=True)
class State:
    """A state; `open` ones are worked on, `final` ones accept correct, reopen and archive only."""

    id: str
    chinese: str
    final: bool = False
    holding: bool = False
    """Whether the matter stands still here, with a reason and an end (中止)."""


@dataclass(frozen=True, slots=True)
class StateTable:
    """A kind's states and transitions, with its version: each matter keeps the version it was opened under."""

    version: int
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record of a line. `number` is the pattern of its case number, with {year} and {number}; `title` a pattern over fields."""

    id: str
    line: str
    chinese: str
    shape: Shape
    fields: tuple[Field, ...]
    states: StateTable | None = None
    title: str = ""
    number: str = ""
    secrecy: str = "INTERNAL"
    unique: tuple[str, ...] = ()
    """Fields that together mark a second entry as a duplicate (E-DUP)."""
    evidence: bool = False
    """Whether a confirmed activity needs a file (E-EVID)."""
    public: bool = False
    """Whether the public may apply for it."""
    guards: tuple[str, ...] = ()
    """Guards asked whenever the record is entered, changed or confirmed, beside those of its steps."""
    shares: str = ""
    """The record field that names what the record has in common with others (对象); blank for a kind that others so name."""
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kinds of the line → fields of their records of the same person or matter that the guards see, as `record["siblings"][kind]`."""

    @property
    def name(self) -> str:
        """The kind as other lines name it."""
        return f"{self.line}.{self.id}"


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A template of an official document (文书模板): its type, its number's pattern, its text with {slots}, the deadlines its service starts."""

    id: str
    chinese: str
    text: str
    number: str = ""
    starts_on_service: tuple[DeadlineUse, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A dated rule of deadline_rules.csv (期限规则); rules of one `family` are versions of one duty, never in force on the same day.

    `bound`: MAX (within), MIN (not before), BEFORE (that long before the trigger's day), SPAN (longest validity). `unit`: WD working
    days, D natural days, M months, Y years, H hours.
    """

    rule_id: str
    family: str
    line: str
    trigger: str
    action: str
    bound: str
    amount: Decimal
    unit: str
    count_from: str
    roll: bool
    pause_extend: str
    basis: str
    sureness: str
    valid_from: date
    valid_to: date | None
    note: str = ""


class Flavour(StrEnum):
    """How a metric relates to time (指标类型)."""

    FLOW = "flow"
    STOCK = "stock"
    RATIO = "ratio"
    DURATION = "duration"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted: records of a kind (or their `rows`) that meet a condition, dated by a field.

    `measure`: "records", "sum:<field>", "distinct:<field>", and over the natural days from one date field to another "days:<from>..<to>" (their sum),
    "net_days:…" (without the paused ones), "median:…", "p90:…", over minutes between two moments "median_minutes:…", "p90_minutes:…", and of service
    time only "median_service_minutes:…", "p90_service_minutes:…"; `deadlines`: count the deadlines of these families of the records instead, dated by a
    field of theirs (`due_on`, `started_on`, `done_on`) or of the record.
    """

    kinds: tuple[str, ...]
    date_field: str = ""
    until_field: str = ""
    """Of a stock: the day it ended, counted while that is blank or later than the day asked for."""
    where: Predicate = field(default_factory=dict)
    rows: str = ""
    row_where: Predicate = field(default_factory=dict)
    measure: str = "records"
    deadlines: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    """Standings of those deadlines that count (DONE_ON_TIME, …); all where empty."""
    confirmed_only: bool = False
    """Leave out what is not in the state `confirmed`, activities not yet confirmed."""
    distinct_days: bool = False
    """Count the days on which there was one, not the records."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure's definition card (指标定义): who is in, who is out, which date, which base; nothing else computes the figure.

    A ratio prints — over a zero base. `returned_as` is the item of a monthly return that states the same fact.
    """

    id: str
    line: str
    chinese: str
    unit: str
    flavour: Flavour
    numerator: Counting
    denominator: Counting | None = None
    decimals: int = 0
    includes: str = ""
    excludes: str = ""
    basis: str = ""
    """The denominator in words."""
    returned_as: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """A unit's monthly return (月报): its items (name, Chinese, unit), who reports, by which day of the next month."""

    id: str
    chinese: str
    items: tuple[tuple[str, str, str], ...]
    reporters: str
    """The organisation kind that reports (街道, 司法所, 区直单位)."""
    due_day: int = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A business line (业务线): its code of two digits, its kinds, documents, returns, metrics, guards, and letters of access by role."""

    id: str
    code: str
    chinese: str
    department_role: str
    kinds: Mapping[str, Kind]
    metrics: Mapping[str, Metric]
    documents: Mapping[str, DocumentTemplate] = field(default_factory=dict)
    returns: Mapping[str, ReturnForm] = field(default_factory=dict)
    guards: Mapping[str, Guard] = field(default_factory=dict)
    access: Mapping[str, str] = field(default_factory=dict)
    """Role → letters: A approve, W write, R read, S statistics, O own records only; absent: none."""
    law: str = ""
