"""How far a department's year is (进度), from nothing handed in to published."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a department's year stands; in this order they are worked off."""

    MISSING = "missing"
    OPEN = "open"
    UNAPPROVED = "unapproved"
    WITHIN = "within"
    SOON = "soon"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    PUBLISHED = "published"

    @property
    def chinese(self) -> str:
        """As a chip says it."""
        return _CHINESE[self][0]

    @property
    def look(self) -> str:
        """How the chip looks: `error`, `warning`, `info`, `good` or plain."""
        return _CHINESE[self][1]


_CHINESE = {
    Stage.MISSING: ("未报送", "warning"),
    Stage.OPEN: ("未年结", ""),
    Stage.UNAPPROVED: ("待批复", "info"),
    Stage.WITHIN: ("待公开", ""),
    Stage.SOON: ("快到期", "warning"),
    Stage.OVERDUE: ("超期未公开", "error"),
    Stage.SUBMITTED: ("公开审批中", "info"),
    Stage.PUBLISHED: ("已公开", "good"),
}
