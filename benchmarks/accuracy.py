"""How much of what is really wrong in published reports the audit finds, and how often it accuses wrongly.

    python benchmarks/accuracy.py [CORPUS]

CORPUS (default: MINGZHANG_CORPUS, else ../shared/corpus) holds reports and `gold/<name>.csv` with page, anchor (a run of
the text, spaces removed), published, should_be, kind, grade and why. A gold entry counts as found where a finding has a
place that overlaps its anchor. Findings of severity error or warning at no anchor are listed for a person to judge.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from mingzhang import pipeline
from mingzhang.audit.remark import Remark
from mingzhang.documents import Document

CORPUS = Path(os.environ.get("MINGZHANG_CORPUS", Path(__file__).parents[1] / ".." / "shared" / "corpus"))
GRADES = ("error", "rounding", "tail", "population", "text")
MEDIA = (".pdf", ".txt", ".docx", ".html", ".xlsx")


@dataclass(frozen=True)
class Entry:
    """One thing that is really wrong, and where its anchor stands: page and character offsets."""

    grade: str
    published: str
    why: str
    spans: tuple[tuple[int, int, int], ...]


def gold(path: Path, document: Document) -> list[Entry]:
    """The entries of a gold file with their places in the document."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Entry(row["grade"], row["published"], row["why"], tuple(_spans(row, document)))
            for row in csv.DictReader(lines)
        ]


def _spans(row: dict[str, str], document: Document) -> list[tuple[int, int, int]]:
    spans = []
    anchor = "".join(row["anchor"].split())
    for page in document.pages:
        if row["page"] and int(row["page"]) != page.number:
            continue
        at = [(offset, character) for offset, character in enumerate(page.text) if not character.isspace()]
        text = "".join(character for _, character in at)
        start = text.find(anchor)
        if anchor and start >= 0:
            spans.append((page.number, at[start][0], at[start + len(anchor) - 1][0] + 1))
        elif row["page"]:
            spans.append((page.number, 0, len(page.text)))
    return spans


def finds(remark: Remark, entry: Entry) -> bool:
    """Whether a place of the remark overlaps the entry's anchor."""
    return any(
        place.page == page and place.start < end and start < place.end
        for place in remark.places
        for page, start, end in entry.spans
    )


def main(corpus: Path) -> None:
    """Print recall by grade and each rule's own precision."""
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    others: dict[str, list[Remark]] = defaultdict(list)
    print(
        "| document | seconds | figures | verified | gold found | findings at no anchor |\n|---|---|---|---|---|---|"
    )
    for path in sorted((corpus / "gold").glob("*.csv")):
        report = next((each for medium in MEDIA if (each := corpus / f"{path.stem}{medium}").exists()), None)
        if report is None:
            continue
        started = time.perf_counter()
        audit = pipeline.audit(report)
        seconds = time.perf_counter() - started
        if audit.error:
            print(f"| {path.stem} | – | {audit.error.what} | | | |")
            continue
        entries = gold(path, pipeline.read(report))
        hits = [entry for entry in entries if any(finds(remark, entry) for remark in audit.remarks)]
        for entry in entries:
            total[entry.grade] += 1
            found[entry.grade] += entry in hits
            if entry not in hits:
                print(f"  missed: {path.stem} {entry.grade} {entry.published} {entry.why}", file=sys.stderr)
        for remark in audit.remarks:
            if remark.severity == "notice":
                continue
            said[remark.rule] += 1
            true = any(finds(remark, entry) for entry in entries)
            right[remark.rule] += true
            if not true:
                others[path.stem].append(remark)
        counts = audit.coverage or {}
        print(
            f"| {path.stem} | {seconds:.2f} | {counts.get('facts', 0)} | {counts.get('verified', 0)} "
            f"| {len(hits)} of {len(entries)} | {len(others[path.stem])} |"
        )
    print("\n| grade | found | of |\n|---|---|---|")
    for grade in GRADES:
        print(f"| {grade} | {found[grade]} | {total[grade]} |")
    print("\n| rule | findings | at an anchor |\n|---|---|---|")
    for rule, count in sorted(said.items()):
        print(f"| {rule} | {count} | {right[rule]} |")
    for name, remarks in others.items():
        for remark in remarks:
            print(f"\n{name}: {remark.severity} {remark.rule}: {remark.message}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
