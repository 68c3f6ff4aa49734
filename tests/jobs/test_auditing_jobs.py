"""Audits as jobs: what is kept of a report, alone, beside another, among many; files that cannot be read."""

import io
import json
from datetime import date

import pytest

from mingzhang import pipeline
from mingzhang.audit.accepted import accept, as_text
from mingzhang.records.jobs.starting import start
from mingzhang.records.jobs.worker import work
from mingzhang.records.proposals.kind import RefusedError
from read.pdf.made import typeset

RIGHT = "示例局2021年度部门决算\n2021年度收入总计100.00万元，支出总计100.00万元。\n"
WRONG = "示例局2021年度部门决算\n2021年度收入总计100.00万元。\n2021年度收入总计130.00万元。\n"
BROKEN = b"%PDF-1.7 broken"


def run(kind, files, owner=None, **payload):
    files = [(name, io.BytesIO(text if isinstance(text, bytes) else text.encode())) for name, text in files]
    job = start(kind, owner, None, payload, "k", "审核", files)
    work(once=True)
    job.refresh_from_db()
    return job


def test_anybody_may_have_a_report_audited(bureau, home):
    """The whole audit is kept under the name that its owner gave the file, with all that its page shows and the files to take."""
    job = run("audit", [("报告.txt", WRONG)])
    assert (job.state, job.problems) == ("done", [])
    kept = home / "audits" / str(job.pk)
    found = json.loads((kept / "audit.json").read_text(encoding="utf-8"))
    assert (found["path"], found["department"], found["year"]) == ("报告.txt", "示例局", 2021)
    assert (
        job.result["findings"]["error"] == sum(each["severity"] == "error" for each in found["findings"]) > 0
    )
    assert str(home) not in json.dumps(found) + (kept / "review.json").read_text(encoding="utf-8")
    assert job.result["coverage"]["facts"] == len(found["facts"])
    names = [name for shape in ("html", "xlsx", "docx", "json") for name in job.result["files"][shape]]
    assert sorted(names) == sorted(path.name for path in (kept / "files").iterdir())


def test_pages_of_a_pdf_are_kept_as_pictures(bureau, home):
    """One picture a page, for the page that shows findings where they stand."""
    job = run("audit", [("报告.pdf", typeset(f"{RIGHT}\n#pagebreak()\n{RIGHT}"))])
    assert (job.state, job.result["pages"], job.result["pictures"]) == ("done", 2, 2)
    pages = home / "audits" / str(job.pk) / "pages"
    assert {path.name: path.read_bytes()[:2] for path in pages.iterdir()} == {
        "1.jpg": b"\xff\xd8", "2.jpg": b"\xff\xd8",
    }  # fmt: skip


def test_a_report_is_held_against_its_former_draft(bureau, home):
    job = run("audit", [("新稿.txt", RIGHT), ("旧稿.txt", WRONG)], against="旧稿.txt")
    found = json.loads((home / "audits" / str(job.pk) / "audit.json").read_text(encoding="utf-8"))
    assert found["mended"]


def test_a_report_that_cannot_be_read_fails_with_the_reason(bureau, home):
    job = run("audit", [("坏.pdf", BROKEN)])
    assert job.state == "failed"
    assert job.problems[0]["where"].startswith("坏.pdf")
    kept = json.loads((home / "audits" / str(job.pk) / "audit.json").read_text(encoding="utf-8"))
    assert kept["error"]


def test_among_many_a_broken_file_hinders_no_other(bureau, home):
    job = run("audit_many", [("一.txt", RIGHT), ("坏.pdf", BROKEN), ("二.txt", WRONG)], owner=bureau.head)
    assert (job.state, job.progress.done, job.progress.total) == ("done", 3, 3)
    assert [each["path"] for each in job.result["audits"]] == ["一.txt", "坏.pdf", "二.txt"]
    assert [each["problem"] is None for each in job.result["audits"]] == [True, False, True]
    assert all((home / "audits" / str(job.pk) / str(n) / "audit.json").exists() for n in (1, 2, 3))


def test_reports_of_one_body_are_held_against_each_other(bureau, home):
    """Totals that the two state differently are findings of the first."""
    other = RIGHT.replace("100.00", "130.00")
    job = run("audit_many", [("一.txt", RIGHT), ("二.txt", other)], owner=bureau.head, together=True)
    assert (job.state, job.result["undone"], job.progress.done) == ("done", None, 2)
    assert [each["findings"]["error"] for each in job.result["audits"]] == [2, 0]


def test_a_child_that_ends_without_an_answer_is_told_of(bureau, home, monkeypatch):
    """Reports that cannot be audited together are audited alone, and it is said that they were."""
    monkeypatch.setattr("mingzhang.records.jobs.kinds.audit_many._MOST_TIMES", 0)
    job = run("audit_many", [("一.txt", RIGHT), ("二.txt", WRONG)], owner=bureau.head, together=True)
    assert job.state == "done"
    assert job.result["undone"]["code"] == "too_slow"
    assert [each["problem"] for each in job.result["audits"]] == [None, None]


def test_accepted_findings_are_set_aside(bureau, home):
    """The file that keeps acceptances is handed over with the report."""
    audit = pipeline.audit(WRONG)
    known = as_text([accept(audit, remark, "已核实", date(2022, 9, 1)) for remark in audit.remarks])
    job = run("audit", [("报告.txt", WRONG), ("认可.json", known)], accepted="认可.json")
    assert job.result["findings"] == {"error": 0, "warning": 0, "notice": 0}
    found = json.loads((home / "audits" / str(job.pk) / "audit.json").read_text(encoding="utf-8"))
    assert {each["reason"] for each in found["accepted"]} == {"已核实"}


def test_a_file_that_keeps_no_acceptances_is_told_of(bureau, home):
    job = run("audit", [("报告.txt", WRONG), ("认可.json", "{")], accepted="认可.json")
    assert (job.state, job.problems[0]["code"]) == ("failed", "unusable_acceptances")


def test_many_at_once_are_for_the_public_and_those_who_may_audit(bureau):
    """A person of the house needs the right; the public's pages count what they hand over."""
    with pytest.raises(RefusedError):
        run("audit_many", [("一.txt", RIGHT)], owner=bureau.keeper)
    assert run("audit_many", [("一.txt", RIGHT)]).state == "done"
