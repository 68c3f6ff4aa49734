"""Numbers of vouchers (凭证号): given ones are kept and never used twice, others follow unit, kind and month."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models.functions import Length

from mingzhang.documents import Problem
from mingzhang.records.batches import chunks
from mingzhang.records.checking import Books
from mingzhang.records.drafts import VoucherDraft
from mingzhang.records.models import Entity, Voucher, VoucherKind

WORDS = {
    VoucherKind.ORDINARY: "记",
    VoucherKind.ADJUSTING: "调",
    VoucherKind.OPENING: "初",
    VoucherKind.CLOSING: "结",
}
"""The word (凭证字) that a number begins with, by kind of voucher."""


def taken_numbers(drafts: Sequence[VoucherDraft], books: Books) -> list[Problem]:
    """Numbers given to these vouchers that are used twice, among them or by posted ones."""
    taken: set[tuple[str, int, str]] = set()
    problems = []
    for draft in drafts:
        if draft.number:
            place = (draft.entity, draft.date.year, draft.number)
            if place in taken:
                problems.append(_number_taken(*place))
            taken.add(place)
    for code, year in {(code, year) for code, year, _ in taken}:
        for chunk in chunks(number for unit, of, number in taken if (unit, of) == (code, year)):
            existing = Voucher.objects.filter(entity=books.entities[code], year=year, number__in=chunk)
            problems += [
                _number_taken(code, year, number) for number in existing.values_list("number", flat=True)
            ]
    return problems


def _number_taken(code: str, year: int, number: str) -> Problem:
    return Problem(
        "duplicate_number",
        f"凭证号{number}已经使用",
        f"{code}，{year}年",
        "改用未使用的凭证号，或不填由系统编号",
    )


def numbers_for(fresh: Sequence[tuple[int, VoucherDraft]], books: Books) -> dict[int, str]:
    """Numbers by place: the given ones, else the next of unit, kind and month, in the order of dates."""
    last: dict[tuple[str, str], int] = {}
    given = {(draft.entity, draft.number) for _, draft in fresh if draft.number}
    numbers: dict[int, str] = {}
    for place, draft in sorted(fresh, key=lambda pair: pair[1].date):
        if draft.number:
            numbers[place] = draft.number
            continue
        prefix = f"{WORDS[VoucherKind(draft.kind)]}-{draft.date:%Y-%m}-"
        run = (draft.entity, prefix)
        if run not in last:
            last[run] = _last_number(books.entities[draft.entity], draft.date.year, prefix)
        last[run] += 1
        while (draft.entity, f"{prefix}{last[run]:04d}") in given:
            last[run] += 1
        numbers[place] = f"{prefix}{last[run]:04d}"
    return numbers


def _last_number(entity: Entity, year: int, prefix: str) -> int:
    numbers = Voucher.objects.filter(entity=entity, year=year, number__startswith=prefix)
    if (
        connection.vendor == "sqlite"
    ):  # it compares bytes, so that the index finds the month; LIKE would read the year
        numbers = numbers.filter(number__gte=prefix, number__lt=prefix + ":")
    for number in numbers.order_by(Length("number").desc(), "-number").values_list("number", flat=True):
        if number.removeprefix(prefix).isdecimal():
            return int(number.removeprefix(prefix))
    return 0
