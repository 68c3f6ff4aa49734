"""Proposals looked through (查待审事项)."""

from __future__ import annotations

from django.db.models import QuerySet

from mingzhang.records.models import Proposal
from mingzhang.records.policy import Access, Action


def visible_proposals(access: Access) -> QuerySet[Proposal]:
    """Those of the entities that a person may turn to, with the people of their steps, the newest first."""
    return Proposal.objects.filter(entity__in=access.entities(*Action)).select_related(
        "entity", "prepared_by", "reviewed_by", "approved_by"
    )


def proposals_page(
    access: Access, state: str, before: int | None, size: int
) -> tuple[list[Proposal], int | None]:
    """A page of those in a state (`open` for all that are under way), and before which to go on."""
    found = visible_proposals(access)
    if state == "open":
        found = found.filter(state__in=Proposal.OPEN)
    elif state in Proposal.State.values:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None
