"""The intermediate representation: concepts, dimensions, coordinates, measures, facts with provenance, the store."""

from mingzhang.facts.claim import Claim
from mingzhang.facts.concept import Concept
from mingzhang.facts.coordinate import Cell, Coordinate, CoordinateError
from mingzhang.facts.dimension import Dimension
from mingzhang.facts.fact import Fact
from mingzhang.facts.measure import ACTUAL, ADJUSTED_BUDGET, INITIAL_BUDGET, Measure
from mingzhang.facts.points import Point
from mingzhang.facts.provenance import Derivation, PrintedAt, Provenance, Records, SheetCell
from mingzhang.facts.relations import Comparison, Relation, Same, Total
from mingzhang.facts.statement import Statement
from mingzhang.facts.store import FactStore, comparison_inputs
from mingzhang.facts.structure import exact_sums, relations
from mingzhang.facts.tie import Term, Tie, Variable
from mingzhang.facts.verdict import Verdict
from mingzhang.facts.vocabulary import Vocabulary

__all__ = [
    "ACTUAL",
    "ADJUSTED_BUDGET",
    "INITIAL_BUDGET",
    "Cell",
    "Claim",
    "Comparison",
    "Concept",
    "Coordinate",
    "CoordinateError",
    "Derivation",
    "Dimension",
    "Fact",
    "FactStore",
    "Measure",
    "Point",
    "PrintedAt",
    "Provenance",
    "Records",
    "Relation",
    "Same",
    "SheetCell",
    "Statement",
    "Term",
    "Tie",
    "Total",
    "Variable",
    "Verdict",
    "Vocabulary",
    "comparison_inputs",
    "exact_sums",
    "relations",
]
