"""The regime of community corrections, and a person under it, for the tests of supervision."""

from datetime import date
from pathlib import Path

import mingzhang.lines
from mingzhang.casework.supervision import Episode, Span, read_regime

FILE = Path(mingzhang.lines.__file__).parent / "corrections" / "supervision.toml"
REGIME = read_regime(FILE)


def episode(*, since=date(2021, 3, 1), until=None, categories=("缓刑",), classes=None, suspended=()):
    """A probationer, strictly managed from the first day unless told otherwise."""
    return Episode(
        "e1", categories, since, until, (Span("严管", since),) if classes is None else classes, suspended
    )
