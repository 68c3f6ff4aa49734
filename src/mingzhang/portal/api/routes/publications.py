"""Published versions, for everybody: what was published when, with its frozen files."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from mingzhang.portal.api.guard import open_endpoint
from mingzhang.portal.api.paging import Before, Limit
from mingzhang.portal.api.problems import ERRORS
from mingzhang.portal.api.routes.jobs import Number
from mingzhang.records.looking.publications import publications_page
from mingzhang.records.models import Publication
from mingzhang.records.published import NoSuchFileError, files_offered, frozen

router = Router(tags=["公开版本 publications"])


class PublicationOut(Schema):
    """A published version (公开版本)."""

    id: int
    entity: str
    entity_name: str
    year: int
    version: int
    edition: str
    published_on: date
    sm3: str = Field(description="清单的 SM3 / SM3 of the manifest")


class FileOut(Schema):
    """A frozen file."""

    path: str
    size: int
    sha256: str


class PublicationWhole(PublicationOut):
    """A published version with its files."""

    files: list[FileOut]
    changes: int = Field(description="与上一版相比变动几个数 / figures that moved since the last version")


class PublicationPage(Schema):
    """A page of published versions."""

    items: list[PublicationOut]
    next: int | None


def _told(publication: Publication) -> dict[str, object]:
    return {
        "entity": publication.entity.code,
        "entity_name": publication.entity.name,
        **{
            name: getattr(publication, name)
            for name in ("id", "year", "version", "edition", "published_on", "sm3")
        },
    }


def _found(number: int) -> Publication:
    found = Publication.objects.select_related("entity").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@router.get(
    "/publications", auth=None, response={200: PublicationPage, **ERRORS}, summary="公开版本 / publications"
)
@open_endpoint
def listing(
    request: HttpRequest,
    entity: Annotated[str, Field(max_length=60, description="单位代码 / entity code")] = "",
    year: Annotated[int | None, Field(ge=1990, le=2100, description="年度 / fiscal year")] = None,
    before: Before = None,
    limit: Limit = 50,
):
    """Every published version, the newest first."""
    rows, more = publications_page(entity, year, before, limit)
    return PublicationPage(items=[PublicationOut(**_told(row)) for row in rows], next=more)


@router.get(
    "/publications/{number}",
    auth=None,
    response={200: PublicationWhole, **ERRORS},
    summary="一个版本 / one version",
)
@open_endpoint
def one(request: HttpRequest, number: Number):
    """One version with its files."""
    found = _found(number)
    files = [
        FileOut(**{name: entry[name] for name in FileOut.model_fields}) for entry in files_offered(found)
    ]
    return PublicationWhole(**_told(found), files=files, changes=len(found.changes))


@router.get(
    "/publications/{number}/file",
    auth=None,
    response=ERRORS,
    summary="文件 / a file",
    openapi_extra={
        "responses": {
            200: {
                "description": "文件，与公开时的摘要核对过 / the file, compared with its frozen digest",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
@open_endpoint
def file(
    request: HttpRequest,
    number: Number,
    path: Annotated[str, Field(max_length=300, description="files 中的 path / path of a file")],
):
    """A frozen file; one that is no longer what was published is refused."""
    found = _found(number)
    if path not in {entry["path"] for entry in files_offered(found)}:
        raise Http404
    try:
        content, digest = frozen(found, path)
    except NoSuchFileError as missing:
        raise Http404 from missing
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(PurePosixPath(path).name)}"
    answer["ETag"] = f'"{digest}"'
    return answer
