"""Items that the text names (主要包括：…) against the rows of the table of basic expenditure (经济分类)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words
from mingzhang.facts import ACTUAL, Coordinate, CoordinateError, Statement
from mingzhang.forms import Classification

_LIST = re.compile(
    r"(?P<kind>人员经费|公用经费)(?:支出)?[^。;]{0,60}?(?:主要)?(?:包括|用于)(?:以下方面|:)*(?P<items>[^。;]+)"
)
_ITEM = re.compile(r"(?:\([^()]*\)|[^、,()])+")
_MORE = re.compile(r"等(?:支出|费用|方面|经费|项目)*\Z|\.{3,}\Z")
_AMOUNT = re.compile(r"[\d.]+(?:万元|元|%).*\Z")
_FEW = 3
_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: what is printed in it; no statement where it is blank."""

    code: str
    statement: Statement | None

    @property
    def zero(self) -> bool:
        return self.statement is None or self.statement.printed.value == 0


def check(words: Words) -> Iterator[Remark]:
    """One remark for each list: items whose rows are zero or blank, and rows with figures that are not named."""
    if words.economic is None:
        return
    rows = _rows(words)
    if len(rows) < _ENOUGH:
        return
    codes = _codes(words.economic)
    for line in words.paragraphs:
        for match in _LIST.finditer(line.plain):
            group = "personnel" if match["kind"] == "人员经费" else "public"
            yield from _compare(words, line, match, group, rows, codes)


def _compare(
    words: Words,
    line: Line,
    match: re.Match[str],
    group: str,
    rows: Mapping[str, _Row],
    codes: Mapping[str, frozenset[str]],
) -> Iterator[Remark]:
    assert words.economic is not None
    idle: list[Spot] = []
    named: set[str] = set()
    unknown = known = 0
    for item in _ITEM.finditer(match["items"]):
        text = _AMOUNT.sub("", _MORE.sub("", item[0]))
        own = codes.get(_name(text))
        if own is None:
            unknown += 1
            continue
        named |= own
        printed = [rows[code] for code in own if code in rows]
        known += any(not row.zero for row in printed)
        if printed and all(row.zero for row in printed):
            start = match.start("items") + item.start()
            idle.append(line.spot(start, start + len(text)))
    open_end = bool(_MORE.search(match["items"])) or unknown
    left = [
        row
        for code, row in sorted(rows.items())
        if not open_end and not row.zero and code not in named and _group(words.economic, code) == group
    ]
    if known < max(2, len(idle)) or not (idle or left):
        return
    told = []
    if idle:
        told.append("、".join(f"“{spot.quote}”" for spot in idle[:_FEW]) + "在表中没有数")
    if left:
        names = (f"“{words.economic.codes[row.code].name}”" for row in left[:_FEW])
        told.append("表中的" + "、".join(names) + "没有列出")
    whole = line.spot(match.start("items"), match.end("items"))
    yield words.remark(
        "named_items",
        "warning" if len(idle) + len(left) <= _FEW else "notice",
        f"{match['kind']}的说明与基本支出决算表不一致：{'；'.join(told)}",
        idle or [whole],
        "按表中有数的经济科目列举",
        basis="说明列举的科目应与一般公共预算财政拨款基本支出决算表一致",
        statements=[row.statement for row in left if row.statement],
    )


def _rows(words: Words) -> dict[str, _Row]:
    """The rows of the table by economic code (款), as far as they were read."""
    found: dict[str, _Row] = {}
    for text in words.blank_rows:
        try:
            coordinate = Coordinate.parse(text)
        except CoordinateError:
            continue
        if code := _basic(coordinate):
            found[code] = _Row(code, None)
    for statement in words.statements:
        if statement.source == "table" and (code := _basic(statement.coordinate)):
            before = found.get(code)
            if before is None or before.zero:
                found[code] = _Row(code, statement)
    return found


def _basic(coordinate: Coordinate) -> str:
    code = coordinate.get("economic") or ""
    own = coordinate.get("nature") == "basic" and coordinate.measure == ACTUAL
    return code if own and len(code) == 5 and code.isdigit() else ""


def _group(economic: Classification, code: str) -> str:
    entry = economic.codes.get(code)
    return entry.group if entry else ""


def _codes(economic: Classification) -> dict[str, frozenset[str]]:
    """The codes of each name; 办公设备购置 stands under several."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, entry in economic.codes.items():
        for name in (entry.name, *(name for _, name in entry.names), *entry.former_names):
            found[_name(name)].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _name(text: str) -> str:
    """A name as it is compared: without brackets and with one word for 费用.

    >>> _name("维修(护)费") == _name("维修（护）费用")
    True
    """
    return re.sub(r"费用?(?:支出)?\Z", "费", re.sub(r"[^一-龥]", "", text))
