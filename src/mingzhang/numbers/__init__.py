"""Exact numbers: intervals, units (元, 万元, 人次 …), half-up rounding, reading and printing Chinese figures."""

from mingzhang.numbers.adding import add_up
from mingzhang.numbers.chinese import chinese_numeral, formal_amount, read_numeral, section_ordinal
from mingzhang.numbers.controlled import Infeasible, controlled_rounding
from mingzhang.numbers.interval import Bounded, Interval
from mingzhang.numbers.printed import Printed, printed
from mingzhang.numbers.printing import group_thousands, print_value
from mingzhang.numbers.reading import read_figure
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
    "Bounded",
    "Infeasible",
    "Interval",
    "Printed",
    "Unit",
    "add_up",
    "chinese_numeral",
    "controlled_rounding",
    "fen_from_yuan",
    "formal_amount",
    "group_thousands",
    "print_value",
    "printed",
    "read_figure",
    "read_numeral",
    "round_half_up",
    "section_ordinal",
    "unit_named",
    "yuan_from_fen",
]
