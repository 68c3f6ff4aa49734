"""All kinds of proposals, by name."""

from __future__ import annotations

from mingzhang.records.proposals.budget import BudgetKind
from mingzhang.records.proposals.close import CloseKind
from mingzhang.records.proposals.evaluation import EvaluationKind
from mingzhang.records.proposals.ex_ante import ExAnteKind
from mingzhang.records.proposals.goals import GoalsKind
from mingzhang.records.proposals.kind import Kind
from mingzhang.records.proposals.publication import PublicationKind
from mingzhang.records.proposals.voucher import VoucherKind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        VoucherKind(),
        BudgetKind(),
        CloseKind(),
        PublicationKind(),
        ExAnteKind(),
        GoalsKind(),
        EvaluationKind(),
    )
}
