"""Self-evaluation of budget performance (绩效自评): how many projects and how much money it covered."""

from mingzhang.facts import Concept
from mingzhang.numbers import YUAN, unit_named

_SOURCE = "部门决算公开说明 · 预算绩效情况"

self_evaluated_projects = Concept(
    "self_evaluated_projects",
    "绩效自评项目",
    unit_named("个"),
    "First-level projects self-evaluated.",
    _SOURCE,
    source_ids=("perf.self.projects",),
)
self_evaluated_amount = Concept(
    "self_evaluated_amount",
    "绩效自评涉及资金",
    YUAN,
    "Expenditure of the projects self-evaluated.",
    _SOURCE,
    source_ids=("perf.self.amount",),
)
