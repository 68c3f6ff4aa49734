"""Whether a single wrong digit is noticed: one digit of one figure changed, everything else as it was.

    python benchmarks/mutations.py [--sample N] [--seed S] [--missed] REPORT…

A change is noticed where the audit then says something new, of severity error or warning, with a place on the changed
figure. The change is made in the document as read (page text, paragraph or cell alike), so that it works for every kind
of file; the understanding and the audit run in full.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mingzhang import pipeline
from mingzhang.audit.remark import Remark
from mingzhang.documents import Document
from mingzhang.facts import Statement

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from properties.changes import changed


def key(remark: Remark) -> tuple[str, str, str]:
    """What tells a remark from another."""
    return remark.rule, remark.severity, remark.message


def noticed(
    document: Document, statement: Statement, offset: int, digit: str, known: set[tuple[str, str, str]]
) -> bool:
    """Whether the audit of the changed document says something new at the changed figure."""
    audit = pipeline.audit_document(changed(document, offset, digit))
    place = statement.places[0]
    return any(
        remark.severity in ("error", "warning")
        and key(remark) not in known
        and any(
            each.page == place.page and each.start < place.end and place.start < each.end
            for each in remark.places
        )
        for remark in audit.remarks
    )


def kind_of(statement: Statement) -> str:
    """The group that a figure is counted in."""
    if statement.source == "table":
        return "table figures"
    kind = statement.printed.unit.kind
    return "text: money and percentages" if kind in ("money", "ratio") else "text: counts and scores"


def main(reports: Sequence[Path], sample: int, seed: int, missed: bool = False) -> None:
    """Print, for each report, how many single-digit changes are noticed."""
    chance = random.Random(seed)
    print("| report | group | changes | noticed |\n|---|---|---|---|")
    for report in reports:
        document = pipeline.read(report)
        base = pipeline.audit_document(document)
        known = {key(remark) for remark in base.remarks}
        groups: dict[str, list[Statement]] = {}
        for statement in base.statements:
            groups.setdefault(kind_of(statement), []).append(statement)
        firsts = {page.number: page.first for page in document.pages}
        texts = {page.number: page.text for page in document.pages}
        result: Counter[str] = Counter()
        for group, statements in groups.items():
            for statement in chance.sample(statements, min(sample, len(statements))):
                place = statement.places[0]
                digits = [at for at in range(place.start, place.end) if texts[place.page][at].isdigit()]
                at = chance.choice(digits)
                old = texts[place.page][at]
                new = chance.choice([digit for digit in "0123456789" if digit != old])
                seen = noticed(document, statement, firsts[place.page] + at, new, known)
                result[group] += seen
                if missed and not seen:
                    print(
                        f"missed: {group} {statement.shown} digit {at - place.start} → {new}: {statement.coordinate}"
                    )
            tried = min(sample, len(statements))
            print(
                f"| {report.name} | {group} | {tried} | {result[group]} ({100 * result[group] / tried:.0f} %) |"
            )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sample", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--missed", action="store_true", help="list the changes that are not noticed")
    options.add_argument("reports", nargs="+", type=Path)
    chosen = options.parse_args()
    main(chosen.reports, chosen.sample, chosen.seed, chosen.missed)
