"""Exact numbers: intervals, units (元, 万元, 人次 …), half-up rounding, reading and printing Chinese figures."""

from mingzhang.numbers.interval import Interval
from mingzhang.numbers.printed import Printed, printed
from mingzhang.numbers.printing import group_thousands, print_value
from mingzhang.numbers.rounding import fen_from_yuan, round_half_up, yuan_from_fen
from mingzhang.numbers.units import (
    BATCH,
    CASE,
    HUNDRED_MILLION_YUAN,
    PERCENT,
    PERCENTAGE_POINT,
    PERSON,
    PERSON_TIMES,
    PIECE,
    RATIO,
    SCORE,
    SET,
    TEN_THOUSAND_PERSON_TIMES,
    TEN_THOUSAND_YUAN,
    UNITS,
    VEHICLE,
    YUAN,
    Unit,
    unit_named,
)

__all__ = [
    "BATCH",
    "CASE",
    "HUNDRED_MILLION_YUAN",
    "PERCENT",
    "PERCENTAGE_POINT",
    "PERSON",
    "PERSON_TIMES",
    "PIECE",
    "RATIO",
    "SCORE",
    "SET",
    "TEN_THOUSAND_PERSON_TIMES",
    "TEN_THOUSAND_YUAN",
    "UNITS",
    "VEHICLE",
    "YUAN",
    "Interval",
    "Printed",
    "Unit",
    "fen_from_yuan",
    "group_thousands",
    "print_value",
    "printed",
    "round_half_up",
    "unit_named",
    "yuan_from_fen",
]
