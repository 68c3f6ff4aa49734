"""Imports and jobs in the portal: handing over, preview, check, columns understood otherwise, taking in, problems, cancelling."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from imports.import_books import purchase, vouchers
from mingzhang.records.jobs.running import run
from mingzhang.records.models import ImportBatch, Job, Proposal, Reception, Statement, Voucher

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/e/own-office/2021/imports/"
VISITS = [
    ["接待日期", "接待人数", "接待费用（元）", "接待事由"],
    ["2021-03-01", 5, 320.5, "调研"],
    ["2021-04-01", 4, 100, "检查"],
]


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))


def workbook(rows, name="接待.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def handed_over(client, file, **stated):
    answer = client.post(HERE, {"file": file, "key": "k1", "kind": "", "of_year": "2021"} | stated)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    job = Job.objects.latest("pk")
    assert answer["Location"] == f"{HERE}{job.pk}/"
    return job


def finished(job):
    run(job.key)
    job.refresh_from_db()
    return job


def test_a_file_is_checked_shown_and_taken_in(logged_in, district):
    """Nothing is written before it is confirmed; the history names the person; the same file again says so."""
    client = logged_in("accountant")
    job = handed_over(client, workbook(VISITS))
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "2021-03-01" in page
    assert "写入账簿" not in page
    finished(job)
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "核对了2行，没有错误" in page
    assert not Reception.objects.exists()
    answer = client.post(f"{HERE}{job.pk}/confirm/")
    taken = Job.objects.latest("pk")
    assert answer["Location"] == f"/jobs/{taken.pk}/"
    assert client.post(f"{HERE}{job.pk}/confirm/")["Location"] == f"/jobs/{taken.pk}/"
    finished(taken)
    assert Reception.objects.count() == 2
    assert "导入2行" in client.get(f"/jobs/{taken.pk}/").content.decode()
    history = client.get(HERE).content.decode()
    assert "接待.xlsx" in history
    assert "单位会计甲" in history
    again = finished(handed_over(client, workbook(VISITS, "另一个名字.xlsx"), key="k2"))
    if again.result["before"]:
        assert "导入过" in client.get(f"{HERE}{again.pk}/").content.decode()
    assert client.post(f"{HERE}{again.pk}/confirm/").status_code == 302
    finished(Job.objects.latest("pk"))
    assert Reception.objects.count() == 2


def test_a_file_of_facts_is_read_by_the_limited_child(logged_in, district):
    """A published JSON is checked and taken in like any other file."""
    fact = {
        "coordinate": "revenue@own-office/2021", "value": "1200", "fraction": None, "interval": None, "as_read": None,
        "provenance": {"kind": "workbook", "file": "表.xlsx", "sheet": "一", "cell": "B3"},
    }  # fmt: skip
    facts = {"schema": "mingzhang-facts", "schema_version": 1, "entities": [], "facts": [fact]}
    file = SimpleUploadedFile("公开数据.json", json.dumps(facts).encode())
    client = logged_in("accountant")
    job = finished(handed_over(client, file))
    assert (job.state, job.result["kind"], job.result["rows"]) == ("done", "facts-json", 1)
    assert "前几行" not in client.get(f"{HERE}{job.pk}/").content.decode()
    client.post(f"{HERE}{job.pk}/confirm/")
    finished(Job.objects.latest("pk"))
    (row,) = Statement.objects.all()
    assert (row.value, row.file, row.cell) == ("1200", "表.xlsx", "B3")
    nested = SimpleUploadedFile("坏.json", b"[" * 100_000)
    job = finished(handed_over(client, nested, key="k3"))
    assert job.state == "failed"
    assert "不是完整的 UTF-8 JSON" in job.problems[0]["what"]


def test_a_column_with_another_name_is_pointed_out_by_hand(logged_in, district):
    """The check lacks a column, the person says which it is, the check passes."""
    rows = [["日期", "来了几位", "费用", "公务内容"], *VISITS[1:]]
    client = logged_in("accountant")
    job = finished(handed_over(client, workbook(rows), kind="receptions"))
    assert job.state == "failed"
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "还缺必需的列：接待人数" in page
    client.post(
        f"{HERE}{job.pk}/again/",
        {"key": "k2", "kind": "receptions", "of_year": "2021",
         "header": ["日期", "来了几位", "费用", "公务内容"], "field": ["on", "guests", "spending_fen", "occasion"]},
    )  # fmt: skip
    job = finished(Job.objects.latest("pk"))
    assert (job.state, job.result["rows"]) == ("done", 2)


def test_a_column_taken_for_the_wrong_thing_may_be_left_out(logged_in, district):
    """What was guessed is not held on to."""
    client = logged_in("accountant")
    job = finished(handed_over(client, workbook(VISITS)))
    header = VISITS[0]
    client.post(
        f"{HERE}{job.pk}/again/",
        {"key": "k2", "kind": "receptions", "of_year": "", "header": header, "field": ["on", "guests", "spending_fen", ""]},
    )  # fmt: skip
    job = finished(Job.objects.latest("pk"))
    assert job.result["unused"] == ["接待事由"]


def test_bad_rows_are_listed_with_their_remedies_and_can_be_taken_away(logged_in, district):
    """All or nothing; the list of problems as a workbook."""
    rows = [VISITS[0], ["2021-03-40", 5, 1, "调研"], ["2021-04-01", "三", 1, "检查"]]
    client = logged_in("accountant")
    job = finished(handed_over(client, workbook(rows)))
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "不是存在的日期" in page
    assert "“三”不是人数" in page
    assert "写入账簿" not in page
    assert client.post(f"{HERE}{job.pk}/confirm/").status_code == 302
    assert Job.objects.count() == 1
    file = client.get(f"/jobs/{job.pk}/problems/download/")
    sheet = load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == [2, 3]


def test_vouchers_of_another_unit_are_refused(logged_in, district):
    """Who may import at the own office does not write into the other department's books."""
    header, *rows = vouchers(purchase())
    table = [["单位编码", *header], *(["other-office", *row] for row in rows)]
    job = finished(handed_over(logged_in("accountant"), workbook(table, "凭证.xlsx")))
    assert job.state == "failed"
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("程序.xlsx", b"MZ\x90\x00" + b"0" * 100, "内容却是程序"),
        ("网页.csv", b"\xef\xbb\xbf  <!DOCTYPE html><html></html>", "网页"),
        ("文档.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("表.exe", b"MZ", "不能导入“.exe”"),
        ("空.csv", b"", "0 字节"),
        ("坏.xlsx", b"PK\x03\x04" + b"\0" * 50, "损坏的压缩文件"),
        ("假.csv", b"PK\x03\x04" + b"\0" * 50, "损坏的压缩文件"),
    ],
)
def test_what_is_not_a_table_is_not_even_read(logged_in, district, name, content, said):
    """The message says what it is and what to do; no job begins and nothing is kept."""
    answer = logged_in("accountant").post(HERE, {"file": SimpleUploadedFile(name, content), "key": "k1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_a_form_without_a_file_is_told(logged_in, district):
    """422 with the remedy."""
    answer = logged_in("accountant").post(HERE, {"key": "k1"})
    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode()


def test_a_file_of_somebody_else_is_not_found(logged_in, district):
    """Nor its job, its problems, its cancelling; the administrator sees the job."""
    job = handed_over(logged_in("accountant"), workbook(VISITS))
    other = logged_in("reviewer")
    for address in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/progress/", f"/jobs/{job.pk}/problems/download/"):
        assert other.get(address).status_code == 404
    assert other.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    assert logged_in("administrator").get(f"/jobs/{job.pk}/").status_code == 200
    assert "接待.xlsx" in logged_in("administrator").get("/jobs/").content.decode()
    assert "接待.xlsx" not in other.get("/jobs/").content.decode()


def test_progress_is_asked_for_quietly_and_ends_by_itself(logged_in, district):
    """While it waits the part asks again each second; when it has ended the page is loaded anew."""
    client = logged_in("accountant")
    job = handed_over(client, workbook(VISITS))
    for address in (f"/jobs/{job.pk}/progress/", f"{HERE}{job.pk}/state/"):
        waiting = client.get(address)
        assert 'hx-trigger="every 1s"' in waiting.content.decode()
        assert '"X-Background"' in waiting.content.decode()
        assert "HX-Refresh" not in waiting.headers
    finished(job)
    for address in (f"/jobs/{job.pk}/progress/", f"{HERE}{job.pk}/state/"):
        ended = client.get(address)
        assert ended["HX-Refresh"] == "true"
        assert "hx-trigger" not in ended.content.decode()


def test_a_waiting_job_is_cancelled_at_once(logged_in, district):
    """And says so."""
    client = logged_in("accountant")
    job = handed_over(client, workbook(VISITS))
    assert client.get(f"/jobs/{job.pk}/cancel/").status_code == 404
    client.post(f"/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert "已取消" in client.get(f"/jobs/{job.pk}/").content.decode()


@pytest.mark.parametrize("kind", ["vouchers", "budgets", "vehicles", "staff", "projects", "nine-tables"])
def test_blank_files_are_handed_out(logged_in, district, kind):
    """An Excel workbook with the kind's columns."""
    answer = logged_in("accountant").get(f"{HERE}blank/{kind}/download/")
    assert answer.status_code == 200
    assert load_workbook(io.BytesIO(b"".join(answer.streaming_content))).sheetnames


def test_an_empty_blank_file_says_that_nothing_is_in_it(logged_in, district):
    """Handed over as it was handed out."""
    client = logged_in("accountant")
    content = b"".join(client.get(f"{HERE}blank/receptions/download/").streaming_content)
    job = finished(handed_over(client, SimpleUploadedFile("公务接待登记.xlsx", content)))
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "还没有填写" in page
    assert "写入账簿" not in page
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("kind", "result", "said"),
    [
        ("publish", {"version": 2, "changes": 3}, "第2版，与上一版相比有3处变动"),
        ("audit", {"audits": []}, "看核对结果"),
        ("audit_many", {"audits": []}, "看核对结果"),
    ],
)
def test_a_job_leads_to_what_came_of_it(logged_in, district, kind, result, said):
    """A published version, an audit: each to its own page."""
    owner, department = district.people["accountant"], district.own.department
    proposal = Proposal.objects.create(
        kind="publication", entity=department, year=2021, title="公开", key="p", prepared_by=owner
    )
    job = Job.objects.create(
        kind=kind, title="任务", owner=owner, entity=department,
        key=kind, state="done", payload={"proposal": proposal.pk, "version": 4}, result=result,
    )  # fmt: skip
    assert said in logged_in("accountant").get(f"/jobs/{job.pk}/").content.decode()


def test_a_failed_job_says_what_went_wrong(logged_in, district):
    """The problem with its remedy, where there is no result."""
    problem = {
        "code": "x",
        "what": "磁盘已满",
        "where": "数据文件夹",
        "remedy": "清理后重试。",
        "severity": "error",
    }
    job = Job.objects.create(
        kind="backup",
        title="备份",
        owner=district.people["accountant"],
        key="p",
        state="failed",
        problems=[problem],
    )
    text = logged_in("accountant").get(f"/jobs/{job.pk}/").content.decode()
    assert "磁盘已满" in text
    assert "清理后重试" in text
