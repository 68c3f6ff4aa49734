"""The trail (操作留痕): what was entered, changed and removed, by whom, when and why, in chains that can be proved whole.

`record` adds an entry for one change, `enter` puts new rows into the books with theirs; `docs/specs/trail.md` says what it proves.
"""

from mingzhang.records.trail.chains import (
    broken_entries,
    digest_of,
    entry_time,
    record,
    seed_of,
)
from mingzhang.records.trail.digests import canonical, content, sm3
from mingzhang.records.trail.entering import enter
from mingzhang.records.trail.kept import KEPT, Kept

__all__ = [
    "KEPT",
    "Kept",
    "broken_entries",
    "canonical",
    "content",
    "digest_of",
    "enter",
    "entry_time",
    "record",
    "seed_of",
    "sm3",
]
