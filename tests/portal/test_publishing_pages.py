"""Publishing: the checklist, the approval, the confidentiality review, three people, frozen versions and corrections."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from accounts_made import AT, make_ready
from django.utils import timezone

from mingzhang.records.jobs.running import run
from mingzhang.records.live import live
from mingzhang.records.models import Disclosure, Job, PeriodLock, Proposal, Publication, Reason, TrailEntry
from mingzhang.records.trail import canonical, sm3
from mingzhang.records.words import write
from mingzhang.write.manifest import verify_manifest

pytestmark = pytest.mark.django_db(transaction=True)  # a worker's sign of life reads what was committed

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


def work_off():
    """What a worker does with the jobs that wait; the last one."""
    for job in Job.objects.filter(state="waiting"):
        run(job.key)
    return Job.objects.order_by("pk").last()


def publish(district, logged_in, note="", **approval):
    """All that has to be done, by five people and a worker."""
    approved(district, logged_in, note, **approval)
    work_off()
    return Publication.objects.filter(entity=district.own.department).order_by("version").last()


def approved(district, logged_in, note="", **approval):
    """Everything up to the approval."""
    approve_budget(logged_in("bureau"), **approval)
    review(logged_in("confidentiality"), district)
    answer = logged_in("accountant").post(f"{PUBLISHING}prepare/", {"key": f"k{note}", "note": note})
    assert answer.status_code == 302, answer.content.decode()
    take(logged_in("finance_head"), "review")
    answer = take(logged_in("approver"), "approve")
    assert answer["Location"] == f"/jobs/{Job.objects.order_by('pk').last().pk}/"
    return Proposal.objects.order_by("pk").last()


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
    assert not Job.objects.exists()
    take(logged_in("approver"), "approve")
    work_off()
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


def full(made, final):
    """As a disk without room."""
    raise OSError(28, "No space left on device")


@pytest.fixture
def failed(ready, logged_in, monkeypatch):
    """A publication that was approved and could not be written, and the way to make room again."""
    with monkeypatch.context() as disk:
        disk.setattr("mingzhang.records.proposals.publication.settle", full)
        proposal = approved(ready, logged_in)
        assert work_off().state == "failed"
    proposal.refresh_from_db()
    return proposal


def test_an_approval_is_answered_at_once_and_shown_while_a_job_publishes(ready, logged_in):
    """The request writes nothing; whoever opens the proposal sees that it is under way, and nobody can take it back."""
    proposal = approved(ready, logged_in)
    assert (proposal.state, Publication.objects.count()) == ("approved", 0)
    client = logged_in("section")
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "正在公开" in page
    progress = client.get(f"/proposals/{proposal.pk}/progress/")
    assert "正在公开" in progress.content.decode()
    assert "HX-Refresh" not in progress
    for role, step in (("accountant", "withdraw"), ("approver", "send_back"), ("approver", "retry")):
        logged_in(role).post(
            f"/proposals/{proposal.pk}/{step}/", {"version": proposal.version, "remark": "再看看"}
        )
    work_off()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.result) == ("done", {"version": 1, "changes": 0})
    assert client.get(f"/proposals/{proposal.pk}/progress/")["HX-Refresh"] == "true"
    actions = list(
        TrailEntry.objects.filter(key=f"Proposal:{proposal.pk}")
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert actions == ["起草", "提交", "复核", "审批", "公开"]


def test_an_approval_sent_twice_is_one_job_and_one_version(ready, logged_in):
    """A double click: both answers lead to the same job."""
    proposal = approved(ready, logged_in)
    again = logged_in("approver").post(
        f"/proposals/{proposal.pk}/approve/", {"version": proposal.version - 1}
    )
    assert again["Location"] == f"/jobs/{Job.objects.get().pk}/"
    work_off()
    assert Publication.objects.count() == 1


def test_a_full_disk_leaves_the_proposal_approved_and_says_so(failed, logged_in, tmp_path):
    """No row, no folder; the problem with its remedy; the approver may try again, others may not."""
    assert (failed.state, failed.approved_by.username) == ("approved", "approver")
    assert not Publication.objects.exists()
    assert not (tmp_path / "published").exists()
    page = logged_in("approver").get(f"/proposals/{failed.pk}/").content.decode()
    for words in (
        "已审批，还没有公开",
        "磁盘已满",
        "请系统管理员腾出磁盘空间",
        ">重试</button>",
        ">退回</button>",
    ):
        assert words in page
    assert ">重试</button>" not in logged_in("accountant").get(f"/proposals/{failed.pk}/").content.decode()
    assert failed.title in logged_in("approver").get("/desk/").content.decode()
    job = logged_in("approver").get(f"/jobs/{Job.objects.get().pk}/").content.decode()
    assert "磁盘已满" in job
    assert "到事项页重试或退回" in job


def test_what_failed_is_tried_again_once(failed, logged_in):
    """重试, twice clicked: another job, one version, recorded on the trail."""
    client = logged_in("approver")
    sent = {"version": failed.version}
    answers = [client.post(f"/proposals/{failed.pk}/retry/", sent)["Location"] for _ in range(2)]
    assert answers == [f"/jobs/{Job.objects.order_by('pk').last().pk}/"] * 2
    assert Job.objects.count() == 2
    assert work_off().state == "done"
    failed.refresh_from_db()
    assert (failed.state, Publication.objects.count()) == ("done", 1)
    assert TrailEntry.objects.filter(key=f"Proposal:{failed.pk}", action="重试").count() == 1


@pytest.mark.parametrize("role", ["accountant", "finance_head", "section", "administrator"])
def test_who_prepared_reviewed_or_may_not_approve_does_not_try_again(failed, logged_in, role):
    """The rules of the approval hold for the retry."""
    logged_in(role).post(f"/proposals/{failed.pk}/retry/", {"version": failed.version})
    assert Job.objects.count() == 1


def test_what_failed_may_be_sent_back(failed, logged_in):
    """It is corrected and goes through three hands again."""
    logged_in("approver").post(
        f"/proposals/{failed.pk}/send_back/", {"version": failed.version, "remark": "换一台机器再公开"}
    )
    failed.refresh_from_db()
    assert failed.state == "returned"


def test_books_that_change_between_approval_and_publication_stop_it(ready, logged_in):
    """What would be published is no longer what was reviewed: nothing is published, and it says why."""
    proposal = approved(ready, logged_in)
    reason = Reason.objects.first()
    words = live(ready.own.department, 2021).store.vocabulary
    write(ready.people["finance_head"], ready.own.department, 2021, reason.cell, "另一个原因", "1", words)
    job = work_off()
    assert (job.state, [each["code"] for each in job.problems]) == ("failed", ["confidentiality_stale"])
    proposal.refresh_from_db()
    assert (proposal.state, Publication.objects.count()) == ("approved", 0)
    logged_in("approver").post(f"/proposals/{proposal.pk}/retry/", {"version": proposal.version})
    assert Job.objects.count() == 1


def test_books_that_change_while_the_files_are_written_stop_it(ready, logged_in, monkeypatch, tmp_path):
    """The last look is taken in the transaction that records the version."""
    from mingzhang.records.proposals import publication

    proposal = approved(ready, logged_in)
    publish_it = publication.publish

    def with_a_change_meanwhile(*stated, recording, **more):
        def recorded():
            reason = Reason.objects.first()
            words = live(ready.own.department, 2021).store.vocabulary
            head = ready.people["finance_head"]
            write(head, ready.own.department, 2021, reason.cell, "另一个原因", "1", words)
            return recording()

        return publish_it(*stated, recording=recorded, **more)

    monkeypatch.setattr(publication, "publish", with_a_change_meanwhile)
    assert work_off().state == "failed"
    proposal.refresh_from_db()
    assert (proposal.state, Publication.objects.count()) == ("approved", 0)
    assert not (tmp_path / "published").exists()
    assert not list((tmp_path / "staging").iterdir())


def test_twenty_days_are_counted_from_the_approval(ready, logged_in):
    """预算法 第十四条."""
    day = timezone.localdate() - timezone.timedelta(days=25)
    approve_budget(logged_in("finance_head"), approved_on=day.isoformat())
    assert "已超5天" in logged_in("section").get(PUBLISHING).content.decode()
