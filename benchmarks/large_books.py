"""Books of any size for measuring: a department of twenty units, every voucher of four lines, made of real events.

Each kind of voucher comes from `voucher_from_event` and passes `check`; what is copied a million times is then only
its lines, with other days and amounts. The rows go into the tables that the migrations made, in the order of days, with
their digests and postings on the trail: `mingzhang verify` proves these books as it does any others.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby
from pathlib import Path

SEED = 20211231
YEAR = 2021
UNITS = 20
PROJECTS_A_UNIT = 6
DEPARTMENT = "department"
STATED = ("account", "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty")
PEOPLE = ("甲", "乙", "丙")

BASIC = {  # economic item: (share of the vouchers, typical yuan)
    "30101": (4, 40_000), "30102": (4, 50_000), "30103": (3, 60_000), "30108": (2, 20_000), "30110": (2, 12_000),
    "30112": (2, 3_000), "30113": (2, 25_000), "30201": (16, 600), "30202": (5, 900), "30205": (3, 800), "30206": (3, 2_500),
    "30207": (6, 700), "30209": (4, 3_000), "30211": (14, 1_200), "30213": (6, 2_000), "30215": (1, 1_500),
    "30216": (3, 1_800), "30217": (1, 800), "30226": (4, 4_000), "30228": (2, 6_000), "30229": (2, 3_000),
    "30231": (5, 900), "30239": (6, 500), "30299": (5, 700), "30302": (1, 4_000), "30305": (1, 1_500),
}  # fmt: skip
PROJECT = {
    "30201": (6, 1_500), "30202": (4, 4_000), "30211": (6, 1_500), "30213": (4, 9_000), "30214": (3, 12_000),
    "30216": (3, 3_000), "30226": (6, 8_000), "30227": (10, 20_000), "30299": (5, 2_500), "31002": (3, 15_000),
}  # fmt: skip
OWN_MONEY = {"30201": (3, 700), "30226": (2, 3_000), "30239": (1, 400)}
FUNCTIONS_OF_PAY = {"30108": "2080505", "30110": "2101101", "30113": "2210201", "30302": "2080501"}
FUNCTIONS = {"administrative": "2040601", "civil_servant_managed": "2040601", "institution": "2040650"}
FUNCTIONS_OF_PROJECTS = ("2040602", "2040604", "2040605", "2040607", "2040610", "2040612", "2049999")
OWN_REVENUE = {"civil_servant_managed": "V25", "institution": "V28"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of voucher of one unit: its lines as (classification, is it a debit), and how often and how large it is.

    Money that arrives has a name and no weight: each quarter it is as much as the payments that name it in `from_`.
    """

    unit: int
    template: str
    summary: str
    lines: tuple[tuple[int, bool], ...]
    weight: float = 0
    yuan: int = 0
    name: str = ""
    from_: tuple[str, ...] = ()


def books_of(vouchers: int, folder: Path) -> Path:
    """Return SQLite books of that many vouchers, not yet closed; made once, in a process of its own, and kept."""
    file = folder / f"books-{vouchers}-{_recipe()}.sqlite3"
    if not file.exists():
        print(f"making books of {vouchers:,} vouchers in {file}", file=sys.stderr)
        subprocess.run([sys.executable, __file__, str(vouchers), str(file)], check=True)
    return file


def make_books(vouchers: int, file: Path) -> None:
    """Make the books."""
    from mingzhang.records.database import JOBS, databases
    from mingzhang.records.setup import open_books

    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    open_books(unfinished)
    _fill(_organise(), vouchers)
    from django.db import connections

    connections.close_all()
    unfinished.rename(file)
    databases(str(unfinished))[JOBS]["NAME"].unlink()


def _recipe() -> str:
    """Changes with the way the books are made, so that old ones are not taken for them."""
    import mingzhang.records.migrations as migrations

    sources = [Path(__file__), *sorted(Path(migrations.__file__).parent.glob("0*.py"))]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:10]


# -- the department and its kinds of vouchers ------------------------------------------------------------------


def _organise() -> list[Kind]:
    from mingzhang.records.models import Entity, Project
    from mingzhang.records.trail import enter

    (top,) = enter(
        [Entity(code=DEPARTMENT, name="示例部门", kind="department", edition="hubei_wuhan_fy2021")]
    )
    kinds: list[Kind] = []
    units = []
    for number in range(1, UNITS + 1):
        kind = (
            "administrative" if number <= 12 else "institution" if number <= 17 else "civil_servant_managed"
        )
        (unit,) = enter(
            [Entity(code=f"unit{number:02}", name=f"示例单位{number}", kind=kind, parent=top, order=number)]
        )
        units.append(unit)
        projects = enter(
            Project(code=f"P{number:02}{each}", name=f"示例项目{number}-{each}", entity=unit)
            for each in range(1, PROJECTS_A_UNIT + 1)
        )
        kinds += _kinds_of(unit, [project.code for project in projects], 1 / number)
    for institution in units[13:17]:
        kinds += _paid_inside(units[12], institution)
    return kinds


def _kinds_of(unit, projects: list[str], size: float) -> Iterator[Kind]:
    """The kinds of vouchers of a unit; units differ in size, the largest has about a quarter of all."""
    own = FUNCTIONS[unit.kind]
    quota, bank = f"{unit.code} quota", f"{unit.code} bank"
    for economic, (share, yuan) in BASIC.items():
        function = FUNCTIONS_OF_PAY.get(economic, own)
        yield _kind(
            unit, "V04", 0.65 * share * size, yuan, function=function, economic=economic, payment="integrated"
        )
        if economic.startswith("302"):
            yield _kind(unit, "V02", 0.35 * share * size, yuan, (quota,), function=own, economic=economic)
    for place, project in enumerate(projects):
        function = FUNCTIONS_OF_PROJECTS[place % len(FUNCTIONS_OF_PROJECTS)]
        for economic, (share, yuan) in PROJECT.items():
            yield _kind(
                unit, "V04", 0.5 * share * size / (place + 1), yuan,
                function=function, economic=economic, project=project, nature="project", payment="integrated",
            )  # fmt: skip
    yield _kind(unit, "V01", name=quota, function=own, group="public")
    if unit.kind in OWN_REVENUE:
        for economic, (share, yuan) in OWN_MONEY.items():
            yield _kind(
                unit, "V19", share * size, yuan, (bank,),
                function=own, economic=economic, fund="other", nature="basic", payment="bank",
            )  # fmt: skip
        yield _kind(unit, OWN_REVENUE[unit.kind], name=bank, function=own, fund="other", nature="basic")


def _paid_inside(payer, receiver) -> Iterator[Kind]:
    """What an institution passes on of its own money: expenditure here, revenue there, taken out of the whole."""
    name = f"{payer.code} to {receiver.code}"
    function = FUNCTIONS["institution"]
    yield _kind(
        payer, "V30", 0.03, 20_000, (f"{payer.code} bank", name),
        function=function, fund="other", accounts=("5501", "7501"), counterparty=receiver.code,
    )  # fmt: skip
    yield _kind(
        receiver,
        "V29",
        name=name,
        function=function,
        fund="other",
        accounts=("4201", "6201"),
        counterparty=payer.code,
    )


def _kind(
    unit,
    template: str,
    weight: float = 0,
    yuan: int = 0,
    from_: tuple[str, ...] = (),
    name: str = "",
    **details: str,
) -> Kind:
    from mingzhang.records.events import voucher_from_event
    from mingzhang.records.ledger import check
    from mingzhang.records.models import Classification

    draft = voucher_from_event(template, unit, date(YEAR, 1, 4), 100, **details)
    if problems := check(draft):
        raise ValueError(problems[0].in_chinese())
    lines = []
    for system, _, entries in draft.sides():
        for entry in entries:
            stated = {field: getattr(entry, field) for field in STATED}
            found, _ = Classification.objects.get_or_create(kind="ordinary", system=system, **stated)
            lines.append((found.pk, entry.side == "D"))
    if len(lines) != 4:
        raise ValueError(f"{template} makes {len(lines)} lines, not 4")
    return Kind(unit.pk, template, draft.summary, tuple(lines), weight, yuan, name, from_)


# -- the vouchers ----------------------------------------------------------------------------------------------


def _fill(kinds: list[Kind], vouchers: int) -> None:
    """Write the vouchers month by month; each unit's month is one posting of its trail, as an import would make it."""
    from django.db import connection

    tables = ("records_voucher", "records_voucherline")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-400000")
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (%s, %s)",
            tables,
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        texts = _Texts()
        for _, month in groupby(_rows(kinds, vouchers), key=lambda row: row.month):
            _post(list(month), texts)
        for _, sql in indexes:
            cursor.execute(sql)


class _Texts:
    """What digests are made of: codes of units and texts of classifications, by key."""

    def __init__(self) -> None:
        from mingzhang.records.models import Classification, Entity
        from mingzhang.records.trail.vouchers import CLASSIFICATION, joined

        self.units = {entity.pk: entity for entity in Entity.objects.all()}
        found = Classification.objects.values_list("id", *CLASSIFICATION)
        self.classifications = {key: joined(stated) for key, *stated in found}

    def digest(self, row: Row) -> str:
        """The digest that `ledger.post` would give the voucher."""
        from mingzhang.records.trail.vouchers import line_text, voucher_digest

        head = (
            self.units[row.unit].code, row.number, row.date, row.summary, "ordinary", row.template, "", "", *PEOPLE,
        )  # fmt: skip
        return voucher_digest(
            head, (line_text(self.classifications[key], debit, row.fen, "", "") for key, debit in row.lines)
        )


def _post(rows: list[Row], texts: _Texts) -> None:
    from django.db import connection, transaction

    from mingzhang.records.models.number_order import number_order
    from mingzhang.records.trail.postings import record_posting

    digests = [texts.digest(row) for row in rows]
    by_unit: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for row, digest in zip(rows, digests, strict=True):
        by_unit[row.unit].append((YEAR, row.number, digest))
    with transaction.atomic(), connection.cursor() as cursor:
        postings = {unit: record_posting(texts.units[unit], "导入", own).pk for unit, own in by_unit.items()}
        cursor.executemany(
            "INSERT INTO records_voucher (id, entity_id, year, month, number, number_order, date, summary, kind, template, event_key,"
            " reason, prepared_by, reviewed_by, approved_by, digest, posting_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'ordinary', %s, NULL, '', %s, %s, %s, %s, %s)",
            [
                (
                    row.key, row.unit, YEAR, row.month, row.number, number_order(row.number), row.date, row.summary, row.template, *PEOPLE,
                    digest, postings[row.unit],
                )
                for row, digest in zip(rows, digests, strict=True)
            ],
        )  # fmt: skip
        cursor.executemany(
            "INSERT INTO records_voucherline (voucher_id, sequence, entity_id, year, month, classification_id, debit,"
            " fen, contract, summary) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '', '')",
            (
                (row.key, place, row.unit, YEAR, row.month, key, debit, row.fen)
                for row in rows
                for place, (key, debit) in enumerate(row.lines, 1)
            ),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A voucher as it is written: every line of it has the same amount."""

    key: int
    unit: int
    month: int
    number: str
    date: str
    summary: str
    template: str
    lines: tuple[tuple[int, bool], ...]
    fen: int


def _rows(kinds: list[Kind], vouchers: int) -> Iterator[Row]:
    """Vouchers in the order of days; what is paid from quota or the bank has arrived on the quarter's first day."""
    chance = random.Random(SEED)
    arriving = {kind.name: kind for kind in kinds if kind.name}
    paying = [kind for kind in kinds if not kind.name]
    reach = list(accumulate(kind.weight for kind in paying))
    days: list[tuple[int, Kind, int]] = []
    needed: dict[tuple[str, int], int] = defaultdict(int)
    for _ in range(vouchers - 4 * len(arriving)):
        kind = paying[bisect(reach, chance.random() * reach[-1])]
        day = chance.randrange(365) if chance.random() < 0.9 else chance.randrange(334, 365)
        fen = max(100, int(kind.yuan * 100 * chance.lognormvariate(0, 0.8)))
        days.append((day, kind, fen))
        for name in kind.from_:
            needed[name, day // 92] += fen
    days += [(92 * q, kind, needed[name, q] or 100) for name, kind in arriving.items() for q in range(4)]
    days.sort(key=lambda row: (row[0], not row[1].name))
    last: dict[tuple[int, int], int] = defaultdict(int)
    for number, (day, kind, fen) in enumerate(days, 1):
        on = date(YEAR, 1, 1) + timedelta(day)
        last[kind.unit, on.month] += 1
        name = f"记-{on:%Y-%m}-{last[kind.unit, on.month]:04d}"
        yield Row(
            number, kind.unit, on.month, name, on.isoformat(), kind.summary, kind.template, kind.lines, fen
        )


if __name__ == "__main__":
    make_books(int(sys.argv[1]), Path(sys.argv[2]))
