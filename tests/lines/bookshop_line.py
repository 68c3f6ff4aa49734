"""The invented line of these tests: loans of books, with a talk as an activity."""

from functools import cache
from pathlib import Path

from mingzhang.casework.definitions import Line
from mingzhang.lines import read_lines

LIBRARY = Path(__file__).parent / "library"


@cache
def bookshop() -> Line:
    return read_lines(LIBRARY)["bookshop"]
