"""A register handed over by a program: a job, its import, the rows that wait; who sees them."""

from __future__ import annotations

import pytest
from casework_made import LINE, invented_line, made
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from portal_tokens import token_for

from mingzhang.records.casework.models import ImportBatch, Record
from mingzhang.records.jobs.running import run
from mingzhang.records.models import Job

pytestmark = pytest.mark.django_db
ROWS = "事项,申请人·姓名,发生日期,所属街道社区\n补证,甲某,2023-03-01,990111001001\n没有的事项,乙某,2023-03-02,990111001001\n"
WHERE = f"/api/v1/casework/{LINE}/kinds/request/imports"


@pytest.fixture(autouse=True)
def _line(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    with invented_line():
        yield


def handed_over(person, rows: str = ROWS, query: str = "", key: str = "key-of-the-file"):
    person.must_change_password = False
    return Client().post(
        WHERE + query,
        {"file": SimpleUploadedFile("台账.csv", rows.encode())},
        headers={"Authorization": f"Bearer {token_for(person)}", "Idempotency-Key": key},
    )


def asked(person, path: str):
    person.must_change_password = False
    return Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token_for(person)}"})


def test_a_file_is_taken_in_by_a_job_whose_rows_can_be_asked():
    district = made()
    before = Record.objects.count()
    answer = handed_over(district.clerk)
    assert answer.status_code == 200, answer.content
    assert handed_over(district.clerk).json()["id"] == answer.json()["id"]
    job = Job.objects.get()
    assert Record.objects.count() == before
    run(job.key)
    number = asked(district.clerk, f"jobs/{job.pk}").json()["result"]["batch"]
    told = asked(district.clerk, f"casework/{LINE}/imports/{number}").json()
    assert (told["rows"], told["accepted"], told["rejected"]) == (2, 1, 1)
    (waiting,) = told["waiting"]
    assert waiting["row"] == 3
    assert "没有的事项" in waiting["problems"][0]["what"]
    assert Record.objects.count() == before + 1
    assert asked(district.clerk, f"casework/{LINE}/imports/{number + 1}").status_code == 404


@pytest.mark.parametrize("name", ["office", "admin", "nobody"])
def test_who_does_not_register_neither_hands_over_nor_looks(name):
    district = made()
    handed_over(district.clerk)
    run(Job.objects.get().key)
    person = getattr(district, name)
    assert handed_over(person, key="another-key-of-it").status_code in (403, 404)
    assert asked(person, f"casework/{LINE}/imports/{ImportBatch.objects.get().pk}").status_code in (403, 404)
    assert Job.objects.count() == 1


def test_what_cannot_be_read_or_begun_is_refused_at_once():
    district = made()
    for rows, query, words in (
        ("", "", "空"),
        (ROWS, "?action=nothing", "没有说明怎样登记"),
        ("甲,乙\n1,2\n", "", "没有找到列名所在的行"),
    ):
        answer = handed_over(district.clerk, rows, query)
        assert answer.status_code == 422
        (problem,) = answer.json()["problems"]
        assert words in problem["what"]
        assert problem["where"] in ("台账.csv", "登记方式")
    assert not Job.objects.exists()
