"""Work done through the API: vouchers by three people, words over a version, audits, publications, lists."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from portal_tokens import token_for

from mingzhang.records.jobs.worker import work
from mingzhang.records.models import Job, Project, Publication, Token, TrailChain, Vehicle, Voucher
from mingzhang.records.trail import broken_entries, record

pytestmark = pytest.mark.django_db

VOUCHER = {
    "date": "2021-03-05",
    "summary": "支付办公用品款",
    "event": {
        "template": "V14",
        "amounts": 500_00,
        "function": "2040601",
        "economic": "30201",
        "payment": "bank",
    },
}


class Program:
    """A program with a token of a person."""

    def __init__(self, person, *scopes: str) -> None:
        self._secret = token_for(person, *scopes)

    def ask(self, method: str, path: str, stated=None, status: int = 200, **headers: str):
        """What the API answers, as JSON."""
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(stated) if stated is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self._secret}", **headers},
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def prepare(self, payload, kind="voucher", key="program-key-1", status=200, entity="own-office"):
        """Keep a draft."""
        stated = {"kind": kind, "payload": payload}
        return self.ask(
            "POST", f"/entities/{entity}/2021/proposals", stated, status, **{"Idempotency-Key": key}
        )

    def step(self, proposal, step, status=200, **more):
        """Take a step over the version seen."""
        stated = {"version": proposal["version"], **more}
        return self.ask("POST", f"/proposals/{proposal['id']}/{step}", stated, status)


@pytest.fixture(autouse=True)
def _data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))


@pytest.fixture
def programs(district):
    return {role: Program(person) for role, person in district.people.items()}


def test_three_programs_post_a_voucher(programs):
    """Prepared, reviewed, approved; then it is in the books, with its lines, and in the balances."""
    proposal = programs["accountant"].prepare(VOUCHER)
    assert proposal["problems"] == []
    assert programs["accountant"].prepare(VOUCHER)["id"] == proposal["id"]
    proposal = programs["accountant"].step(proposal, "submit")
    proposal = programs["reviewer"].step(proposal, "review")
    proposal = programs["approver"].step(proposal, "approve")
    assert proposal["state"] == "done"
    number = proposal["result"]["number"]
    listed = programs["inspector"].ask("GET", "/entities/own-office/2021/vouchers?text=办公")
    assert [each["number"] for each in listed["items"]] == [number]
    voucher = programs["inspector"].ask("GET", f"/entities/own-office/2021/vouchers/{number}")
    assert voucher["prepared_by"] == "单位会计甲"
    assert sum(line["fen"] for line in voucher["lines"] if line["side"] == "D") == 2 * 500_00
    balances = programs["inspector"].ask("GET", "/entities/own-office/2021/balances?month=3")
    assert sum(each["closing_fen"] for each in balances) == 0
    assert {each["debit_fen"] for each in balances if each["account"].startswith("7")} == {500_00}
    assert [chain.name for chain in TrailChain.objects.all() if list(broken_entries(chain))] == []


def test_who_saw_an_older_version_is_told(programs):
    """409, and nothing is overwritten or done twice."""
    accountant = programs["accountant"]
    seen = accountant.prepare(VOUCHER)
    changed = {"payload": VOUCHER | {"summary": "改过的"}, "version": seen["version"]}
    accountant.ask("PUT", f"/proposals/{seen['id']}", changed)
    refused = accountant.ask("PUT", f"/proposals/{seen['id']}", changed, 409)
    assert refused["problems"][0]["code"] == "changed_meanwhile"
    accountant.step(seen, "submit", 409)
    accountant.prepare(VOUCHER, key="program-key-1", entity="own-centre", status=409)


def test_a_refusal_says_what_and_what_to_do(programs):
    """What posting would refuse, an unknown field, somebody else's proposal, a return without a reason."""
    accountant = programs["accountant"]
    wrong = accountant.prepare(VOUCHER | {"date": "2020-03-05"}, key="program-key-2")
    assert wrong["problems"]
    assert accountant.step(wrong, "submit", 422)["problems"][0]["remedy"]
    shape = accountant.prepare(
        VOUCHER | {"event": {"template": "V14", "number": "记-1"}}, key="k" * 8, status=422
    )
    assert "event.number" in shape["problems"][0]["what"]
    proposal = accountant.step(accountant.prepare(VOUCHER), "submit")
    accountant.step(proposal, "review", 403)
    programs["reviewer"].step(proposal, "send_back", 422)
    back = programs["reviewer"].step(proposal, "send_back", remark="附件不全")
    assert (back["state"], back["remark"]) == ("returned", "附件不全")


def test_a_token_for_preparing_does_not_approve(district):
    """Even where its person may."""
    person = district.people["accountant"]
    person.grants.create(role="reviewer", entity=district.own.department)
    program = Program(person, "voucher.prepare", "books.view")
    proposal = program.step(program.prepare(VOUCHER), "submit")
    assert program.step(proposal, "review", 403)


def test_words_are_written_over_the_version_seen(programs):
    """The second of two writers is told; both can read."""
    path = "/entities/own-office/2021/words?key=functions"
    writer = programs["accountant"]
    seen = writer.ask("GET", path)
    assert seen["version"] == "0"
    kept = writer.ask("PUT", path, {"body": "负责某事。", "version": "0"})
    assert kept["body"] == "负责某事。"
    other = programs["finance_head"]
    assert other.ask("PUT", path, {"body": "另写", "version": "0"}, 409)["problems"]
    assert other.ask("GET", path)["body"] == "负责某事。"
    programs["reviewer"].ask("PUT", path, {"body": "另写", "version": "1"}, 403)


def test_missing_items_and_facts_follow_the_books(programs, district):
    """What the report still needs; every figure of the tables with its coordinate."""
    proposal = programs["accountant"].step(programs["accountant"].prepare(VOUCHER), "submit")
    programs["approver"].step(programs["reviewer"].step(proposal, "review"), "approve")
    missing = programs["section"].ask("GET", "/entities/own-office/2021/missing")
    assert any("职能" in item["what"] for item in missing)
    facts = programs["section"].ask("GET", "/entities/own-office/2021/facts")
    spent = [each for each in facts if each["coordinate"] == "expenditure@own-office/2021#actual"]
    assert {(each["value"], each["printed"]) for each in spent} == {("500", "0.05")}
    tables = {each["table"] for each in facts}
    one = programs["section"].ask("GET", "/entities/own-office/2021/facts?table=expenditure")
    assert {each["table"] for each in one} == {"expenditure"} < tables


def test_lists_go_on_where_they_stopped(programs, district):
    """Every voucher once, whatever the size of a page."""
    for number in range(7):
        Voucher.objects.create(
            entity=district.own.office,
            year=2021,
            month=1,
            number=f"记-{number:04d}",
            date=date(2021, 1, 2),
            summary="某事",
        )
    seen, after = [], ""
    while True:
        page = programs["inspector"].ask("GET", f"/entities/own-office/2021/vouchers?limit=3&after={after}")
        seen += [each["number"] for each in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert seen == [f"记-{number:04d}" for number in reversed(range(7))]


def test_plans_and_registers_are_read(programs, district):
    """Budgets, projects, vehicles; a department's with those of its units."""
    office = district.own.office
    above = Project.objects.create(code="P1", name="服务", entity=office)
    Project.objects.create(code="P1-1", name="服务一", entity=office, parent=above)
    Vehicle.objects.create(
        entity=office, plate="示A00001", kind="other", acquired_on=date(2020, 1, 1), cost_fen=9
    )
    reader = programs["inspector"]
    assert [each["code"] for each in reader.ask("GET", "/entities/own/projects")] == ["P1", "P1-1"]
    vehicles = reader.ask("GET", "/entities/own/registers/vehicles")["items"]
    assert vehicles[0]["fields"]["plate"] == "示A00001"
    assert vehicles[0]["fields"]["cost_fen"] == 9
    assert reader.ask("GET", "/entities/own-office/2021/budgets") == []
    reader.ask("GET", "/entities/own/registers/unknown", status=422)


def test_the_trail_is_read_in_scope(programs, district):
    """Own entries with what they changed; those of others never."""
    record("words", "修改", "某处", entity=district.own.office, before={"text": "甲"}, after={"text": "乙"})
    record("words", "修改", "他处", entity=district.other.office, after={"text": "丙"})
    reader = programs["inspector"]
    items = reader.ask("GET", "/trail?book=words")["items"]
    assert [(each["subject"], each["before"], each["after"]) for each in items] == [
        ("某处", {"text": "甲"}, {"text": "乙"})
    ]
    assert reader.ask("GET", "/trail?words=某处")["items"]
    assert reader.ask("GET", "/trail?since=2999-01-01")["items"] == []
    reader.ask("GET", "/trail?entity=other-office", status=404)


@pytest.fixture
def published(district, tmp_path) -> Publication:
    content = b"<p>1</p>"
    folder = tmp_path / "published" / "own" / "2021" / "v1"
    folder.mkdir(parents=True)
    (folder / "report.html").write_bytes(content)
    entry = {"path": "report.html", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return Publication.objects.create(
        entity=district.own.department,
        year=2021,
        edition="national_fy2021",
        version=1,
        published_on=date(2022, 9, 1),
        document_sha256="0" * 64,
        manifest={"files": [entry]},
        folder="published/own/2021/v1",
    )


def test_published_files_are_for_everybody_and_proved(client, published, tmp_path):
    """Without a token; a changed file is refused."""
    found = client.get("/api/v1/publications?entity=own&year=2021").json()["items"]
    assert [each["id"] for each in found] == [published.pk]
    whole = client.get(f"/api/v1/publications/{published.pk}").json()
    assert [file["path"] for file in whole["files"]] == ["report.html"]
    address = f"/api/v1/publications/{published.pk}/file?path=report.html"
    answer = client.get(address)
    assert answer.content == b"<p>1</p>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"/api/v1/publications/{published.pk}/file?path=../../../../x").status_code == 404
    (tmp_path / published.folder / "report.html").write_bytes(b"<p>2</p>")
    refused = client.get(address)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == "frozen_file_changed"


def test_an_upload_that_is_too_large_or_no_report_is_refused(programs, settings, district):
    """413 and 422, each saying what to do."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    refused = programs["accountant"].prepare(VOUCHER | {"summary": "长" * 100}, status=413)
    assert refused["problems"][0]["code"] == "too_large"
    secret = token_for(district.people["accountant"])
    for name, content in (("程序.exe", b"MZ"), ("决算.pdf", b"<html>"), ("空.txt", b"")):
        answer = Client().post(
            "/api/v1/audits",
            {"reports": SimpleUploadedFile(name, content)},
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "upload-key"},
        )
        assert answer.status_code == 422, name
        assert answer.json()["problems"][0]["remedy"]
    assert not Job.objects.exists()


REPORT = """示例局2021年度部门决算

2021年度收入合计100.00万元，其中：财政拨款收入90.00万元，占本年收入59.0%；其他收入10.00万元，占本年收入10.0%。
"""


@pytest.mark.django_db(transaction=True, databases=["default", "jobs"])
def test_a_report_is_audited_by_a_job(district):
    """Handed over once for a key, done by the worker, its findings read by who asked."""
    person = district.people["accountant"]
    secret = token_for(person)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "upload-key-1"}
    for _ in range(2):
        report = SimpleUploadedFile("决算.txt", REPORT.encode())
        answer = Client().post("/api/v1/audits", {"reports": report}, headers=headers)
        assert answer.status_code == 200, answer.content.decode()
    number = Job.objects.get().pk
    program = Program(person)
    assert program.ask("GET", f"/audits/{number}")["audits"] == []
    work(once=True)
    told = program.ask("GET", f"/audits/{number}")
    assert told["job"]["state"] == "done"
    assert any(finding["rule"] == "share" for finding in told["audits"][0]["findings"])
    assert program.ask("GET", "/jobs")["items"][0]["id"] == number
    assert program.ask("POST", f"/jobs/{number}/cancel")["state"] == "done"
    stranger = Program(district.people["section"])
    stranger.ask("GET", f"/jobs/{number}", status=404)
    assert Token.objects.count() == 3


def handed_over(secret, key, *names, **more):
    """Reports sent to be audited; the answer."""
    stated = {"reports": [SimpleUploadedFile(name, REPORT.encode()) for name in names], **more}
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    return Client().post("/api/v1/audits", stated, headers=headers)


@pytest.mark.django_db(transaction=True, databases=["default", "jobs"])
@pytest.mark.parametrize("together", [False, True])
def test_several_reports_are_audited_alone_or_together(district, together):
    """One job, an audit a report, in the order in which they were sent."""
    person = district.people["accountant"]
    answer = handed_over(token_for(person), "several-reports", "甲.txt", "乙.txt", together=together)
    assert answer.status_code == 200, answer.content.decode()
    job = Job.objects.get()
    assert (job.kind, job.payload["together"]) == ("audit_many", together)
    work(once=True)
    told = Program(person).ask("GET", f"/audits/{job.pk}")
    assert told["job"]["state"] == "done", told["job"]
    assert [audit["path"] for audit in told["audits"]] == ["甲.txt", "乙.txt"]


@pytest.mark.django_db
def test_one_report_is_held_against_last_years(district):
    """As on the page: the other files go with one report, and their names are known to the job."""
    secret = token_for(district.people["accountant"])
    prior = SimpleUploadedFile("上年.txt", REPORT.encode())
    assert handed_over(secret, "with-prior-1", "甲.txt", prior=prior).status_code == 200
    job = Job.objects.get()
    assert (job.kind, job.payload["prior"]) == ("audit", "上年.txt")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("names", "more", "said"),
    [
        (["甲.txt"], {"together": True}, "互相核对需要两份以上的报告"),
        (["甲.txt", "乙.txt"], {"prior": "上年.txt"}, "上年报告只用于一份报告"),
    ],
)
def test_what_does_not_go_together_is_refused(district, names, more, said):
    """Nothing is started."""
    more = {
        name: SimpleUploadedFile(value, REPORT.encode()) if name == "prior" else value
        for name, value in more.items()
    }
    answer = handed_over(token_for(district.people["accountant"]), "does-not-fit", *names, **more)
    assert answer.status_code == 422
    assert said in str(answer.json())
    assert not Job.objects.exists()
