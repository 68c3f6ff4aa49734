"""What keeps casework in check, by its pages: rules and days by two persons, sealed grants, small cells, the log of readings, files taken off."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from casework_made import address, client_of, invented_line, made
from django.core.files.uploadedfile import SimpleUploadedFile

from mingzhang.records.casework.models import ReadLog, SealedGrant, SettingChange
from mingzhang.records.casework.rules import rules
from mingzhang.records.verifying import verify_books

pytestmark = pytest.mark.django_db

RULE = "DR07-03"
STREET = "street_work"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    settings.SECOND_FACTOR = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def district(db):
    with invented_line():
        yield made()


@pytest.fixture
def street(db):
    """The invented line with sealed fields, a case of it, its officer and two heads."""
    from mingzhang.lines import read_lines
    from mingzhang.records.casework.lines import using
    from mingzhang.records.casework.opening import open_record
    from records.casework.helping import LIBRARY, key, make_district

    with using(read_lines(LIBRARY)):
        found = make_district()
        found.officer = _with_post("officer", "PUB", STREET)
        found.other_head = _with_post("other_head", "HEAD", "")
        fields = {"item": "救助", "person_name": "王小明", "verdict": "判二缓三"}
        on = date(2023, 5, 1)
        found.case = open_record(found.officer, f"{STREET}.help", fields, occurred_on=on, command_key=key())
        yield found


def _with_post(name: str, role: str, line: str):
    from mingzhang.records.casework.models import CasePost
    from mingzhang.records.models import User
    from mingzhang.records.trail import enter

    person = User(username=name, name=f"{name}君")
    person.set_unusable_password()
    enter([person])
    enter([CasePost(user=person, role=role, line=line, valid_from=date(2020, 1, 1))])
    return person


def problems() -> list[str]:
    return [problem.in_chinese() for problem in verify_books(Counter())]


def proposed(client, **more: str) -> str:
    """A new version of a rule by its form; the page that follows."""
    stated = {
        "amount": "9",
        "unit": "WD",
        "basis": "示例规定第一条",
        "sureness": "法",
        "valid_from": "2023-06-01",
    } | more
    return client.post(f"/casework/rules/{RULE}/", stated, follow=True).content.decode()


def test_a_rule_is_changed_by_two_persons_and_past_matters_keep_theirs(district):
    """The head proposes, another decides; from the day stated the new version holds, before it the old one."""
    other = _with_post("other_head", "HEAD", "")
    first, second = client_of(district.head), client_of(other)
    assert "等局领导或另一位系统管理员批准" in proposed(first)
    change = SettingChange.objects.get()
    decide = f"/casework/changes/{change.pk}/decide/"
    own = first.post(decide, {"do": "approve", "version": change.version}, follow=True).content.decode()
    assert "不能批准自己提出的变更" in own
    assert all(rule.rule_id != f"{RULE}+1" for rule in rules())
    assert (
        "已生效"
        in second.post(decide, {"do": "approve", "version": change.version}, follow=True).content.decode()
    )
    old, new = (
        rule for rule in rules() if rule.family == RULE and (rule.valid_to or date.max) >= date(2023, 5, 1)
    )
    assert (old.rule_id, old.valid_to) == (RULE, date(2023, 5, 31))
    assert (new.rule_id, new.amount, new.unit, new.valid_from) == (f"{RULE}+1", 9, "WD", date(2023, 6, 1))
    assert "9个工作日" in second.get(f"/casework/rules/{RULE}%2B1/").content.decode()
    again = second.post(decide, {"do": "approve", "version": change.version}, follow=True).content.decode()
    assert "修改" in again
    assert problems() == []


def test_a_deadline_started_later_runs_by_the_new_version(district):
    """By the matter's rule date: two records of one kind, either side of the day."""
    from mingzhang.records.casework.deadlines import begun

    before = district.cases["east"]
    proposed(client_of(district.head))
    change = SettingChange.objects.get()
    client_of(_with_post("other_head", "HEAD", "")).post(
        f"/casework/changes/{change.pk}/decide/", {"do": "approve", "version": 1}
    )
    assert begun(before, RULE, before.occurred_on).rule_id == RULE
    after = district.opened(district.clerk, on=date(2023, 7, 3), item="换证")
    assert begun(after, RULE, after.occurred_on).rule_id == f"{RULE}+1"


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"amount": "0"}, "期限不是正数"),
        ({"amount": "1e9"}, "期限不是正数"),
        ({"amount": "NaN"}, "期限不是正数"),
        ({"unit": "X"}, "没有选择单位"),
        ({"roll": "1"}, "工作日和小时不顺延"),
        ({"basis": " "}, "没有写明依据"),
        ({"sureness": "?"}, "没有选择依据是否核对"),
        ({"valid_from": ""}, "没有写从哪天起适用"),
        ({"valid_from": "2001-01-01"}, "适用日期不在这一版规则的适用期内"),
    ],
)
def test_a_wrong_version_of_a_rule_is_refused(district, stated, told):
    """Told what is wrong; nothing is kept."""
    assert told in proposed(client_of(district.head), **stated)
    assert not SettingChange.objects.exists()


def test_a_rule_is_marked_as_checked_without_another_version(district):
    """The same days, a surer basis: no new id, and the mark is gone for matters of any date."""
    rule = next(each for each in rules() if each.rule_id == RULE)
    same = {"amount": str(rule.amount), "unit": rule.unit, "valid_from": "", "basis": "核对过的条文"}
    assert rule.sureness != "法"
    proposed(client_of(district.head), **same, **({"roll": "1"} if rule.roll else {}))
    change = SettingChange.objects.get()
    client_of(_with_post("other_head", "HEAD", "")).post(
        f"/casework/changes/{change.pk}/decide/", {"do": "approve", "version": 1}
    )
    found = next(each for each in rules() if each.rule_id == RULE)
    assert (found.sureness, found.basis, found.valid_to) == ("法", "核对过的条文", rule.valid_to)


def test_a_change_is_sent_back_with_a_reason(district):
    """Without one it waits on; one's own is taken back alike."""
    client = client_of(district.head)
    proposed(client)
    decide = f"/casework/changes/{SettingChange.objects.get().pk}/decide/"
    assert "须写明理由" in client.post(decide, {"do": "refuse", "version": 1}, follow=True).content.decode()
    client.post(decide, {"do": "refuse", "version": 1, "reason": "写错"})
    assert SettingChange.objects.get().state == "refused"


def test_sealed_fields_are_opened_by_a_grant_given_on_the_page(street):
    """The head grants, the officer opens, the head ends it; each stands on the record's page and in the log."""
    head, officer = client_of(street.head), client_of(street.officer)
    assert (
        'action="' + address(street.case, "grants/") not in officer.get(address(street.case)).content.decode()
    )
    today = date.today()
    stated = {
        "user": "officer", "from_on": today.isoformat(), "to_on": (today + timedelta(days=5)).isoformat(), "reason": "核对释放证明",
    }  # fmt: skip
    assert (
        "已封存"
        in officer.post(
            address(street.case, "open/"), {"field": "verdict", "purpose": "checking"}, HTTP_HX_REQUEST="true"
        ).content.decode()
    )
    assert (
        "没有选择授权给谁"
        in head.post(
            address(street.case, "grants/"), stated | {"user": "nobody"}, follow=True
        ).content.decode()
    )
    assert (
        "31日以内"
        in head.post(
            address(street.case, "grants/"),
            stated | {"to_on": (today + timedelta(days=99)).isoformat()},
            follow=True,
        ).content.decode()
    )
    assert "授权中" in head.post(address(street.case, "grants/"), stated, follow=True).content.decode()
    assert (
        officer.post(
            address(street.case, "open/"), {"field": "verdict", "purpose": "checking"}, HTTP_HX_REQUEST="true"
        ).content.decode()
        == "判二缓三"
    )
    grant = SealedGrant.objects.get()
    end = address(street.case, f"grants/{grant.pk}/end/")
    assert officer.post(end, {"reason": "某"}).status_code in (302, 403)
    grant.refresh_from_db()
    assert grant.revoked_on is None
    assert "没有写明撤销的理由" in head.post(end, follow=True).content.decode()
    assert "已撤销" in head.post(end, {"reason": "已核对"}, follow=True).content.decode()
    assert head.post(end, {"reason": "再撤"}).status_code == 404
    assert [(log.privacy, log.user.username) for log in ReadLog.objects.all()] == [("P3", "officer")]
    assert problems() == []


def test_a_small_cell_is_told_by_the_heads_release_alone(street, monkeypatch):
    """少量 until the head releases it with a reason; the page names who did."""
    from mingzhang.records.casework import suppressing
    from mingzhang.records.casework.opening import open_record
    from records.casework.helping import key

    monkeypatch.setattr(suppressing, "LINES", frozenset({"97"}))
    fields = {"theme": "防骗", "attendance": 1}
    open_record(street.officer, f"{STREET}.talk", fields, occurred_on=date(2023, 5, 1), command_key=key())
    page = f"/casework/{STREET}/statistics/M97-03/"
    query = "?from=2023-01-01&to=2023-12-31"
    head, officer = client_of(street.head), client_of(street.officer)
    assert "现在对外写作：<b>少量</b>" in officer.get(page + query).content.decode()
    assert "批准公开的理由" not in officer.get(page + query).content.decode()
    refused = officer.post(f"{page}release/{query}", {"reason": "某"}, follow=True).content.decode()
    assert "只有局领导可以公开小数值" in refused
    assert "须写明理由" in head.post(f"{page}release/{query}", follow=True).content.decode()
    text = head.post(f"{page}release/{query}", {"reason": "已征得本人同意"}, follow=True).content.decode()
    assert "现在对外写作：<b>1</b>" in text
    assert "已征得本人同意" in text
    assert "head君" in text


def test_the_log_of_readings_is_the_auditors_and_ones_own(district):
    """Who, which record, which field, why; the auditor sees all and no business page, others their own."""
    clerk, second, auditor = (client_of(getattr(district, name)) for name in ("clerk", "second", "auditor"))
    case = district.cases["east"]
    for client, purpose in ((clerk, "handling"), (second, "service")):
        client.post(address(case, "open/"), {"field": "applicants.0.name", "purpose": purpose})
    text = auditor.get("/casework/reads/").content.decode()
    assert all(word in text for word in ("clerk君", "second君", "办理本件", "联系、送达", case.number))
    assert "王小明" not in text
    assert address(case) not in text
    own = clerk.get("/casework/reads/").content.decode()
    assert "clerk君" in own
    assert "联系、送达</td>" not in own
    assert address(case) in own
    assert "没有查阅记录" in auditor.get("/casework/reads/?q=无此人").content.decode()
    assert (
        "second君"
        not in auditor.get("/casework/reads/?purpose=办理本件").content.decode().split("<tbody>")[1]
    )
    assert client_of(district.nobody).get("/casework/reads/").status_code == 403


def test_a_file_is_taken_off_with_a_reason_and_the_course_tells_it(district):
    """Without a reason it stays; taken off it is listed no more, sent to nobody, and told in the course."""
    clerk, case = client_of(district.clerk), district.cases["east"]
    clerk.post(address(case, "attachments/"), {"file": SimpleUploadedFile("证明.txt", "示例".encode())})
    row = case.attachments.get()
    off = address(case, f"attachments/{row.pk}/remove/")
    assert "须写明理由" in clerk.post(off, follow=True).content.decode()
    assert clerk.get(address(case, f"attachments/{row.pk}/")).status_code == 200
    text = clerk.post(off, {"reason": "传错文件"}, follow=True).content.decode()
    assert "移除附件" in text
    assert "还没有附件" in text
    assert clerk.get(address(case, f"attachments/{row.pk}/")).status_code == 404
    assert "已经移除" in clerk.post(off, {"reason": "再移"}, follow=True).content.decode()
    assert problems() == []


NEW_PAGES = {
    "reads/": {"clerk", "second", "head", "office", "east_jo", "west_jo", "lawyer", "unit_contact", "resident", "finance", "admin", "auditor"},
    "rules/": {"head"},
    f"rules/{RULE}/": {"head"},
    "changes/": {"head"},
    "days/": {"head"},
}  # fmt: skip
"""Which of the district's people open which page that is of no line."""


def test_pages_of_no_line_open_to_their_people_alone(district):
    """Everybody else is refused, by reading and by writing; nothing is changed by who may not."""
    people = ("clerk", "second", "head", "office", "east_jo", "lawyer", "unit_contact", "resident", "finance", "admin", "auditor", "nobody")  # fmt: skip
    for name in people:
        client = client_of(getattr(district, name))
        for page, allowed in NEW_PAGES.items():
            assert (client.get(f"/casework/{page}").status_code == 200) == (name in allowed), (name, page)
        if name != "head":
            assert client.post(f"/casework/rules/{RULE}/", {"amount": "1"}).status_code == 403
            assert client.post("/casework/changes/1/decide/", {"do": "approve"}).status_code == 403
    assert not SettingChange.objects.exists()
