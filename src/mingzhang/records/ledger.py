"""The ledger: post vouchers, all or nothing, each event once, numbered by unit and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.db import connection, transaction

from mingzhang.documents import Problem
from mingzhang.records.batches import BATCH, chunks, insert_rows
from mingzhang.records.checking import Books, check
from mingzhang.records.drafts import FISCAL_FUNDS, FUNDS, Entry, VoucherDraft
from mingzhang.records.models import Classification, Voucher, VoucherLine
from mingzhang.records.numbering import numbers_for, taken_numbers
from mingzhang.records.trail.postings import record_posting
from mingzhang.records.trail.vouchers import joined, line_text, voucher_digest

__all__ = ["FISCAL_FUNDS", "FUNDS", "Books", "Entry", "Posted", "VoucherDraft", "check", "post"]

_STATED = ("account", "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty")
_attributes = attrgetter(*_STATED)
_COLUMNS = (
    "voucher_id",
    "sequence",
    "entity_id",
    "year",
    "month",
    "classification_id",
    "debit",
    "fen",
    "contract",
    "summary",
)
_Combination = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """What posting did. With an error among the problems nothing was posted; warnings do not hinder.

    `numbers` are those of the drafts in the order given, an event posted before keeping its own.
    """

    vouchers: int = 0
    lines: int = 0
    skipped: int = 0
    numbers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether no error stood in the way."""
        return not any(problem.is_error for problem in self.problems)


def post(drafts: Iterable[VoucherDraft], books: Books | None = None, action: str = "记账") -> Posted:
    """Check and post vouchers in one transaction, all or none. A known `event_key` is passed over.

    Each unit's vouchers are one entry of its trail, called `action`.
    """
    drafts = list(drafts)
    books = books or Books()
    known = _known_events(drafts, books)
    fresh: list[tuple[int, VoucherDraft]] = []
    for place, draft in enumerate(drafts):
        key = (draft.entity, draft.event_key)
        if not draft.event_key or key not in known:
            fresh.append((place, draft))
            known[key] = ""
    problems = [problem for _, draft in fresh for problem in check(draft, books)]
    if not any(problem.is_error for problem in problems):
        problems += taken_numbers([draft for _, draft in fresh], books)
    if any(problem.is_error for problem in problems):
        return Posted(problems=tuple(problems))
    with transaction.atomic():
        numbers = numbers_for(fresh, books)
        lines = _write([(draft, numbers[place]) for place, draft in fresh], books, action)
    known |= {(draft.entity, draft.event_key): numbers[place] for place, draft in fresh}
    every = tuple(
        numbers.get(place) or known[draft.entity, draft.event_key] for place, draft in enumerate(drafts)
    )
    return Posted(len(fresh), lines, len(drafts) - len(fresh), every, tuple(problems))


def _known_events(drafts: Sequence[VoucherDraft], books: Books) -> dict[tuple[str, str], str]:
    """Numbers of the events among these that have been posted, by unit and key."""
    found: dict[tuple[str, str], str] = {}
    for code in {draft.entity for draft in drafts if draft.event_key} & books.entities.keys():
        keys = (draft.event_key for draft in drafts if draft.event_key and draft.entity == code)
        for chunk in chunks(keys):
            posted = Voucher.objects.filter(entity=books.entities[code], event_key__in=chunk)
            found |= {(code, key): number for key, number in posted.values_list("event_key", "number")}
    return found


def _write(numbered: Sequence[tuple[VoucherDraft, str]], books: Books, action: str) -> int:
    classifications = _classify([draft for draft, _ in numbered])
    digests = [_digest(draft, number) for draft, number in numbered]
    postings = _record(numbered, digests, books, action)
    vouchers = [
        Voucher(
            entity_id=books.entities[draft.entity].pk,
            year=draft.date.year,
            month=draft.date.month,
            number=number,
            date=draft.date,
            summary=draft.summary,
            kind=draft.kind,
            template=draft.template,
            event_key=draft.event_key or None,
            reason=draft.reason,
            prepared_by=draft.prepared_by,
            reviewed_by=draft.reviewed_by,
            approved_by=draft.approved_by,
            digest=digest,
            posting_id=postings[draft.entity],
        )
        for (draft, number), digest in zip(numbered, digests, strict=True)
    ]
    Voucher.objects.bulk_create(vouchers, batch_size=BATCH)
    rows = (
        (
            voucher.pk,
            sequence,
            voucher.entity_id,
            voucher.year,
            voucher.month,
            classifications[combination],
            entry.side == "D",
            entry.fen,
            entry.contract,
            "",
        )
        for voucher, (draft, _) in zip(vouchers, numbered, strict=True)
        for sequence, (combination, entry) in enumerate(_combinations(draft), 1)
    )
    return insert_rows(connection, VoucherLine._meta.db_table, _COLUMNS, rows)


def _digest(draft: VoucherDraft, number: str) -> str:
    lines = (
        line_text(joined(combination), entry.side == "D", entry.fen, entry.contract, "")
        for combination, entry in _combinations(draft)
    )
    head = (
        draft.entity, number, draft.date.isoformat(), draft.summary, draft.kind, draft.template, draft.event_key,
        draft.reason, draft.prepared_by, draft.reviewed_by, draft.approved_by,
    )  # fmt: skip
    return voucher_digest(head, lines)


def _record(
    numbered: Sequence[tuple[VoucherDraft, str]], digests: Sequence[str], books: Books, action: str
) -> dict[str, int]:
    """Keys of the trail's entries, one for each unit."""
    by_unit: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    reasons: dict[str, str] = {}
    for (draft, number), digest in zip(numbered, digests, strict=True):
        by_unit[draft.entity].append((draft.date.year, number, digest))
        reasons.setdefault(draft.entity, draft.reason)
    return {
        code: record_posting(books.entities[code], action, own, reason=reasons[code]).pk
        for code, own in sorted(by_unit.items())
    }


def _combinations(draft: VoucherDraft) -> Iterator[tuple[_Combination, Entry]]:
    for system, _, entries in draft.sides():
        for entry in entries:
            yield (draft.kind, system, *_attributes(entry)), entry


def _classify(drafts: Sequence[VoucherDraft]) -> dict[_Combination, int]:
    """Ids of every combination these vouchers use; new ones are added."""
    names = ("kind", "system", *_STATED)
    wanted = {combination for draft in drafts for combination, _ in _combinations(draft)}
    found = _existing(names)
    missing = sorted(wanted - found.keys())
    if missing:
        Classification.objects.bulk_create(
            [Classification(**dict(zip(names, combination, strict=True))) for combination in missing],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
        found = _existing(names)
    return found


def _existing(names: Sequence[str]) -> dict[_Combination, int]:
    return {tuple(values): key for key, *values in Classification.objects.values_list("id", *names)}
