"""The trail: who changed what when, from what to what, with the digests that prove it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404
from ninja import Router, Schema
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.paging import Before, Limit
from mingzhang.portal.api.problems import ERRORS
from mingzhang.records.looking.trail import Asked, trail_page
from mingzhang.records.policy import Action

router = Router(tags=["操作留痕 trail"])
Word = Annotated[str, Field(max_length=60)]


class EntryOut(Schema):
    """An entry of the trail (留痕)."""

    id: int
    entity: str | None
    book: str
    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: Any = Field(None, description="变动前 / before")
    after: Any = Field(None, description="变动后 / after")
    reason: str
    rows: int
    rows_digest: str
    previous: str
    digest: str


class TrailPage(Schema):
    """A page of the trail; a search goes on with `next` even where a page is short."""

    items: list[EntryOut]
    next: int | None


@router.get("/trail", response={200: TrailPage, **ERRORS}, summary="操作留痕 / trail")
@endpoint(Action.VIEW_TRAIL)
def trail(
    here: Here,
    entity: Word = "",
    book: Word = "",
    actor: Word = "",
    action: Word = "",
    words: Word = "",
    since: date | None = None,
    until: date | None = None,
    before: Before = None,
    limit: Limit = 50,
):
    """Entries in scope, the newest first."""
    places = {each.code: each for each in here.access.entities(Action.VIEW_TRAIL)}
    if entity and entity not in places:
        raise Http404
    asked = Asked(places.get(entity), book, actor, action, words, since, until)
    found = trail_page(here.access, asked, before, limit)
    return TrailPage(
        items=[
            EntryOut(
                entity=entry.chain.entity.code if entry.chain.entity else None,
                book=entry.chain.book,
                **{
                    name: getattr(entry, name)
                    for name in EntryOut.model_fields
                    if name not in ("entity", "book")
                },
            )
            for entry in found.entries
        ],
        next=found.before,
    )
