"""Registers taken in from files (台账导入): a file handed over for a job, and what became of its rows."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import case_endpoint
from mingzhang.portal.api.paging import MOST
from mingzhang.portal.api.problems import ERRORS, ProblemOut
from mingzhang.portal.api.routes.jobs import JobOut, Number, job_out
from mingzhang.portal.api.routes.proposals import Key
from mingzhang.portal.pages.casework.held_files import passing
from mingzhang.records.casework.import_columns import columns_of, remembered
from mingzhang.records.casework.import_reading import read_table
from mingzhang.records.casework.imports import problems_of, visible_batch
from mingzhang.records.casework.models import Rejected
from mingzhang.records.jobs.case_importing import Wish, begin

router = Router(tags=["业务办理 casework"])


class WaitingOut(Schema):
    """A row that waits for correction."""

    row: int
    problems: list[ProblemOut]


class BatchOut(Schema):
    """A file that was taken in (一次导入)."""

    id: int
    rows: int
    accepted: int
    unchanged: int
    rejected: int
    waiting: list[WaitingOut] = Field(description="待更正的行，至多200行 / rows that wait")


@router.post(
    "/casework/{line}/kinds/{kind}/imports",
    response={200: JobOut, **ERRORS},
    summary="导入 / take in a file",
)
@case_endpoint("W", kind=True, work=True)
def take_in_file(
    here: Here,
    key: Key,
    file: Annotated[UploadedFile, File(description="XLSX 或 CSV / the file")],
    action: Annotated[
        str, Query(max_length=40, description="登记方式，只有一种时可以不写 / the opening step")
    ] = "",
    all_or_nothing: Annotated[bool, Query(description="有一行不合格就全部不导入 / all or none")] = False,
):
    """Good rows enter, bad rows wait with what to do; columns as saved or guessed by their names.

    The result of the job names its import; the same file again is the same import.
    """
    kind = here.kind
    assert kind is not None
    with passing(here.user, file) as path:
        name = file.name or path.name
        header = read_table(path, list(columns_of(kind).values()), name=name).header
        wish = Wish(remembered(kind, header), action, all_or_nothing)
        return job_out(begin(here.user, kind, path, wish, header, name=name, key=key))


@router.get(
    "/casework/{line}/imports/{number}",
    response={200: BatchOut, **ERRORS},
    summary="一次导入 / one import",
)
@case_endpoint("W")
def one(here: Here, number: Number):
    """What became of a file's rows, for who handed it over and who works in the line."""
    assert here.line is not None
    batch = visible_batch(here.user, here.line.id, number)
    if batch is None:
        raise Http404
    rows = batch.rejected_rows.filter(state=Rejected.State.WAITING).order_by("row")[:MOST]
    return BatchOut(
        id=batch.pk,
        rows=batch.rows,
        accepted=batch.accepted,
        unchanged=batch.unchanged,
        rejected=batch.rejected,
        waiting=[
            WaitingOut(row=row.row, problems=[ProblemOut.from_orm(each) for each in problems_of(row)])
            for row in rows
        ],
    )
