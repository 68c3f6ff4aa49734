"""The whole report at once: figures that each look right beside their neighbours but cannot all be true."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from mingzhang.audit.causes import Evidence, repairs_of
from mingzhang.audit.constraints import Constraint
from mingzhang.audit.figures import Figure
from mingzhang.audit.remark import Remark
from mingzhang.audit.remarks import remark_of_proof
from mingzhang.audit.system import system
from mingzhang.facts import Tie, Variable
from mingzhang.numbers import Interval

_MOST = 5


def whole_report(
    found: Sequence[Constraint],
    figures: Mapping[Variable, Figure],
    failed: Collection[int],
    blamed: Collection[Variable],
) -> Iterator[Remark]:
    """Conflicts that no single constraint shows, each proved; figures already blamed are free to be anything.

    Rounding is given every benefit: a figure may have been rounded or cut off, so that only what no printing habit
    explains is told.
    """
    ties: dict[int, Tie] = {}
    for constraint in found:
        if id(constraint) not in failed and constraint.certain:
            ties.update((id(tie), tie) for tie in constraint.ties if tie.severity == "error")
    bounds = {name: _generous(each) for name, each in figures.items() if name not in blamed}
    free = system(ties.values(), bounds)
    evidence = Evidence.of(figures, found)
    for _ in range(_MOST):
        proof = free.conflict()
        if proof is None:
            return
        repairs = repairs_of(proof.variables, [proof.variables], free, evidence)
        yield remark_of_proof(proof, repairs, figures)
        free = free.without(proof.variables)


def _generous(figure: Figure) -> Interval:
    return Interval(
        min(figure.interval.low, figure.truncated.low), max(figure.interval.high, figure.truncated.high)
    )
