"""Vouchers as they stand in the tables (账上凭证), with the digest of what they say there, read in chunks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from mingzhang.records.trail.vouchers import CLASSIFICATION, HEAD, joined, line_text, voucher_digest

_CHUNK = 2000
_LINE = ("voucher_id", "entity_id", "year", "month", "classification_id", "debit", "fen", "contract", "summary")  # fmt: skip


@dataclass(slots=True)
class StoredVoucher:
    """A voucher of the tables: where it stands, what digest it carries, and the digest of its content.

    `astray` where a line, or the voucher itself, names another unit, year or month than the voucher's day.
    """

    key: int
    entity: int
    year: int
    number: str
    carried: str
    posting: int | None
    digest: str
    lines: int
    astray: bool


def stored_vouchers(vouchers: models.QuerySet[Any]) -> Iterator[StoredVoucher]:
    """Vouchers of a query in the order of their keys, each read once with its lines."""
    model = vouchers.model
    line_model = model._meta.get_field("lines").related_model
    texts = _Classifications(line_model._meta.get_field("classification").related_model)
    codes = dict(model._meta.get_field("entity").related_model._default_manager.values_list("id", "code"))
    columns = ("id", "entity_id", "year", "month", "digest", "posting_id", *HEAD)
    last = 0
    while chunk := list(vouchers.filter(pk__gt=last).order_by("pk").values_list(*columns)[:_CHUNK]):
        lines: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        between = line_model._default_manager.filter(voucher_id__gt=last, voucher_id__lte=chunk[-1][0])
        for row in between.order_by("voucher_id", "sequence").values_list(*_LINE):
            lines[row[0]].append(row)
        for row in chunk:
            yield _stored(row, lines.get(row[0], []), codes, texts)
        last = chunk[-1][0]


def _stored(
    row: tuple[Any, ...], lines: list[tuple[Any, ...]], codes: dict[int, str], texts: _Classifications
) -> StoredVoucher:
    key, entity, year, month, carried, posting, number, date, *rest = row
    place = (entity, date.year, date.month)
    return StoredVoucher(
        key,
        entity,
        year,
        number,
        carried,
        posting,
        voucher_digest(
            (codes.get(entity, ""), number, date.isoformat(), *(text or "" for text in rest)),
            (
                line_text(texts.of(classification), debit, fen, contract, summary)
                for _, _, _, _, classification, debit, fen, contract, summary in lines
            ),
        ),
        len(lines),
        (entity, year, month) != place or any(line[1:4] != place for line in lines),
    )


class _Classifications:
    """The texts of classifications by key; one that comes up later is read when it is met."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._texts: dict[int, str] = {}

    def of(self, key: int) -> str:
        """The text of one; blank where there is none."""
        if key not in self._texts:
            found = self._model._default_manager.values_list("id", *CLASSIFICATION)
            self._texts |= {own: joined(stated) for own, *stated in found}
        return self._texts.setdefault(key, "")
