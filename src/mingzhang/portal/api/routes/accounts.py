"""The final accounts as the books stand now: facts with their coordinates, what is missing, the words that people write."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.problems import ERRORS
from mingzhang.records import words
from mingzhang.records.live import live
from mingzhang.records.looking.accounts import PrintedFact, facts_of_tables, missing_items, reasons_of
from mingzhang.records.policy import Action
from mingzhang.records.publishing import edition_of

router = Router(tags=["决算 final accounts"])
WordsKey = Annotated[
    str,
    Query(
        min_length=1,
        max_length=200,
        description="数字位置（原因）或文字名称 / cell of a reason, or name of a text",
    ),
]


class FactOut(Schema):
    """A figure of the public tables (决算数)."""

    table: str
    coordinate: str = Field(description="坐标 / where in the cube")
    value: str = Field(description="精确值，元、人… / exact value in base units")
    printed: str
    unit: str


class MissingOut(Schema):
    """Something that the report still needs (尚缺事项)."""

    key: str
    what: str


class WordsOut(Schema):
    """Words of the report (变动原因、文字)."""

    key: str
    sort: str = Field(description="reason 变动原因、text 文字、figure 填报数")
    title: str
    body: str
    version: str
    author: str


class WordsIn(Schema):
    """Other words, over the version seen; "0" where there are none yet."""

    body: str = Field(max_length=50_000)
    version: str = Field(max_length=80)


class ReasonOut(Schema):
    """A reason (变动原因)."""

    key: str
    body: str
    author: str
    version: str


@router.get(
    "/entities/{entity}/{year}/facts", response={200: list[FactOut], **ERRORS}, summary="决算数 / facts"
)
@endpoint(Action.VIEW_ACCOUNTS, entity=True, year=True)
def facts(
    here: Here,
    table: Annotated[str, Field(max_length=60, description="只要这张表 / one table only")] = "",
):
    """Every figure of the nine public tables, as they would be printed now."""
    found: list[PrintedFact] = facts_of_tables(
        live(here.entity, here.year), here.entity, edition_of(here.entity)
    )
    return [fact for fact in found if not table or fact.table == table]


@router.get(
    "/entities/{entity}/{year}/missing",
    response={200: list[MissingOut], **ERRORS},
    summary="尚缺事项 / missing items",
)
@endpoint(Action.VIEW_ACCOUNTS, entity=True, year=True)
def missing(here: Here):
    """What the report still needs before it may be published."""
    return missing_items(live(here.entity, here.year), here.entity, edition_of(here.entity))


@router.get(
    "/entities/{entity}/{year}/reasons",
    response={200: list[ReasonOut], **ERRORS},
    summary="变动原因 / reasons",
)
@endpoint(Action.VIEW_ACCOUNTS, entity=True, year=True)
def reasons(here: Here):
    """The reasons written so far."""
    return [
        ReasonOut(key=reason.cell, body=reason.text, author=reason.author, version=str(reason.version))
        for reason in reasons_of(here.entity, here.year)
    ]


@router.get("/entities/{entity}/{year}/words", response={200: WordsOut, **ERRORS}, summary="一处文字 / words")
@endpoint(Action.VIEW_ACCOUNTS, entity=True, year=True)
def words_at(here: Here, key: WordsKey):
    """A reason or text with its version; empty and version "0" where nothing was written."""
    known = live(here.entity, here.year).store.vocabulary
    return words.words_at(here.entity, here.year, key, known)


@router.put("/entities/{entity}/{year}/words", response={200: WordsOut, **ERRORS}, summary="填写文字 / write")
@endpoint(Action.WRITE_REASON, entity=True, year=True)
def write(here: Here, key: WordsKey, stated: WordsIn):
    """Write a reason or text over the version seen."""
    known = live(here.entity, here.year).store.vocabulary
    return words.write(here.user, here.entity, here.year, key, stated.body, stated.version, known)
