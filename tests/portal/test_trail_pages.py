"""The trail on the screen: filters, differences, scope, export, proof."""

from __future__ import annotations

import csv
import io

import pytest
from django.apps import apps

from mingzhang.portal.words import FIELD_NAMES
from mingzhang.records.looking import trail as looking
from mingzhang.records.models import Job, TrailEntry
from mingzhang.records.trail import record
from mingzhang.records.trail.kept import KEPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(district):
    """A change of one's own, one of a neighbour, one of nobody's."""
    office = district.own.office
    record(
        "words",
        "修改变动原因",
        "公务接待费",
        entity=office,
        before={"text": "减少接待", "lines": [1, 2]},
        after={"text": "压减接待", "lines": [1, 3]},
        reason="按批示",
    )
    record("budget", "下达", "预算一行", entity=office, after={"fen": 500})
    record("words", "修改变动原因", "他局的", entity=district.other.office, after={"text": "秘密"})
    record("people", "登录", "某人")
    return district


def text_of(client, query="") -> str:
    return client.get(f"/trail/{query}").content.decode()


def test_a_change_shows_what_it_moved_and_nothing_else(logged_in, entries):
    """Before and after side by side, only where they differ, in Chinese."""
    page = text_of(logged_in("reviewer"))
    assert "<del>减少接待</del><ins>压减接待</ins>" in page
    assert "<del>2</del><ins>3</ins>" in page
    assert "2 项变动" in page
    assert "按批示" in page


def test_nobody_sees_the_trail_of_others(logged_in, entries):
    """Neither a neighbour's entries nor those of the installation, unless one may look at all."""
    client = logged_in("finance_head")
    page = text_of(client)
    assert "他局的" not in page
    assert "某人" not in page
    assert client.get("/trail/?entity=other-office").status_code == 404
    assert b"\xe7\xa7\x98\xe5\xaf\x86" not in b"".join(client.get("/trail/export.csv").streaming_content)
    person = entries.people["inspector"]
    person.grants.create(role="inspector", entity=entries.other.department)
    page = text_of(logged_in("inspector"))
    assert "他局的" in page
    assert "某人" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?book=budget", "预算一行", "公务接待费"),
        ("?words=接待", "公务接待费", "预算一行"),
        ("?words=批示", "公务接待费", "预算一行"),
        ("?action=下达", "预算一行", "公务接待费"),
        ("?entity=own-office&book=words", "公务接待费", "预算一行"),
        ("?actor=没有的人", "没有这样的留痕", "预算一行"),
        ("?since=2999-01-01", "没有这样的留痕", "预算一行"),
        ("?until=2000-01-01", "没有这样的留痕", "预算一行"),
        ("?since=nonsense&before=x", "预算一行", "没有这样的留痕"),
    ],
)
def test_the_trail_is_found_by_what_people_ask_for(logged_in, entries, query, shown, hidden):
    """Each filter alone; what cannot be understood counts as not asked."""
    page = text_of(logged_in("reviewer"), query)
    assert shown in page
    assert hidden not in page


def test_pages_follow_each_other_without_a_gap(logged_in, entries):
    """Every entry once, the newest first."""
    for number in range(60):
        record("budget", "下达", f"第{number:02d}行", entity=entries.own.office)
    client = logged_in("reviewer")
    first = text_of(client, "?book=budget")
    assert "第59行" in first
    assert "第09行" not in first
    before = TrailEntry.objects.get(subject="第10行").pk
    assert f"before={before}" in first
    second = text_of(client, f"?book=budget&before={before}")
    assert "第09行" in second
    assert "第10行" not in second


def test_a_search_reads_a_window_and_says_so(logged_in, entries, monkeypatch):
    """A rare word in a long trail does not hold up the others; the search goes on where asked."""
    for number in range(30):
        record("budget", "下达", f"第{number:02d}行", entity=entries.own.office)
    monkeypatch.setattr(looking, "WINDOW", 10)
    client = logged_in("reviewer")
    page = text_of(client, "?words=接待")
    assert "公务接待费" not in page
    assert "继续往前查找" in page
    found, before = "", None
    for _ in range(6):
        answer = client.get("/trail/", {"words": "接待", **({"before": before} if before else {})})
        found += answer.content.decode()
        before = looking.trail_page(
            looking.Access(entries.people["reviewer"]), looking.Asked(words="接待"), before
        ).before
        if before is None:
            break
    assert "公务接待费" in found


def test_the_export_is_guarded_and_recorded(logged_in, entries):
    """No cell is a formula for a spreadsheet; who took it stands in the trail."""
    record("budget", "下达", "=HYPERLINK(1)", entity=entries.own.office, after={"text": "+1"})
    answer = logged_in("reviewer").get("/trail/export.csv?entity=own-office")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == "时间"
    subjects = {row[6] for row in rows[1:]}
    assert {"'=HYPERLINK(1)", "公务接待费"} <= subjects
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    entry = TrailEntry.objects.get(action="导出留痕")
    assert entry.actor == "复核甲"


def test_a_whole_trail_is_proved_and_a_changed_one_is_named(logged_in, entries):
    """The button says what was proved; tampering is shown with its place."""
    client = logged_in("reviewer")
    answer = client.post("/trail/verify/", {"entity": "own-office"}, follow=True)
    assert "内容未被改动" in answer.content.decode()
    TrailEntry.objects.filter(subject="公务接待费").update(actor="别人")
    page = client.post("/trail/verify/", {"entity": "own-office"}).content.decode()
    assert "内容被改动" in page
    assert "示例局本级" in page
    assert client.get("/trail/verify/").status_code == 404


def test_everything_is_proved_by_a_job_of_who_may_look_at_all(logged_in, entries):
    """Not by who sees one department only."""
    client = logged_in("inspector")
    client.post("/trail/verify/", {"all": "1", "key": "k" * 32})
    assert not Job.objects.exists()
    entries.people["inspector"].grants.create(role="inspector", entity=entries.other.department)
    client.post("/trail/verify/", {"all": "1", "key": "k" * 32})
    assert Job.objects.get().kind == "verify"


@pytest.mark.parametrize("kind", KEPT)
def test_every_field_that_the_trail_tells_has_a_chinese_name(kind):
    """Whatever a kept record says is shown in words."""
    fields = apps.get_model(KEPT[kind].app, kind)._meta.concrete_fields
    assert not [field.name for field in fields if field.name != "id" and field.name not in FIELD_NAMES]
