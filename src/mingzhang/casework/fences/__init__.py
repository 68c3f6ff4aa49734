"""Electronic fences (电子围栏): whether a person under supervision is where they may be, said only as surely as the positions allow.

`shapes` and `planes` (places in degrees, distances in metres) → `plans` (all fences compiled) → `judging` (positions against fences, on arrays) → `machines`
(confirmation, one step a position) → `evaluator`: states and positions in, states and changes of alarms out. Pure; whatever the batches, their
order or repetition, the standing alarms are the same. Imports shapely, so nothing imports this package before fences are needed.
"""

from mingzhang.casework.fences.alarms import Alarm, AlarmKind, Change, Event, alarms_of, standing
from mingzhang.casework.fences.evaluator import Outcome, evaluate, watch_silence
from mingzhang.casework.fences.plans import Effect, Fence, Plan, plan_of
from mingzhang.casework.fences.rules import Confirmation, Rules
from mingzhang.casework.fences.shapes import circle, from_geojson, polygon
from mingzhang.casework.fences.states import PersonState, begun

__all__ = [
    "Alarm",
    "AlarmKind",
    "Change",
    "Confirmation",
    "Effect",
    "Event",
    "Fence",
    "Outcome",
    "PersonState",
    "Plan",
    "Rules",
    "alarms_of",
    "begun",
    "circle",
    "evaluate",
    "from_geojson",
    "plan_of",
    "polygon",
    "standing",
    "watch_silence",
]
