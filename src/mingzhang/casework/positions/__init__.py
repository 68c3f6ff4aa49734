"""Positions (定位点): where a device was, when, how well it knows, and whether that may decide anything.

From upload to evaluation: `reading` (rows → `Position`s and problems) → `quality` (flags) → `tables` (positions as arrays). `datums` converts coordinates.
Pure: nothing here knows who stands behind a number or where positions are kept.
"""

from mingzhang.casework.positions.datums import Datum, from_wgs84, to_wgs84
from mingzhang.casework.positions.quality import Flag, QualityRules
from mingzhang.casework.positions.records import Position, Source
from mingzhang.casework.positions.tables import POSITION, empty_table, in_order, table_of

__all__ = [
    "POSITION",
    "Datum",
    "Flag",
    "Position",
    "QualityRules",
    "Source",
    "empty_table",
    "from_wgs84",
    "in_order",
    "table_of",
    "to_wgs84",
]
