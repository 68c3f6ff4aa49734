"""Digests of vouchers (凭证摘要): the written form of a voucher with its lines, and its SM3.

One line for the head and one for each entry, fields parted by tabs, so that anybody can write it out and check it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingzhang.records.trail.digests import sm3

HEAD = ("number", "date", "summary", "kind", "template", "event_key", "reason", "prepared_by", "reviewed_by", "approved_by")  # fmt: skip
"""The head's fields as columns of the table, after the code of the entity; the year and the month are those of the date."""

CLASSIFICATION = ("kind", "system", "account", "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty")  # fmt: skip
"""The classification's fields, with which the text of a line begins."""


def joined(fields: Sequence[str]) -> str:
    r"""Fields parted by tabs; a backslash, tab or line feed inside one is written with a backslash.

    >>> joined(["a", "b\tc"])
    'a\tb\\tc'
    """
    text = "\t".join(fields)
    if "\\" in text or "\n" in text or text.count("\t") != len(fields) - 1:
        return "\t".join(
            field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for field in fields
        )
    return text


def line_text(classification: str, debit: bool, fen: int, contract: str, summary: str) -> str:
    """An entry: what it is (`joined` classification), its side, fen, contract and own summary."""
    own = joined((contract, summary)) if contract or summary else "\t"
    return f"{classification}\t{'D' if debit else 'C'}\t{fen}\t{own}"


def voucher_digest(head: Sequence[str], lines: Iterable[str]) -> str:
    """The SM3 of a voucher: entity's code and `HEAD` as texts, then its lines in sequence."""
    return sm3("\n".join((joined(head), *lines)))
