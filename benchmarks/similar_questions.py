"""Similar questions among 140,000 invented ones: how long a look-up takes, and how often what is found asks the same matter.

    python benchmarks/similar_questions.py [questions]     # 140,000 unless told otherwise; PYTHONPATH may hold bm25s as a peer

The peers: SQLite's own ranking (bm25) of the six rarest terms, and bm25s, an index in memory, where it is installed.
"""

from __future__ import annotations

import importlib.util
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from measure import Page, peak_megabytes
from mingzhang.casework.similar import SimilarQuestions, terms
from questions import asked_otherwise, generated

LOOKUPS = 600
TARGET_MILLISECONDS = 5.0


def quantiles(work: Callable[[str], Any], texts: Iterable[str]) -> tuple[float, float, float]:
    """Median and p95 on the clock, p95 of the processor, in milliseconds."""
    clock, processor = [], []
    for text in texts:
        started, worked = time.perf_counter(), time.process_time()
        work(text)
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    place = int(len(clock) * 0.95)
    return sorted(clock)[len(clock) // 2], sorted(clock)[place], sorted(processor)[place]


def alike(
    find: Callable[[str], list[str]], matters: dict[str, str], asked: list[tuple[str, str]]
) -> tuple[float, float]:
    """The share of what is found that asks the same matter, and of questions for which the first does."""
    same = first = found = 0
    for matter, text in asked:
        keys = find(text)
        found += len(keys)
        same += sum(matters[key] == matter for key in keys)
        first += bool(keys) and matters[keys[0]] == matter
    return same / max(found, 1), first / len(asked)


def peer(corpus: list[tuple[str, str]]) -> Callable[[str], list[str]]:
    """bm25s over the same terms."""
    import bm25s  # type: ignore[import-not-found]

    index = bm25s.BM25()
    index.index([terms(text) for _, text in corpus], show_progress=False)
    keys = [key for key, _ in corpus]
    vocabulary = set(index.vocab_dict)

    def find(text: str) -> list[str]:
        known = [term for term in terms(text) if term in vocabulary]
        rows, _ = index.retrieve([known], k=5, show_progress=False)
        return [keys[row] for row in rows[0]]

    return find


def main(count: int) -> None:
    """Measure and print."""
    page = Page("similar_questions", f"Similar questions among {count:,}")
    corpus = list(generated(count))
    matters = {key: matter for key, matter, _ in corpus}
    asked = list(asked_otherwise(LOOKUPS))
    random.Random(1).shuffle(asked)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "similar.sqlite3"
        connection = sqlite3.connect(file)
        index = SimilarQuestions(connection)
        started = time.perf_counter()
        index.add((key, text) for key, _, text in corpus)
        built = time.perf_counter() - started
        megabytes = file.stat().st_size / 2**20

        def ranked(text: str) -> Any:
            rarest = sorted((weights := index._weights(terms(text))), key=lambda term: -weights[term])[:6]
            query = " OR ".join(f'"{term}"' for term in rarest)
            match = "SELECT rowid FROM question_terms WHERE question_terms MATCH ? ORDER BY rank LIMIT 5"
            return connection.execute(match, (query,)).fetchall()

        finders: dict[str, Callable[[str], Any]] = {
            "ours": index.find,
            "FTS5 ranks the six rarest terms": ranked,
        }
        keys: dict[str, Callable[[str], list[str]]] = {
            "ours": lambda text: [each.key for each in index.find(text)]
        }
        if importlib.util.find_spec("bm25s"):
            started = time.perf_counter()
            finders["bm25s (in memory)"] = keys["bm25s (in memory)"] = peer(
                [(key, text) for key, _, text in corpus]
            )
            page.notes.append(
                f"bm25s takes {time.perf_counter() - started:.1f} s to build at every start, and adds none afterwards."
            )
        rows = [
            "| finder | median ms | p95 ms | p95 processor ms | same matter among five | first one |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        for name, work in finders.items():
            for text in [text for _, text in asked[:20]]:
                work(text)
            middle, most, worked = quantiles(work, (text for _, text in asked))
            good = alike(keys[name], matters, asked) if name in keys else None
            quality = f"{good[0]:.1%} | {good[1]:.1%}" if good else "|"
            rows.append(f"| {name} | {middle:.2f} | {most:.2f} | {worked:.2f} | {quality} |")
            if name == "ours":
                verdict = "met" if most <= TARGET_MILLISECONDS else "MISSED"
                page.notes.append(
                    f"p95 {most:.2f} ms, target ≤ {TARGET_MILLISECONDS:g} ms: {verdict} on this load."
                )
        page.tables.append("\n".join(rows))
        page.notes.append(
            f"Index of {len(index):,} questions built in {built:.1f} s, {megabytes:.0f} MiB; process {peak_megabytes():.0f} MB; load {os.getloadavg()[0]:.1f}."
        )
        started = time.perf_counter()
        for number in range(50):
            index.add([(f"new{number}", corpus[number][2])])
        page.notes.append(
            f"One question more: {(time.perf_counter() - started) / 50 * 1000:.2f} ms, its own transaction."
        )
    page.finish()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 140_000)
