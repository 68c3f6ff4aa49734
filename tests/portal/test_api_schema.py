"""The API against its own OpenAPI document, with data that fits it and data that does not."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ninja import Schema
from portal_tokens import token_for
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mingzhang.portal.api.service import service
from mingzhang.portal.wsgi import application
from mingzhang.records.models import (
    Classification,
    Disclosure,
    Job,
    Publication,
    Reason,
    Vehicle,
    Voucher,
    VoucherLine,
)
from mingzhang.records.proposals import flow

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    (method.upper(), path)
    for path, methods in service.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
    for method in methods
]


@pytest.fixture(autouse=True)
def _one_connection():
    """Requests do not close the connection in whose transaction the test stands, as with Django's own client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@cache
def document():
    """The document as a program reads it, once."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def kept(district, tmp_path, monkeypatch, settings):
    """Books with something of everything, and a token of somebody who may do much."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    settings.API_PER_MINUTE = 1_000_000
    office, person = district.own.office, district.people["accountant"]
    for role in ("reviewer", "finance_head", "inspector"):
        person.grants.create(role=role, entity=district.own.department)
    account = Classification.objects.create(kind="ordinary", system="F", account="1001")
    voucher = Voucher.objects.create(
        entity=office, year=2021, month=3, number="记-1", date=date(2021, 3, 5), summary="购纸"
    )
    VoucherLine.objects.create(
        voucher=voucher,
        sequence=1,
        entity=office,
        year=2021,
        month=3,
        classification=account,
        debit=True,
        fen=1_00,
    )
    Vehicle.objects.create(entity=office, plate="示A00001", kind="other", acquired_on=date(2020, 1, 1))
    Reason.objects.create(entity=office, year=2021, cell="expenditure", text="增加人员", author="甲")
    Disclosure.objects.create(entity=office, year=2021)
    publication = Publication.objects.create(
        entity=office,
        year=2021,
        edition="national_fy2021",
        version=1,
        published_on=date(2022, 9, 1),
        document_sha256="0" * 64,
    )
    proposal = flow.save(person, "voucher", office, 2021, {"summary": "草稿"}, "schema-test-key")
    job = Job.objects.create(kind="audit", title="审核", owner=person, key="j" * 32, state=Job.State.DONE)
    return token_for(person), {
        "/casework": _case(person),
        "/proposals": proposal.pk,
        "/publications": publication.pk,
        "/jobs": job.pk,
        "/audits": job.pk,
    }


def _case(person) -> str:
    """A post in legal aid, and a record of it; its key."""
    from mingzhang.records.casework.models import CasePost
    from mingzhang.records.casework.opening import open_record

    CasePost.objects.create(user=person, role="AID", line="legal_aid", valid_from=date(2020, 1, 1))
    stated = {"level": "司法部", "name": "某某案", "business": "法律援助", "accepted_on": "2021-03-05"}
    made = open_record(
        person,
        "legal_aid.case_library_item",
        stated,
        occurred_on=date(2021, 3, 5),
        command_key="schema-test-case",
    )
    return made.key


CASE = {
    "line": "legal_aid",
    "kind": "case_library_item",
    "metric": "M07-01",
    "form": "post_month",
    "month": "2021-03",
}
"""What stands in addresses of casework."""


def _at_home(case, path: str, there) -> None:
    """Let a case ask for what is there."""
    real = {"entity": "own-office", "year": 2021, **CASE, "record": there["/casework"]}
    number = next((number for begin, number in there.items() if path.startswith(f"/api/v1{begin}")), None)
    number = "记-1" if path.endswith("/vouchers/{number}") else number
    stated = real | ({"number": number} if number is not None else {})
    for name in case.path_parameters or ():
        if name in stated:
            case.path_parameters[name] = stated[name]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[" ".join(each) for each in OPERATIONS])
def test_the_api_answers_as_it_says(kept, method, path, mode):
    """No server error; every status, content type and body is one of the document's, whatever is sent."""
    secret, there = kept
    operation = document()[path][method]
    if mode is GenerationMode.NEGATIVE and not (
        operation.path_parameters or operation.query or operation.body
    ):
        return

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), at_home=st.booleans())
    def answers(case, at_home):
        if at_home and mode is GenerationMode.POSITIVE:
            _at_home(case, path, there)
        case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

    answers()


def test_the_document_is_valid_and_explains_itself(client, db):
    """OpenAPI 3.1; every endpoint has a summary in Chinese and a description, every field of an answer a type."""
    from jsonschema import validators

    answer = client.get("/api/v1/openapi.json")
    assert answer["Content-Type"].startswith("application/json")
    stated = answer.json()
    assert stated["openapi"].startswith("3.1")
    for methods in stated["paths"].values():
        for operation in methods.values():
            assert any("一" <= letter <= "鿿" for letter in operation["summary"])
            assert operation["description"]
            assert {"200", "401", "403", "404", "409", "413", "422", "429"} <= operation["responses"].keys()
    for schema in stated["components"]["schemas"].values():
        validators.Draft202012Validator.check_schema(schema)


def test_the_page_of_the_api_lists_every_endpoint(client, db):
    """Readable without a script; open to everybody, as what was published is."""
    page = client.get("/api/").content.decode()
    for method, path in OPERATIONS:
        assert f"<code>{path}</code>" in page, (method, path)
    assert "<script" not in page.replace('<script src="/static/', "")


def test_no_two_schemas_share_a_name():
    """A document has one place for each name: the second would be answered by the first."""
    found: dict[str, set[str]] = {}
    for module in [name for name in sys.modules if name.startswith("mingzhang.portal.api")]:
        for each in vars(sys.modules[module]).values():
            if (
                isinstance(each, type)
                and issubclass(each, Schema)
                and each.__module__.startswith("mingzhang.")
            ):
                found.setdefault(each.__name__, set()).add(each.__module__)
    assert not {name: modules for name, modules in found.items() if len(modules) > 1}
