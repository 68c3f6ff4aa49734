"""Budget performance (预算绩效): how many first-level projects and how much money each stage covered, grades, problems."""

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


def _projects(name: str, chinese: str, meaning: str) -> Concept:
    return Concept(name, chinese, unit_named("个"), meaning, _SOURCE)


def _amount(name: str, chinese: str, meaning: str) -> Concept:
    return Concept(name, chinese, YUAN, meaning, _SOURCE)


performance_goal_projects = _projects(
    "performance_goal_projects", "编报绩效目标的项目", "First-level projects with approved goals."
)
performance_monitored_projects = _projects(
    "performance_monitored_projects", "开展绩效跟踪的项目", "First-level projects monitored during the year."
)
self_evaluated_excellent = _projects(
    "self_evaluated_excellent", "绩效自评为优的项目", "Projects whose self-evaluation is in the best band."
)
self_evaluated_good = _projects(
    "self_evaluated_good", "绩效自评为良的项目", "Projects whose self-evaluation is in the second band."
)
self_evaluated_fair = _projects(
    "self_evaluated_fair", "绩效自评为合格的项目", "Projects whose self-evaluation is in the third band."
)
self_evaluated_poor = _projects(
    "self_evaluated_poor", "绩效自评为不合格的项目", "Projects whose self-evaluation is in the last band."
)
performance_problems = _projects(
    "performance_problems", "绩效自评发现的问题", "Problems that self-evaluations found."
)
performance_problems_solved = _projects(
    "performance_problems_solved", "已整改的问题", "Problems whose measure is done."
)
performance_problems_open = _projects(
    "performance_problems_open", "正在整改的问题", "Problems whose measure is still under way."
)
performance_goal_amount = _amount(
    "performance_goal_amount", "编报绩效目标涉及资金", "Adjusted budget of the projects with approved goals."
)
performance_monitored_amount = _amount(
    "performance_monitored_amount", "绩效跟踪涉及资金", "Adjusted budget of the projects monitored."
)
