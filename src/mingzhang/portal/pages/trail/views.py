"""Look through the trail, export it, prove it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.environment import moment
from mingzhang.portal.showing import done, show, tell
from mingzhang.portal.typed import day
from mingzhang.portal.words import BOOK_NAMES, field_name
from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.jobs.starting import start
from mingzhang.records.looking.trail import Asked, chains_of, differences, every_entry, trail_page
from mingzhang.records.models import TrailEntry
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.trail import broken_entries, record
from mingzhang.write.csv_files import csv_text

_MOST_EXPORTED = 100_000
_MOST_PROVED = 200_000
_SHOWN = 50


@page(Action.VIEW_TRAIL)
def listing(here: Here) -> HttpResponse:
    """Entries, newest first, each with what it changed."""
    return _shown(here)


def _shown(here: Here, **more: object) -> HttpResponse:
    asked, stated = _asked(here)
    before = here.request.GET.get("before", "")
    found = trail_page(here.access, asked, int(before) if before.isdecimal() and len(before) < 19 else None)
    return show(
        here,
        "trail/listing.html",
        rows=[(entry, differences(entry)) for entry in found.entries],
        page=found,
        stated=stated,
        query=urlencode({name: value for name, value in stated.items() if value}),
        places=[(entity.code, entity.name) for entity in here.access.entities(Action.VIEW_TRAIL)],
        books=BOOK_NAMES,
        field_name=field_name,
        everything=may_everywhere(here.access, Action.VIEW_TRAIL),
        key=uuid4().hex,
        **more,
    )


@page(Action.VIEW_TRAIL)
def export(here: Here) -> HttpResponse:
    """The entries asked for as CSV; who took them is recorded."""
    asked, stated = _asked(here)
    said = "、".join(value for value in stated.values() if value) or "全部"
    record("exports", "导出留痕", said, entity=asked.entity)
    answer = StreamingHttpResponse(_csv(here, asked), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename=trail.csv"
    return answer


def _csv(here: Here, asked: Asked) -> Iterator[str]:
    header = ("时间", "单位", "账", "序号", "经办人", "操作", "对象", "变动", "原因", "行数", "摘要值")
    yield "\ufeff" + csv_text(header, [])
    for entry in every_entry(here.access, asked, _MOST_EXPORTED):
        yield csv_text(_row(entry), [])


def _row(entry: TrailEntry) -> list[str]:
    moved = "；".join(
        f"{field_name(path)}：{_text(before)} → {_text(after)}" for path, before, after in differences(entry)
    )
    return [
        moment(entry.at),
        entry.chain.entity.name if entry.chain.entity else "",
        BOOK_NAMES.get(entry.chain.book, entry.chain.book),
        str(entry.number),
        entry.actor,
        entry.action,
        entry.subject,
        moved,
        entry.reason,
        str(entry.rows or ""),
        entry.digest,
    ]


def _text(value: object) -> str:
    return "（无）" if value is None else str(value)


@page(Action.VIEW_TRAIL)
def verify(here: Here) -> HttpResponse:
    """Prove the chains asked for now, and say what was proved or which entry was changed; everything as a job."""
    if here.request.method != "POST":
        raise Http404
    if here.request.POST.get("all"):
        return _verify_all(here)
    asked, stated = _asked(here, here.request.POST)
    chains = chains_of(here.access)
    if asked.entity is not None:
        chains = chains.filter(entity=asked.entity)
    if asked.book:
        chains = chains.filter(book=asked.book)
    chains = list(chains)
    if sum(chain.length for chain in chains) > _MOST_PROVED:
        text = f"超过 {_MOST_PROVED} 条，请选定单位和账再核验；全部核验在服务器上运行 mingzhang verify。"
        return _shown(here, refused=text)
    found, proved = [], Counter()
    for chain in chains:
        found += [(chain, number, what) for number, what in broken_entries(chain)]
        proved["chains"] += 1
        proved["entries"] += chain.length
    if found:
        return _shown(here, broken=found[:_SHOWN], broken_count=len(found))
    done(here, f"已核验 {proved['chains']} 条链、{proved['entries']} 条留痕：首尾相接，内容未被改动。")
    address = urlencode({name: value for name, value in stated.items() if value})
    return redirect(f"/trail/?{address}" if address else "trail")


def _verify_all(here: Here) -> HttpResponse:
    try:
        job = start("verify", here.user, None, {}, here.request.POST.get("key", ""), "全面核验账簿")
    except RefusedError as refused:
        tell(here, refused)
        return redirect("trail")
    return redirect("job", number=job.pk)


def _asked(here: Here, source=None) -> tuple[Asked, dict[str, str]]:
    """What the address or the form asks for, and as it was typed."""
    source = here.request.GET if source is None else source
    names = ("entity", "book", "actor", "action", "words", "since", "until")
    stated = {name: source.get(name, "").strip()[:100] for name in names}
    places = {entity.code: entity for entity in here.access.entities(Action.VIEW_TRAIL)}
    if stated["entity"] and stated["entity"] not in places:
        raise Http404
    asked = Asked(
        entity=places.get(stated["entity"]),
        since=day(stated["since"]),
        until=day(stated["until"]),
        **{name: stated[name] for name in ("book", "actor", "action", "words")},
    )
    return asked, stated
