"""The stages in order, on one page.

    store = …                                   # facts, from records, a workbook or JSON
    composition = disclose(store, "hubei_wuhan_fy2021", material)
    publish(store, "hubei_wuhan_fy2021", Path("out"), material)

    document = read(Path("report.pdf"))          # and back: a file as it stands
    reading, words = understand(document)        # every figure at its coordinate
    found = audit(Path("report.pdf"))            # what cannot be true in it
    several = audit_together([Path("2021.pdf"), Path("2022.pdf")])

Everything here is plain Python; no database is needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingzhang.pipeline.auditing import audit, audit_document, audit_together, read, understand, words_of
    from mingzhang.pipeline.disclosing import (
        FORMATS,
        ROUNDINGS,
        SITE,
        Change,
        Progress,
        Published,
        control,
        dated,
        disclose,
        facts_behind,
        file_name,
        findings,
        fingerprint,
        marked,
        printed_figures,
        publish,
        what_moved,
        write,
    )

_OF_AUDITING = frozenset({"audit", "audit_document", "audit_together", "read", "understand", "words_of"})


def __getattr__(name: str) -> object:
    """Load the stage that a name belongs to when it is first asked for: an audit needs no charts and no writers."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    stage = import_module(f"{__name__}.{'auditing' if name in _OF_AUDITING else 'disclosing'}")
    value: object = getattr(stage, name)
    globals()[name] = value
    return value


__all__ = [
    "FORMATS",
    "ROUNDINGS",
    "SITE",
    "Change",
    "Progress",
    "Published",
    "audit",
    "audit_document",
    "audit_together",
    "control",
    "dated",
    "disclose",
    "facts_behind",
    "file_name",
    "findings",
    "fingerprint",
    "marked",
    "printed_figures",
    "publish",
    "read",
    "understand",
    "what_moved",
    "words_of",
    "write",
]
