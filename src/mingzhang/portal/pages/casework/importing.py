"""Import a register (台账导入): a file handed over, its columns compared, taken in; what waits for correction, corrected or left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mingzhang.casework.definitions import Kind
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.held_files import held, hold, let_go
from mingzhang.portal.pages.casework.shown import kinds_of
from mingzhang.portal.pages.casework.tabs import shown
from mingzhang.portal.showing import done
from mingzhang.portal.typed import whole_number
from mingzhang.records.casework.import_columns import columns_of, remember, remembered
from mingzhang.records.casework.import_reading import Table, read_table
from mingzhang.records.casework.imports import cells_of, discard, problems_of, visible_batch
from mingzhang.records.casework.imports import correct_row as correct_waiting
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import ImportBatch, Rejected
from mingzhang.records.casework.opening import openings
from mingzhang.records.jobs.case_importing import Wish, begin
from mingzhang.records.models import Job
from mingzhang.records.proposals.kind import RefusedError

_LATEST = 50
_PAGE = 50
_SAMPLE = 3
_STYLES = {Rejected.State.WAITING: "warning", Rejected.State.CORRECTED: "good", Rejected.State.DISCARDED: ""}


@casework("W", work=True)
def overview(here: Here) -> HttpResponse:
    """What was taken in, and the form to hand over another file."""
    line = here.line
    assert line is not None
    refused: RefusedError | None = None
    kinds = {kind.id: kind for kind in kinds_of(line) if openings(here.user, kind)}
    chosen = here.request.POST.get("kind", here.request.GET.get("kind", ""))
    if here.request.method == "POST":
        if chosen not in kinds:
            raise Http404
        try:
            token = hold(here.user, here.request.FILES.get("file"))
            return redirect("casework_mapping", line=line.id, kind=chosen, token=token)
        except RefusedError as raised:
            refused = raised
    batches = ImportBatch.objects.filter(line=line.id).select_related("by").order_by("-pk")[:_LATEST]
    return shown(
        here,
        "casework/imports.html",
        status=422 if refused else 200,
        problems=refused.problems if refused else (),
        kinds=[(kind.id, kind.chinese) for kind in kinds.values()],
        kind=chosen,
        may_import=bool(kinds),
        waiting=Rejected.objects.filter(batch__line=line.id, state=Rejected.State.WAITING).count(),
        batches=[_batch(here, batch) for batch in batches],
    )


@casework("W", work=True)
def mapping(here: Here, token: str) -> HttpResponse:
    """The file's columns with the fields they fill; then a job takes it in."""
    kind, path = here.kind, held(here.user, token)
    assert kind is not None
    begun = Job.objects.filter(key=token, owner=here.user).first()
    if begun is not None and here.request.method == "POST":
        return redirect("job", number=begun.pk)
    if path is None:
        raise Http404("没有这个待导入的文件")
    columns = columns_of(kind)
    try:
        table = read_table(path, list(columns.values()), name=_name(kind, path))
    except RefusedError as refused:
        return _mapping(here, kind, None, {}, refused)
    stated = here.request.POST
    if here.request.method != "POST":
        return _mapping(here, kind, table, remembered(kind, table.header))
    used = {
        header: field
        for header, field in zip(stated.getlist("header"), stated.getlist("field"), strict=False)
        if field
    }
    try:
        if stated.get("save_as", "").strip():
            remember(kind, stated["save_as"], used)
        wish = Wish(used, stated.get("action", ""), bool(stated.get("all_or_nothing")))
        job = begin(here.user, kind, path, wish, table.header, name=_name(kind, path), key=token)
    except RefusedError as refused:
        return _mapping(here, kind, table, used, refused)
    let_go(path)
    done(here, "已开始导入，可以离开本页；办完后从这里看进入的和待更正的行。")
    return redirect("job", number=job.pk)


@casework("W")
def waiting(here: Here) -> HttpResponse:
    """Every row of the line that waits for correction, over all files, the oldest first."""
    line = here.line
    assert line is not None
    rows = Rejected.objects.filter(batch__line=line.id, state=Rejected.State.WAITING)
    if not here.case.records(line.id, "W").exists():
        rows = rows.filter(batch__by=here.user)
    after = whole_number(here.request.GET.get("after"))
    found = list(rows.filter(pk__gt=after).select_related("batch__by").order_by("pk")[: _PAGE + 1])
    names = {kind.id: kind.chinese for kind in line.kinds.values()}
    return shown(
        here,
        "casework/waiting.html",
        count=rows.count(),
        rows=[
            {
                "row": row.row,
                "batch": row.batch,
                "chinese": names.get(row.batch.kind, row.batch.kind),
                "problems": problems_of(row),
                "address": reverse("casework_batch", kwargs={"line": line.id, "number": row.batch_id})
                + f"?after={row.row - 1}",
            }
            for row in found[:_PAGE]
        ],
        more=found[_PAGE - 1].pk if len(found) > _PAGE else None,
    )


@casework("W")
def batch(here: Here, number: int) -> HttpResponse:
    """One file with the rows that wait."""
    return _shown(here, _found(here, number))


@casework("W", work=True)
def correct_row(here: Here, number: int, row: int) -> HttpResponse:
    """Take a waiting row in with its cells corrected, or leave it out."""
    one = _found(here, number)
    waiting = one.rejected_rows.filter(pk=row).select_related("batch").first()
    if waiting is None or here.request.method != "POST":
        raise Http404
    stated = here.request.POST
    try:
        if stated.get("do") == "discard":
            discard(here.user, waiting, stated.get("reason", ""))
            done(here, f"第{waiting.row}行不再导入")
        else:
            cells = cells_of(waiting)
            changes = {name: stated[f"v.{name}"] for name in cells if f"v.{name}" in stated}
            record = correct_waiting(here.user, waiting, changes, action=stated.get("action", ""))
            done(here, f"第{waiting.row}行已进入登记：{record}")
    except RefusedError as refused:
        return _shown(here, one, refused)
    assert here.line is not None
    return redirect("casework_batch", line=here.line.id, number=number)


def _found(here: Here, number: int) -> ImportBatch:
    assert here.line is not None
    one = visible_batch(here.user, here.line.id, number)
    if one is None:
        raise Http404("没有这次导入")
    return one


def _name(kind: Kind, path: Path) -> str:
    return f"{kind.chinese}{path.suffix}"


def _batch(here: Here, one: ImportBatch) -> dict[str, Any]:
    assert here.line is not None
    names = {kind.id: kind.chinese for kind in here.line.kinds.values()}
    return {
        "pk": one.pk,
        "file_name": one.file_name,
        "chinese": names.get(one.kind, one.kind),
        "rows": one.rows,
        "accepted": one.accepted,
        "waiting": one.rejected_rows.filter(state=Rejected.State.WAITING).count(),
        "by": one.by.name,
        "at": one.at,
    }


def _mapping(
    here: Here, kind: Kind, table: Table | None, used: dict[str, str], refused: RefusedError | None = None
) -> HttpResponse:
    stated = here.request.POST
    header = table.header if table else ()
    rows = table.rows if table else ()
    return shown(
        here,
        "casework/mapping.html",
        status=422 if refused else 200,
        name=kind.chinese,
        problems=refused.problems[:_PAGE] if refused else (),
        fields=list(columns_of(kind).items()),
        columns=[
            {
                "header": text,
                "field": used.get(text, ""),
                "sample": [str(row[place]) for _, row in rows[:_SAMPLE] if place < len(row) and row[place]],
            }
            for place, text in enumerate(header)
        ],
        rows=len(rows),
        save_as=stated.get("save_as", ""),
        all_or_nothing=bool(stated.get("all_or_nothing")),
        actions=[(each.action, each.chinese) for each in openings(here.user, kind)],
        action=stated.get("action", ""),
    )


def _shown(here: Here, one: ImportBatch, refused: RefusedError | None = None) -> HttpResponse:
    assert here.line is not None
    after = whole_number(here.request.GET.get("after"))
    rows = list(one.rejected_rows.filter(row__gt=after).order_by("row")[: _PAGE + 1])
    names = {kind.id: kind.chinese for kind in here.line.kinds.values()}
    return shown(
        here,
        "casework/batch.html",
        status=422 if refused else 200,
        batch=one,
        chinese=names.get(one.kind, one.kind),
        rows=[_row(here, one, row) for row in rows[:_PAGE]],
        more=rows[_PAGE - 1].row if len(rows) > _PAGE else None,
        may_import=here.may_in_line("W"),
        actions=[
            (each.action, each.chinese) for each in openings(here.user, kind_of(f"{one.line}.{one.kind}"))
        ],
        action=here.request.POST.get("action", "") or _action_of(one),
        problems=refused.problems if refused else (),
    )


def _action_of(one: ImportBatch) -> str:
    """The opening step that was chosen for the file; blank where the kind has but one."""
    job = Job.objects.filter(kind="casework_import", result__batch=one.pk).first()
    return str(job.payload["action"]) if job else ""


def _row(here: Here, one: ImportBatch, row: Rejected) -> dict[str, Any]:
    assert here.line is not None
    waiting = row.state == Rejected.State.WAITING
    stated = {"line": here.line.id, "number": one.pk, "row": row.pk}
    return {
        "pk": row.pk,
        "number": row.row,
        "state": row.get_state_display(),
        "style": _STYLES[Rejected.State(row.state)],
        "waiting": waiting,
        "problems": problems_of(row) if waiting else [],
        "values": [(name, name, "" if value is None else value) for name, value in cells_of(row).items()]
        if waiting
        else [],
        "address": reverse("casework_import_row", kwargs=stated),
    }
