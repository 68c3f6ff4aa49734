"""Read spoiled reports of every kind in child processes for some minutes; print what became of them.

    python benchmarks/fuzz_readers.py [SECONDS] [FILE…]

Files given are spoiled beside the small ones of the tests (any kind: PDF, DOCX, HTML, XLSX, TXT). Whatever fails is kept
in `fuzz-failures/` with its seed in the name. Limits a file: 20 s, 1 GB.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(Path(__file__).parent)]

from mingzhang.documents import Problem  # noqa: E402
from mingzhang.isolation import Limits, Worker  # noqa: E402
from read.hostile.mutilated import SEEDS, spoiled  # noqa: E402

SEED = 20211231
GRAVE = ("failed", "too_slow", "too_much_memory", "broken_off")


def read(request: dict[str, Any]) -> dict[str, Any]:
    """The child's work: read one file."""
    from mingzhang.read.open_report import open_report

    document = open_report(Path(request["path"]))
    return {"blocks": len(document.blocks)}


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seeds = {kind: make() for kind, make in SEEDS.items()}
    seeds |= {Path(name).name: Path(name).read_bytes() for name in sys.argv[2:]}
    results: dict[str, Counter[str]] = {kind: Counter() for kind in seeds}
    slowest = dict.fromkeys(seeds, 0.0)
    number, end = SEED, monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder, Worker("fuzz_readers:read", Limits(20, 1000)) as worker:
        path = Path(folder) / "report"
        while monotonic() < end:
            for kind, good in seeds.items():
                number += 1
                raw = spoiled(good, random.Random(number))
                path.write_bytes(raw)
                started = monotonic()
                answer = worker.run({"path": str(path)})
                slowest[kind] = max(slowest[kind], monotonic() - started)
                code = answer.code if isinstance(answer, Problem) else "read"
                results[kind][code] += 1
                if code in GRAVE:
                    _keep(f"{kind}-{number}", raw, code, worker.trace)
        started_children = worker.started
    print("| kind | files | read | refused | failed, slow, large or broken off | slowest |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind, counts in results.items():
        grave = sum(counts[code] for code in GRAVE)
        refused = counts.total() - counts["read"] - grave
        print(
            f"| {kind} | {counts.total()} | {counts['read']} | {refused} | {grave} | {slowest[kind]:.2f} s |"
        )
    print(f"\nChildren started: {started_children}.")


def _keep(name: str, raw: bytes, code: str, trace: str) -> None:
    folder = Path("fuzz-failures")
    folder.mkdir(exist_ok=True)
    (folder / f"{name}-{code}").write_bytes(raw)
    (folder / f"{name}-{code}.trace").write_text(trace, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
