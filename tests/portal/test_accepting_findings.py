"""Accepting a finding with its reason: silent until a figure changes, in the books and on the trail, taken back again."""

from __future__ import annotations

import json

import pytest
from accounts_made import AT, YEAR, make_ready
from django.core.files.uploadedfile import SimpleUploadedFile

from mingzhang.records.acceptances import acceptances_of
from mingzhang.records.draft_findings import draft_audit
from mingzhang.records.jobs.running import run
from mingzhang.records.live import live
from mingzhang.records.models import AcceptedFinding, Grant, Job, Reason, TrailEntry, User
from mingzhang.records.publication_checks import checklist
from mingzhang.records.publishing import edition_of
from mingzhang.records.words import write
from records.tampering import findings

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

REPORT = """示例局2021年度部门决算
五、财政拨款支出决算情况说明
2021年度财政拨款支出3369.44万元，主要用于以下方面：住房保障（类）支出239.14万元，占7.2%；卫生健康（类）支出102.64万元，占3.0%。
"""
WHY = "上年数已追溯调整，见附注三"


@pytest.fixture(autouse=True)
def _data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))


def audited(client, key, content=REPORT, **stated):
    """The review's address and the review as kept."""
    file = SimpleUploadedFile("决算.txt", content.encode())
    answer = client.post("/audits/", {"key": key * 32, "reports": file, **stated})
    assert answer.status_code == 302, answer.content.decode()
    run(key * 32)
    job = Job.objects.get(key=key * 32)
    assert job.state == Job.State.DONE, job.problems
    return job


def page_of(client, job):
    return client.get(f"/audits/{job.pk}/").content.decode()


def key_on(page):
    """The key of the first finding that may be accepted."""
    return page.partition('name="key" value="')[2].partition('"')[0]


def step(client, job, name, **sent):
    return client.post(f"/audits/{job.pk}/1/{name}/", sent)


class TestOfAFile:
    """Findings of an audited report."""

    def test_an_accepted_finding_is_silent_with_who_when_and_why(self, logged_in):
        """On its own page, in its count, and in the next audit with all its files."""
        client = logged_in("reviewer")
        job = audited(client, "a")
        page = page_of(client, job)
        assert '<li class="grade-error"><b>1</b>' in page
        answer = step(client, job, "accept", key=key_on(page), reason=WHY)
        assert answer.status_code == 302
        page = page_of(client, job)
        assert '<li class="grade-error"><b>0</b>' in page
        assert "已接受，不再列为问题" in page
        assert WHY in page
        assert "复核人员甲" in page or AcceptedFinding.objects.get().accepted_by.name in page
        assert "spot grade-accepted" in page
        entry = TrailEntry.objects.get(chain__name="own/acceptances")
        assert (entry.action, entry.reason) == ("接受", WHY)
        again = audited(client, "b")
        assert again.result["findings"]["error"] == 0
        page = page_of(client, again)
        assert "核对时已接受" in page
        assert WHY in page
        places = [f"/audits/{again.pk}/1/files/{number}/" for number in (1, 2, 3, 4)]
        taken = [b"".join(client.get(place).streaming_content) for place in places]
        told = next(json.loads(each) for each in taken if each.startswith(b"{"))
        assert told["findings"] == []
        assert told["accepted"][0]["reason"].startswith(f"{WHY}（")
        assert unproved() == []
        AcceptedFinding.objects.update(reason="另一个理由")
        assert unproved()

    def test_another_figure_and_it_speaks_again(self, logged_in):
        """239.14 of 3369.44 is not 7.3% either."""
        client = logged_in("reviewer")
        job = audited(client, "a")
        step(client, job, "accept", key=key_on(page_of(client, job)), reason=WHY)
        assert audited(client, "b", REPORT.replace("7.2%", "7.3%")).result["findings"]["error"] == 1

    def test_taken_back_it_speaks_again(self, logged_in):
        """On the page where it was accepted, and on that of an audit for which it was silent."""
        client = logged_in("reviewer")
        first = audited(client, "a")
        key = key_on(page_of(client, first))
        step(client, first, "accept", key=key, reason=WHY)
        second = audited(client, "b")
        assert step(client, second, "revoke", key=key).status_code == 302
        assert not AcceptedFinding.objects.exists()
        assert '<li class="grade-error"><b>1</b>' in page_of(client, first)
        assert "此后已撤销，重新核对时再列为问题" in page_of(client, second)
        assert audited(client, "c").result["findings"]["error"] == 1
        actions = TrailEntry.objects.filter(chain__name="own/acceptances").order_by("number")
        assert list(actions.values_list("action", flat=True)) == ["接受", "撤销接受"]
        assert unproved() == []

    @pytest.mark.parametrize(("reason", "said"), [(" ", "没有写接受的理由"), ("因" * 301, "理由超过300字")])
    def test_a_reason_is_needed(self, logged_in, reason, said):
        """Nothing is accepted without one."""
        client = logged_in("reviewer")
        job = audited(client, "a")
        step(client, job, "accept", key=key_on(page_of(client, job)), reason=reason)
        assert said in page_of(client, job)
        assert not AcceptedFinding.objects.exists()

    def test_who_may_not_accept_is_not_offered_to_and_refused(self, logged_in, district):
        """An accountant sees the finding; what the other department accepts is not silent here."""
        client = logged_in("accountant")
        job = audited(client, "a")
        page = page_of(client, job)
        assert "接受这条意见" not in page
        key = key_on(page_of(logged_in("reviewer"), job))
        assert step(client, job, "accept", key=key, reason=WHY).status_code == 403
        foreign = User.objects.create_user("foreign", "Sufficient-2021", "他局复核")
        Grant.objects.create(user=foreign, role="reviewer", entity=district.other.department)
        client.force_login(foreign, backend="mingzhang.portal.login.ActiveUsers")
        assert step(client, job, "accept", key=key, reason=WHY).status_code == 404
        theirs = audited(client, "b")
        step(client, theirs, "accept", key=key, reason=WHY)
        assert acceptances_of(theirs.entity)
        assert acceptances_of(district.own.department) == []
        assert '<li class="grade-error"><b>1</b>' in page_of(logged_in("reviewer"), job)

    def test_of_several_reports_each_has_its_own(self, logged_in):
        """The second report's review; a finding that is not there does not exist."""
        client = logged_in("reviewer")
        files = [SimpleUploadedFile(f"{name}.txt", REPORT.encode()) for name in "甲乙"]
        client.post("/audits/", {"key": "d" * 32, "reports": files})
        run("d" * 32)
        job = Job.objects.get(key="d" * 32)
        page = client.get(f"/audits/{job.pk}/2/").content.decode()
        assert client.post(f"/audits/{job.pk}/2/accept/", {"key": "x", "reason": WHY}).status_code == 404
        client.post(f"/audits/{job.pk}/2/accept/", {"key": key_on(page), "reason": WHY})
        assert '<li class="grade-error"><b>0</b>' in client.get(f"/audits/{job.pk}/2/").content.decode()
        client.post("/audits/", {"key": "e" * 32, "reports": [*map(_again, files)]})
        run("e" * 32)
        told = Job.objects.get(key="e" * 32).result["audits"]
        assert [each["findings"]["error"] for each in told] == [0, 0]

    def test_the_public_is_not_offered_to_accept(self, logged_in, client):
        """Checks of the public know no acceptance."""
        staff = logged_in("reviewer")
        job = audited(staff, "a")
        step(staff, job, "accept", key=key_on(page_of(staff, job)), reason=WHY)
        answer = client.post(
            "/check/", {"key": "f" * 32, "reports": SimpleUploadedFile("决算.txt", REPORT.encode())}
        )
        run("f" * 32)
        page = client.get(answer["Location"]).content.decode()
        assert '<li class="grade-error"><b>1</b>' in page
        assert "接受这条意见" not in page


def unproved():
    """What verifying the books says of acceptances; the rows of the fixtures have no trail."""
    return [each for each in findings() if "接受的核对意见" in each.what]


def _again(file):
    file.seek(0)
    return SimpleUploadedFile(file.name, file.read())


@pytest.fixture
def contradicting(district):
    """A draft whose reason states another total than its tables."""
    make_ready(district)
    head, department = district.people["finance_head"], district.own.department
    now = live(department, YEAR)
    reason = Reason.objects.filter(entity=department).order_by("pk").first()
    words = "2021年度基本支出10.90万元，占本年支出99.9%"
    write(head, department, YEAR, reason.cell, words, str(reason.version), now.store.vocabulary)
    return district


def errors_of(entity):
    found = draft_audit(live(entity, YEAR), entity, edition_of(entity))
    return [each for each in found.findings if each.remark.severity == "error"]


def audit_check(entity):
    return next(each for each in checklist(entity, YEAR, edition_of(entity)) if each.name == "audit")


class TestOfADraft:
    """Findings on one's own draft."""

    def test_what_is_proved_wrong_blocks_publishing_until_it_is_accepted(self, contradicting, logged_in):
        """Error while it stands, a notice with who and why once accepted, error again when taken back."""
        department = contradicting.own.department
        (wrong,) = errors_of(department)
        check = audit_check(department)
        assert (check.state, "要改正" in check.told) == ("error", True)
        client = logged_in("finance_head")
        page = client.get(f"{AT}/report/audit/").content.decode()
        assert "接受这条意见" in page
        sent = {"key": wrong.accepting.key, "reason": "百分比按另一口径"}
        assert client.post(f"{AT}/report/audit/accept/", sent).status_code == 302
        assert errors_of(department) == []
        check = audit_check(department)
        assert check.state != "error"
        assert "百分比按另一口径" in next(each.remedy for each in check.problems if each.severity == "notice")
        page = client.get(f"{AT}/report/audit/").content.decode()
        assert "已接受" in page
        assert "百分比按另一口径" in page
        assert unproved() == []
        client.post(f"{AT}/report/audit/revoke/", {"key": wrong.accepting.key})
        assert audit_check(department).state == "error"

    def test_a_publication_is_not_handed_over_with_a_proved_error(self, contradicting, logged_in):
        """The proposal's own checks refuse it, whatever the page offers."""
        answer = logged_in("accountant").post(f"{AT}/publishing/prepare/", {"key": "k", "note": ""})
        assert answer.status_code == 422
        assert errors_of(contradicting.own.department)[0].remark.message in answer.content.decode()

    def test_another_figure_and_it_blocks_again(self, contradicting, logged_in):
        """The acceptance is bound to the figures of its proof."""
        department, head = contradicting.own.department, contradicting.people["finance_head"]
        (wrong,) = errors_of(department)
        logged_in("finance_head").post(
            f"{AT}/report/audit/accept/", {"key": wrong.accepting.key, "reason": WHY}
        )
        reason = Reason.objects.filter(entity=department).order_by("pk").first()
        words = reason.text.replace("99.9%", "88.8%")
        write(
            head,
            department,
            YEAR,
            reason.cell,
            words,
            str(reason.version),
            live(department, YEAR).store.vocabulary,
        )
        assert len(errors_of(department)) == 1

    def test_what_is_no_longer_there_is_not_accepted(self, contradicting, logged_in):
        """Who was shown an older draft is told."""
        client = logged_in("reviewer")
        client.post(f"{AT}/report/audit/accept/", {"key": "gone", "reason": WHY})
        assert not AcceptedFinding.objects.exists()
        assert "已经不在了" in client.get(f"{AT}/report/").content.decode()

    def test_doubts_do_not_block(self, contradicting, logged_in):
        """A warning deserves a look and no more."""
        check = audit_check(contradicting.own.department)
        grades = {each.severity for each in check.problems}
        assert "error" in grades
        assert all(each.severity == "error" or not each.is_error for each in check.problems)
