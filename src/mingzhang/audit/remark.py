"""A remark (审核意见): one thing in a published report that cannot be, or should not be, with its proof and places."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents import Place
from mingzhang.facts import Verdict


@dataclass(frozen=True, slots=True)
class Repair:
    """One figure of a repair and what it would have to print; `value` as a reader would see it (`7.1%`)."""

    statement: str
    value: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One root cause, told once with all its places.

    `statements` are the ids of every figure of the proof (the smallest conflict), suspected ones first. `repairs`
    are alternatives, each the fewest figures that would have to change; smallest first. `message` says in one or
    two sentences what contradicts what, with the arithmetic; `remedy` what to do; `basis` the rule it stands on.
    """

    rule: str
    verdict: Verdict
    severity: str
    """`error`, `warning` or `notice`."""
    message: str
    places: tuple[Place, ...]
    statements: tuple[str, ...] = ()
    published: str = ""
    computed: str = ""
    arithmetic: str = ""
    remedy: str = ""
    basis: str = ""
    repairs: tuple[tuple[Repair, ...], ...] = ()
    change: str = ""
    """Against a former version of the report: 已改, 未改 or 新出现; empty where there is none."""
