"""Supervision (在册对象): a person under a regime for a span, in classes, with scheduled duties, incidents, and a ladder of sanctions; for all lines that have such.

`regimes` are the rules as data (`reading` reads a line's supervision.toml); `spans` say which class holds when; `duties` are generated from class and
category; `compliance` compares them with contacts; `ladder` says which sanction has a ground, with its evidence; `leaves` who decides on one. Pure; days are dates.
"""

from mingzhang.casework.supervision.compliance import Compliance, Contact, Standing, comply, day_standing
from mingzhang.casework.supervision.duties import Duty, duties_between
from mingzhang.casework.supervision.ladder import Incident, Met, Sanction, grounds_met, proposal_problems
from mingzhang.casework.supervision.leaves import days_of, level_of, overlapping
from mingzhang.casework.supervision.reading import read_regime
from mingzhang.casework.supervision.regimes import DutyRule, Ground, LeaveLevel, Regime, SanctionKind
from mingzhang.casework.supervision.sheets import as_text, days_of_month
from mingzhang.casework.supervision.spans import Episode, Span, class_on, is_juvenile, span_problems

__all__ = [
    "Compliance",
    "Contact",
    "Duty",
    "DutyRule",
    "Episode",
    "Ground",
    "Incident",
    "LeaveLevel",
    "Met",
    "Regime",
    "Sanction",
    "SanctionKind",
    "Span",
    "Standing",
    "as_text",
    "class_on",
    "comply",
    "day_standing",
    "days_of",
    "days_of_month",
    "duties_between",
    "grounds_met",
    "is_juvenile",
    "level_of",
    "overlapping",
    "proposal_problems",
    "read_regime",
    "span_problems",
]
