"""Audits in the portal: handing over, what is refused, the review, who sees whose, the public's checks."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mingzhang.records.audits import forget_old_checks
from mingzhang.records.jobs.folders import audits, uploads
from mingzhang.records.jobs.running import run
from mingzhang.records.models import Grant, Job, User

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

KEY, OTHER_KEY = "a" * 32, "b" * 32
REPORT = """示例局2021年度部门决算
五、财政拨款支出决算情况说明
2021年度财政拨款支出3369.44万元，主要用于以下方面：住房保障（类）支出239.14万元，占7.2%；卫生健康（类）支出102.64万元，占3.0%。
"""
MENDED = REPORT.replace("7.2%", "7.1%")


@pytest.fixture(autouse=True)
def _data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))


def text_file(name="决算.txt", content=REPORT):
    return SimpleUploadedFile(name, content.encode())


def hand_over(client, address, key=KEY, **stated):
    return client.post(address, {"key": key, **stated})


def audited(client, address="/audits/", key=KEY, **stated):
    """Hand over, let the worker do its work, open the result."""
    answer = hand_over(client, address, key, **stated)
    assert answer.status_code == 302, answer.content.decode()
    run(key)
    return client.get(answer["Location"]).content.decode()


def test_a_report_is_audited_and_its_finding_shown_with_its_proof(logged_in):
    """The arithmetic, every figure of it, the repair, and the marks in the text."""
    page = audited(logged_in("accountant"), reports=text_file())
    assert "示例局2021年度 核对结果" in page
    assert "239.14万元÷3369.44万元" in page
    assert "7.2%改为7.1%" in page
    assert 'class="figure contradicted spot grade-error"' in page


def test_its_files_can_be_taken_in_every_format(logged_in):
    """A text report has no annotated PDF; the rest is there and opens."""
    client = logged_in("accountant")
    audited(client, reports=text_file())
    job = Job.objects.get()
    assert set(job.result["files"]) == {"html", "xlsx", "docx", "json"}
    taken = {}
    for place in range(1, 5):
        answer = client.get(f"/audits/{job.pk}/1/files/{place}/")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        taken[answer["Content-Type"]] = b"".join(answer.streaming_content)
    assert json.loads(taken["application/json"])["findings"]
    assert sum(zipfile.is_zipfile(io.BytesIO(content)) for content in taken.values()) == 2
    assert client.get(f"/audits/{job.pk}/1/files/5/").status_code == 404
    assert client.get(f"/audits/{job.pk}/2/files/1/").status_code == 404


def test_against_the_old_draft_it_says_what_was_mended(logged_in):
    """The wrong share is gone from the new version."""
    page = audited(logged_in("accountant"), reports=text_file(content=MENDED), against=text_file("旧稿.txt"))
    assert "已改" in page
    assert "7.2%已改为7.1%" in page


def test_several_reports_are_listed_with_their_findings(logged_in):
    """Each has its own review; one that cannot be read is named."""
    client = logged_in("accountant")
    broken = SimpleUploadedFile("坏.pdf", b"%PDF-1.7 nothing")
    page = audited(client, reports=[text_file(), broken])
    assert "决算.txt" in page
    assert "坏.pdf" in page
    assert '<td class="number">1</td>' in client.get("/audits/").content.decode(), "one error in all"
    job = Job.objects.get()
    assert "239.14万元÷3369.44万元" in client.get(f"/audits/{job.pk}/1/").content.decode()
    assert (
        "建议"
        not in client.get(f"/audits/{job.pk}/2/")
        .content.decode()
        .partition("<main")[2]
        .partition("problems")[0]
    )


def test_a_report_that_cannot_be_read_says_why(logged_in):
    """The problem stands on the page, with what to do."""
    page = audited(logged_in("accountant"), reports=SimpleUploadedFile("坏.pdf", b"%PDF-1.7 nothing"))
    assert 'class="problems"' in page


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({}, "没有选择报告"),
        ({"reports": text_file("决算.pdf")}, "扩展名是.pdf，内容却是纯文本"),
        ({"reports": SimpleUploadedFile("决算.docx", b"%PDF-1.7")}, "扩展名是.docx，内容却是PDF"),
        ({"reports": SimpleUploadedFile("决算.exe", b"MZ")}, "不认识的文件类型"),
        ({"reports": text_file(content="")}, "文件是空的"),
        ({"reports": [text_file(), text_file("二.txt")], "prior": text_file("三.txt")}, "只用于一份报告"),
        ({"reports": text_file(), "together": "1"}, "互相核对需要两份以上"),
        ({"reports": text_file(), "accepted": text_file("清单.txt")}, "不是认可记录文件"),
    ],
)
def test_what_is_not_fit_is_refused_with_a_remedy(logged_in, stated, told):
    """Nothing is started; the page says what to do."""
    for value in stated.values():
        for each in value if isinstance(value, list) else [value]:
            if hasattr(each, "seek"):
                each.seek(0)
    answer = hand_over(logged_in("accountant"), "/audits/", **stated)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Job.objects.exists()


def test_handing_over_twice_starts_one_audit(logged_in):
    """A second click finds the first."""
    client = logged_in("accountant")
    first = hand_over(client, "/audits/", reports=text_file())
    second = hand_over(client, "/audits/", reports=text_file())
    assert first["Location"] == second["Location"]
    assert Job.objects.count() == 1


def test_an_audit_of_another_department_does_not_exist(logged_in, district, client):
    """Neither its page nor its pictures nor its files; colleagues of the same department see it."""
    audited(logged_in("accountant"), reports=text_file())
    number = Job.objects.get().pk
    stranger = User.objects.create_user("stranger", "Sufficient-2021", "外人")
    Grant.objects.create(user=stranger, role="accountant", entity=district.other.department)
    client.force_login(stranger, backend="mingzhang.portal.login.ActiveUsers")
    for address in (
        f"/audits/{number}/",
        f"/audits/{number}/1/",
        f"/audits/{number}/1/files/1/",
        f"/audits/{number}/progress/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(f"/audits/{number}/cancel/").status_code == 404
    assert "决算.txt" not in client.get("/audits/").content.decode()
    assert logged_in("reviewer").get(f"/audits/{number}/").status_code == 200


def test_progress_asks_the_page_to_be_loaded_anew_at_the_end(logged_in):
    """Until then it tells where the audit stands."""
    client = logged_in("accountant")
    address = hand_over(client, "/audits/", reports=text_file())["Location"]
    waiting = client.get(f"{address}progress/")
    assert "排队中" in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    run(KEY)
    assert client.get(f"{address}progress/")["HX-Refresh"] == "true"


# -- the public ----------------------------------------------------------------------------------------------------------


def test_anybody_checks_a_report_and_finds_it_by_its_address_alone(client):
    """No login; another token finds nothing; staff's lists do not show it."""
    page = audited(client, "/check/", reports=text_file())
    assert "239.14万元÷3369.44万元" in page
    assert client.get(f"/check/{OTHER_KEY}/").status_code == 404
    assert client.get("/check/..%2Fx/").status_code == 404
    assert client.get(f"/check/{KEY}/")["Cache-Control"].startswith("max-age=0")


def test_a_check_is_not_found_among_the_audits_of_staff(client, logged_in):
    """It belongs to nobody."""
    audited(client, "/check/", reports=text_file())
    staff = logged_in("bureau")
    assert "决算.txt" not in staff.get("/audits/").content.decode()
    assert staff.get(f"/audits/{Job.objects.get().pk}/").status_code == 404


def test_ten_checks_an_hour_from_one_address_are_enough(client):
    """The eleventh is asked to wait; another address is not; no address is kept."""
    for number in range(10):
        assert hand_over(client, "/check/", f"{number:032x}", reports=text_file()).status_code == 302
    refused = hand_over(client, "/check/", "f" * 32, reports=text_file())
    assert refused.status_code == 422
    assert "一小时" in refused.content.decode()
    other = client.post("/check/", {"key": "e" * 32, "reports": text_file()}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302
    assert "192.0.2.7" not in json.dumps([job.payload for job in Job.objects.all()])


def test_a_check_is_gone_after_a_day_with_all_its_files(client):
    """The address finds nothing from then on; the worker removes the rest."""
    audited(client, "/check/", reports=text_file())
    job = Job.objects.get()
    folders = (uploads(job), audits(job))
    assert all(folder.is_dir() for folder in folders)
    assert forget_old_checks() == 0
    Job.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert client.get(f"/check/{KEY}/").status_code == 404
    assert forget_old_checks() == 1
    assert not any(folder.exists() for folder in folders)


def test_a_request_that_announces_too_much_is_refused_unread(client):
    """Before anything is kept."""
    answer = client.post(
        "/check/", {"key": KEY, "reports": text_file()}, CONTENT_LENGTH=str(71 * 1024 * 1024)
    )
    assert answer.status_code == 400
    assert "内容过大" in answer.content.decode()
