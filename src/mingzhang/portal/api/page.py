"""The page that explains the API (接口说明), made from its own OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.api.problems import STATUSES
from mingzhang.portal.api.service import DESCRIPTION, service
from mingzhang.portal.showing import render
from mingzhang.records.proposals.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body or an answer."""

    name: str
    sort: str
    needed: bool
    text: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint as shown."""

    method: str
    address: str
    summary: str
    text: str
    public: bool
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]


@anybody
def page(request: HttpRequest) -> HttpResponse:
    """Every endpoint by topic, with parameters, body and answer."""
    return render(
        request,
        "api/page.html",
        here=here_of(request),
        topics=_topics(),
        paragraphs=DESCRIPTION.replace("`", "").split("\n\n"),
        statuses=STATUSES,
        host=request.get_host(),
        secure=request.is_secure(),
        kinds=[(kind.name, kind.chinese, type(kind).__doc__ or "") for kind in KINDS.values()],
    )


@cache
def _topics() -> dict[str, list[Endpoint]]:
    document = service.get_openapi_schema(path_prefix="/api/v1/")
    schemas = document["components"]["schemas"]
    found: dict[str, list[Endpoint]] = {}
    for address, methods in document["paths"].items():
        for method, stated in methods.items():
            found.setdefault(stated["tags"][0], []).append(
                Endpoint(
                    method=method.upper(),
                    address=address,
                    summary=stated["summary"],
                    text=stated.get("description", ""),
                    public="security" not in stated,
                    parameters=[
                        Field(
                            each["name"],
                            _sort(each["schema"]),
                            each.get("required", False),
                            _text(each["schema"], each),
                        )
                        for each in stated.get("parameters", ())
                    ],
                    body=_fields(stated.get("requestBody", {}), schemas),
                    answer=_fields(stated["responses"].get(200, {}), schemas),
                )
            )
    return found


def _fields(stated: dict[str, Any], schemas: dict[str, Any]) -> list[Field]:
    """The fields of a body, an item of a list taken for the list."""
    content = next(iter(stated.get("content", {}).values()), {})
    schema = _opened(content.get("schema", {}), schemas)
    if schema.get("type") == "array":
        schema = _opened(schema["items"], schemas)
    return [
        Field(name, _sort(each), name in schema.get("required", ()), _text(each, each))
        for name, each in schema.get("properties", {}).items()
    ]


def _opened(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _text(schema: dict[str, Any], stated: dict[str, Any]) -> str:
    return str(schema.get("description") or stated.get("description") or "")


def _sort(schema: dict[str, Any]) -> str:
    """The type in words."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[1])
    if "anyOf" in schema:
        return " | ".join(_sort(each) for each in schema["anyOf"])
    if "allOf" in schema:
        return _sort(schema["allOf"][0])
    if schema.get("type") == "array":
        return f"[{_sort(schema['items'])}]"
    return str(schema.get("format") or schema.get("type") or "any")
