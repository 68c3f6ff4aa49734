"""Comparison of lists of people (名单比对) of several bodies: who of another list is on ours, said only as surely as both lists allow.

`people`, `names`, `numbers` (each person in one form) → `identity` (same number, or a slip away, on DuckDB) → `likeness` (the rest, by Splink) → `verdicts` (the
same, to be judged, different; twins, namesakes and shared numbers go to people) → `comparing`: two lists in, matches with their reasons out. Pure; the same
lists and judgements give the same matches. Imports duckdb and splink, so nothing imports this package before lists are compared.
"""

from mingzhang.casework.linkage.comparing import Comparison, compare
from mingzhang.casework.linkage.people import Person, compared
from mingzhang.casework.linkage.rules import Rules
from mingzhang.casework.linkage.verdicts import Agreement, Basis, Match, Verdict, fingerprint

__all__ = [
    "Agreement",
    "Basis",
    "Comparison",
    "Match",
    "Person",
    "Rules",
    "Verdict",
    "compare",
    "compared",
    "fingerprint",
]
