"""Zip files whose bytes depend on their content alone: members in the given order, one fixed time, no machine's marks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST_YEAR = 1980
"""Zip times begin here."""


def zip_bytes(members: Iterable[tuple[str, bytes]], on: date) -> bytes:
    """Return a zip of (name, content) members in this order, each dated midnight of `on`.

    >>> zip_bytes([("a", b"1")], date(2025, 9, 12)) == zip_bytes([("a", b"1")], date(2025, 9, 12))
    True
    """
    moment = (
        (on.year, on.month, on.day, 0, 0, 0) if on.year >= _EARLIEST_YEAR else (_EARLIEST_YEAR, 1, 1, 0, 0, 0)
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in members:
            info = ZipInfo(name, moment)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def with_fixed_times(archive: bytes, on: date) -> bytes:
    """Return the same zip with every member dated midnight of `on`, in the order it had."""
    with ZipFile(BytesIO(archive)) as source:
        return zip_bytes([(name, source.read(name)) for name in source.namelist()], on)
