"""Short reports as plain text, understood, for the checks of wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mingzhang import pipeline
from mingzhang.audit.remark import Remark
from mingzhang.audit.words import Words

HEAD = """云岭区水务局2022年度部门决算

第三部分 云岭区水务局2022年度部门决算情况说明

"""


def understood(text: str | bytes, head: str = HEAD) -> Words:
    """A report read and understood: the plain text under a head, or a whole web page."""
    document = pipeline.read(head + text if isinstance(text, str) else text)
    reading, _ = pipeline.understand(document)
    return pipeline.words_of(document, reading)


def remarks(check: Callable[[Words], Iterable[Remark]], text: str | bytes, head: str = HEAD) -> list[Remark]:
    """What one check says of a report."""
    return list(check(understood(text, head)))


def said(
    check: Callable[[Words], Iterable[Remark]], text: str | bytes, head: str = HEAD
) -> list[tuple[str, list[str]]]:
    """Severity and quotes of what one check says of a report."""
    return [
        (remark.severity, [place.quote for place in remark.places]) for remark in remarks(check, text, head)
    ]
