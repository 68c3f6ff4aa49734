"""Publishing: the checklist, the approval, the confidentiality review, three people, frozen versions and corrections."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from accounts_made import AT, make_ready
from django.utils import timezone

from mingzhang.records.live import live
from mingzhang.records.models import Disclosure, PeriodLock, Proposal, Publication, Reason, TrailEntry
from mingzhang.records.trail import canonical, sm3
from mingzhang.records.words import write
from mingzhang.write.manifest import verify_manifest

pytestmark = pytest.mark.django_db

PUBLISHING, VERSIONS = f"{AT}/publishing/", f"{AT}/versions/"
AMOUNT = "179000"


@pytest.fixture
def ready(district, tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    return make_ready(district)


def approve_budget(client, **other):
    """The finance bureau's approval, as entered."""
    row = Disclosure.objects.filter(year=2021).first()
    stated = {
        "version": row.version if row else 0,
        "number": "财库〔2022〕1号",
        "approved_on": timezone.localdate().isoformat(),
        "revenue": AMOUNT,
        "expenditure": AMOUNT,
        **other,
    }
    return client.post(f"{PUBLISHING}approval/", stated)


def review(client, district, **other):
    """The confidentiality review of what stands there now."""
    row = Disclosure.objects.filter(year=2021).first()
    content = live(district.own.department, 2021).fingerprint(district.own.department, "national_fy2022plus")
    stated = {
        "version": row.version if row else 0,
        "content": content,
        "result": "不涉及国家秘密，同意公开",
        **other,
    }
    return client.post(f"{PUBLISHING}confidentiality/", stated)


def take(client, step):
    proposal = Proposal.objects.get(kind="publication", state__in=Proposal.OPEN)
    return client.post(f"/proposals/{proposal.pk}/{step}/", {"version": proposal.version})


def publish(district, logged_in, note="", **approval):
    """All that has to be done, by five people."""
    approve_budget(logged_in("bureau"), **approval)
    review(logged_in("confidentiality"), district)
    answer = logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": f"k{note}", "note": note})
    assert answer.status_code == 302, answer.content.decode()
    take(logged_in("finance_head"), "review")
    take(logged_in("approver"), "approve")
    return Publication.objects.filter(entity=district.own.department).order_by("version").last()


def test_three_people_publish_a_frozen_version(ready, logged_in, tmp_path):
    """Files, manifest, digest, trail: what was approved is what stands there."""
    version = publish(ready, logged_in)
    assert version is not None, [p.result for p in Proposal.objects.all()]
    assert version.folder == "published/own/2021/v1"
    folder = tmp_path / version.folder
    names = {path.name for path in folder.iterdir()}
    assert {"fragment.html", "explanations.json", "manifest.json"} < names
    assert verify_manifest(folder / "manifest.json") == []
    assert version.sm3 == sm3(canonical(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))))
    assert version.published_on == timezone.localdate()
    assert TrailEntry.objects.filter(chain__name="own/publications", action="公开").exists()
    assert not list((tmp_path / "staging").iterdir())


def test_the_fragment_and_its_explanations_name_no_secret_project(ready, logged_in, tmp_path):
    """Nothing that the public may open."""
    folder = tmp_path / publish(ready, logged_in).folder
    texts = [
        path.read_text(encoding="utf-8") for path in (folder / "fragment.html", folder / "explanations.json")
    ]
    assert "服务经费" in texts[0]
    assert not [word for word in ("MIMA-1", "某密码设备") for text in texts if word in text]
    numbers = json.loads(texts[1])
    assert f'data-at="{len(numbers) - 1}"' not in texts[0].replace(f'data-at="{len(numbers)}', "") or numbers


@pytest.mark.parametrize("lacking", ["year", "words", "approval", "confidentiality"])
def test_whatever_is_lacking_stands_in_the_way(ready, logged_in, lacking):
    """Not submitted, with the reason on the page."""
    if lacking == "year":
        PeriodLock.objects.filter(entity=ready.own.centre).delete()
    if lacking == "words":
        reason = Reason.objects.first()
        now = live(ready.own.department, 2021).store.vocabulary
        write(ready.people["finance_head"], ready.own.department, 2021, reason.cell, "", "1", now)
    if lacking != "approval":
        approve_budget(logged_in("finance_head"))
    if lacking != "confidentiality":
        review(logged_in("confidentiality"), ready)
    answer = logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": "k"})
    assert answer.status_code == 422
    said = {
        "year": "还没有年结",
        "words": "尚未填写",
        "approval": "还没有登记财政部门的批复",
        "confidentiality": "还没有保密审查",
    }
    assert said[lacking] in answer.content.decode()
    assert not Proposal.objects.filter(kind="publication").exists()


def test_an_approval_of_other_amounts_blocks_until_it_is_explained(ready, logged_in):
    """The difference is shown to the fen."""
    head = logged_in("finance_head")
    approve_budget(head, revenue="179000.01")
    review(logged_in("confidentiality"), ready)
    page = head.get(PUBLISHING).content.decode()
    assert "批复179,000.01元，账簿179,000.00元，相差-0.01元" in page
    assert logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": "k"}).status_code == 422
    approve_budget(head, revenue="179000.01", explanation="批复按整数汇总")
    assert logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": "k"}).status_code == 302


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"number": " "}, "没有写批复文号"),
        ({"approved_on": "昨天"}, "批复日期没有填写或不对"),
        ({"approved_on": "2999-01-01"}, "批复日期没有填写或不对"),
        ({"revenue": "许多"}, "不是金额"),
        ({"expenditure": ""}, "没有写批复的收入或支出"),
        ({"version": "7"}, "已被修改"),
    ],
)
def test_an_approval_that_is_wrong_comes_back_as_typed(ready, logged_in, stated, said):
    """Nothing is kept, nothing typed is lost."""
    answer = approve_budget(logged_in("finance_head"), **stated)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "财库〔2022〕1号" in text or stated == {"number": " "}
    assert not Disclosure.objects.filter(approved_on__isnull=False).exists()


def test_a_change_after_the_review_makes_it_stale(ready, logged_in):
    """The review was of other words."""
    approve_budget(logged_in("finance_head"))
    review(logged_in("confidentiality"), ready)
    reason = Reason.objects.first()
    words = live(ready.own.department, 2021).store.vocabulary
    write(ready.people["finance_head"], ready.own.department, 2021, reason.cell, "另一个原因", "1", words)
    text = logged_in("confidentiality").get(PUBLISHING).content.decode()
    assert "审查之后内容又有变动" in text
    assert logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": "k"}).status_code == 422


def test_a_review_of_what_one_did_not_see_is_refused(ready, logged_in):
    """The fingerprint of the form is that of the content as it was opened."""
    answer = review(logged_in("confidentiality"), ready, content="0" * 64)
    assert answer.status_code == 422
    assert "重新看一遍" in answer.content.decode()
    assert not Disclosure.objects.filter(confidentiality_at__isnull=False).exists()


def test_nobody_approves_what_they_prepared_or_reviewed(ready, logged_in):
    """The finance head may do each step, but only one of them."""
    approve_budget(logged_in("bureau"))
    review(logged_in("confidentiality"), ready)
    head = logged_in("finance_head")
    head.post(f"{PUBLISHING}prepare/", {"key": "k"})
    for step in ("review", "approve"):
        take(head, step)
    assert Proposal.objects.get(kind="publication").state == "submitted"
    take(logged_in("reviewer"), "review")
    take(head, "approve")
    assert not Publication.objects.exists()
    take(logged_in("approver"), "approve")
    assert Publication.objects.count() == 1


def test_the_same_content_is_not_published_twice(ready, logged_in):
    """Nothing to correct."""
    publish(ready, logged_in)
    answer = logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": "again", "note": "再来"})
    assert answer.status_code == 422
    assert "与已公开的第1版相同" in answer.content.decode()


def test_a_correction_is_a_new_version_that_lists_what_moved(ready, logged_in):
    """Reason, figures and words, side by side; the first version stays as it was."""
    first = publish(ready, logged_in)
    before = Path(ready_home(first)).read_bytes()
    correct(ready)
    answer = logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": "x"})
    assert "没有写更正的原因" in answer.content.decode()
    second = publish(ready, logged_in, note="补记一张凭证", explanation="批复后补记")
    assert second.version == 2
    assert second.changes
    assert Path(ready_home(first)).read_bytes() == before
    text = logged_in("section").get(VERSIONS, {"before": 1, "now": 2}).content.decode()
    assert "补记一张凭证" in text
    assert '<td class="number">17.90万元</td><td class="number">18.00万元</td>' in text.replace(
        "\n", ""
    ).replace("  ", "")
    assert "<ins>" in text
    Path(ready_home(first)).write_text("<p>别的</p>", encoding="utf-8")
    spoiled = logged_in("section").get(VERSIONS, {"before": 1, "now": 2})
    assert spoiled.status_code == 200
    assert "文件与公开时的摘要不符" in spoiled.content.decode()


def ready_home(version):
    from mingzhang.records.database import home

    return home() / version.folder / "fragment.html"


def correct(district):
    """A voucher that was forgotten, and a reason put otherwise."""
    from records.bookkeeping import accept, book

    PeriodLock.objects.all().delete()
    accept(book(district.own.office, "V03", 1_000_00, on=date(2021, 8, 1), economic="30201"))
    from accounts_made import close_the_year, write_everything

    write_everything(district)
    close_the_year(district)


def test_files_of_a_version_are_served_and_nothing_beside_them(ready, logged_in, tmp_path):
    """Only what the manifest lists; no way out of the folder."""
    version = publish(ready, logged_in)
    (tmp_path / version.folder / "secret.txt").write_text("x", encoding="utf-8")
    client = logged_in("section")
    answer = client.get(f"{VERSIONS}1/fragment.html")
    assert answer.status_code == 200
    assert answer.content.startswith(b"<nav")
    assert client.get(f"{VERSIONS}1/manifest.json").status_code == 200
    for name in ("secret.txt", "../../../../etc/passwd", "..%2f..%2fbooks.sqlite3", "open-data", "x"):
        assert client.get(f"{VERSIONS}1/{name}").status_code == 404
    assert client.get(f"{VERSIONS}2/fragment.html").status_code == 404


def test_a_frozen_file_that_was_changed_is_not_served(ready, logged_in, tmp_path):
    """It is said instead."""
    version = publish(ready, logged_in)
    (tmp_path / version.folder / "fragment.html").write_text("<p>别的</p>", encoding="utf-8")
    answer = logged_in("section").get(f"{VERSIONS}1/fragment.html", follow=True)
    text = answer.content.decode()
    assert "文件与公开时的摘要不符" in text
    assert "别的" not in text


def test_a_full_disk_publishes_nothing(ready, logged_in, monkeypatch, tmp_path):
    """Refused in words; the proposal waits; no row, no folder."""
    from mingzhang.records.proposals import publication

    def full(made, final):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publication, "settle", full)
    assert publish(ready, logged_in) is None
    assert Proposal.objects.get(kind="publication").state == "reviewed"
    assert not (tmp_path / "published").exists()
    monkeypatch.undo()
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    take(logged_in("approver"), "approve")
    assert Publication.objects.count() == 1


def test_twenty_days_are_counted_from_the_approval(ready, logged_in):
    """预算法 第十四条."""
    day = timezone.localdate() - timezone.timedelta(days=25)
    approve_budget(logged_in("finance_head"), approved_on=day.isoformat())
    assert "已超5天" in logged_in("section").get(PUBLISHING).content.decode()
