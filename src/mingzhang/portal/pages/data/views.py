"""Open data: the list for people, and the same as JSON, as CSV and as a Frictionless package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.caching import keepable
from mingzhang.portal.showing import render
from mingzhang.records.models import Publication
from mingzhang.records.published import PACKAGE, files_offered, newest_publications, published_years
from mingzhang.write.csv_files import csv_text
from mingzhang.write.package import CC_BY

_FIELDS = (
    ("entity", "string", "单位代码"),
    ("name", "string", "部门、单位"),
    ("year", "integer", "年度"),
    ("version", "integer", "版本"),
    ("published_on", "date", "公开日期"),
    ("edition", "string", "公开格式"),
    ("report", "string", "报告的地址"),
    ("package", "string", "数据包的地址（ZIP）"),
    ("description", "string", "数据包说明的地址（datapackage.json）"),
    ("facts", "string", "全部事实的地址（JSON）"),
    ("manifest_sm3", "string", "文件清单的 SM3"),
)


@anybody
def open_data(request: HttpRequest) -> HttpResponse:
    """All packages of a year."""
    years = published_years()
    stated = request.GET.get("year", "")
    year = int(stated) if stated.isdecimal() and int(stated[:4]) in years else (years[0] if years else None)
    rows = list(_rows(request, newest_publications().filter(year=year)))
    return keepable(
        request,
        render(
            request,
            "data/data.html",
            here=here_of(request),
            rows=rows,
            years=years,
            year=year,
            fields=_FIELDS,
        ),
    )


@anybody
def index_json(request: HttpRequest) -> HttpResponse:
    """The index of everything published."""
    told = {
        "schema": "mingzhang-index",
        "schema_version": 1,
        "license": CC_BY,
        "reports": list(_rows(request)),
    }
    return keepable(request, _json(told))


@anybody
def index_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    names = [name for name, _, _ in _FIELDS]
    text = csv_text(names, ([row[name] for name in names] for row in _rows(request)))
    return keepable(request, HttpResponse(text, content_type="text/csv; charset=utf-8"))


@anybody
def description(request: HttpRequest) -> HttpResponse:
    """The Frictionless description of that table."""
    fields = [{"name": name, "type": kind, "title": title} for name, kind, title in _FIELDS]
    told = {
        "profile": "tabular-data-package",
        "name": "published-final-accounts",
        "title": "已公开的部门决算",
        "description": "各部门、单位每年最新一版决算的地址；每一版另有自己的数据包。",
        "licenses": [CC_BY],
        "resources": [
            {
                "name": "index",
                "path": "index.csv",
                "title": "已公开的部门决算",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "primaryKey": ["entity", "year"], "missingValues": [""]},
            }
        ],
    }
    return keepable(request, _json(told))


def _json(told: object) -> HttpResponse:
    return HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=1) + "\n", content_type="application/json; charset=utf-8"
    )


def _rows(request: HttpRequest, found: Any = None) -> Iterator[dict[str, Any]]:
    """The newest version of every report with its addresses; none for files that are not here."""
    every = newest_publications() if found is None else found
    for each in every.defer(None).defer("figures", "changes"):
        paths = {entry["path"] for entry in files_offered(each)}
        described = f"{PACKAGE}/datapackage.json"
        facts = next((path for path in sorted(paths) if "/" not in path and path.endswith(".json")), "")
        yield {
            "entity": each.entity.code,
            "name": each.entity.name,
            "year": each.year,
            "version": each.version,
            "published_on": each.published_on.isoformat(),
            "edition": each.edition,
            "report": _address(request, "report_version", each),
            "package": _address(request, "report_package", each) if described in paths else "",
            "description": _address(request, "report_file", each, name=described)
            if described in paths
            else "",
            "facts": _address(request, "report_file", each, name=facts) if facts else "",
            "manifest_sm3": each.sm3,
        }


def _address(request: HttpRequest, page: str, each: Publication, **more: str) -> str:
    stated = {"entity": each.entity.code, "year": each.year, "version": each.version, **more}
    return request.build_absolute_uri(reverse(page, kwargs=stated))
