"""Administration: people with their grants and tokens, the organisation, reference lists, the state of the system, backups."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingzhang.records.administration.entities import version_of
from mingzhang.records.models import Entity, Grant, Job, Token, TrailEntry, User, Voucher
from mingzhang.records.verifying import verify_books
from records.bookkeeping import accept, book

pytestmark = pytest.mark.django_db

BACKEND = "mingzhang.portal.login.ActiveUsers"


@pytest.fixture
def admin(logged_in):
    return logged_in("administrator")


@pytest.fixture
def person(district) -> User:
    return district.people["accountant"]


def step(client, person, taken, /, **stated):
    version = stated.pop("version", User.objects.get(pk=person.pk).version)
    return client.post(
        reverse("person_step", kwargs={"number": person.pk, "step": taken}), {"version": version, **stated}
    )


def secret_of(answer) -> str:
    return re.search(r'class="secret">([^<]+)<', answer.content.decode())[1]


def added(admin, username="xinren", name="新人") -> tuple[User, str]:
    answer = admin.post("/administration/people/", {"username": username, "name": name, "section": "财务科"})
    assert answer.status_code == 200
    return User.objects.get(username=username), secret_of(answer)


def test_a_person_is_added_with_a_password_that_works_once(admin):
    """The password is shown once, kept nowhere, and must be changed before anything else."""
    person, password = added(admin)
    assert password not in str(TrailEntry.objects.values_list("after", flat=True))
    client = Client()
    client.post("/login/", {"username": person.username, "password": password})
    assert client.get("/desk/")["Location"] == "/password/"
    client.post("/password/", {"old": password, "new": "Another-2021!", "again": "Another-2021!"})
    assert client.get("/desk/").status_code == 200
    entry = TrailEntry.objects.get(action="建立用户")
    assert entry.after["username"] == "xinren"
    assert "password" not in entry.after


@pytest.mark.parametrize(
    ("username", "name"),
    [("accountant", "重名"), ("中文", "某"), ("ab", "某"), ("a" * 41, "某"), ("fine", " ")],
)
def test_a_name_that_cannot_be_is_refused_with_what_was_typed(admin, username, name):
    """Taken, in other letters, too short, too long, without a name."""
    answer = admin.post("/administration/people/", {"username": username, "name": name})
    assert answer.status_code == 422
    assert f'value="{username}"' in answer.content.decode()


def test_the_second_of_two_administrators_is_told(admin, person):
    """Whoever changes a person over an older version changes nothing."""
    seen = person.version
    assert step(admin, person, "change", name="张三", section="一科").status_code == 302
    answer = step(admin, person, "change", version=seen, name="李四", section="二科")
    assert answer.status_code == 422
    assert "李四" in answer.content.decode()
    assert User.objects.get(pk=person.pk).name == "张三"
    entry = TrailEntry.objects.get(action="修改用户")
    assert (entry.before["section"], entry.after["section"]) == ("", "一科")


def test_a_reset_password_ends_the_open_sessions(admin, logged_in, person):
    """And works once."""
    open_session = logged_in("accountant")
    assert open_session.get("/desk/").status_code == 200
    secret_of(step(admin, person, "reset"))
    assert open_session.get("/desk/")["Location"].startswith("/login/")
    assert User.objects.get(pk=person.pk).must_change_password


def test_who_leaves_is_out_at_once_and_stays_in_the_trail(admin, logged_in, person):
    """Deactivated, not deleted; and may be taken back."""
    open_session = logged_in("accountant")
    step(admin, person, "deactivate")
    assert open_session.get("/desk/")["Location"].startswith("/login/")
    assert User.objects.filter(pk=person.pk, is_active=False).exists()
    step(admin, person, "activate")
    assert User.objects.get(pk=person.pk).is_active


def test_grants_are_given_and_taken_with_their_entries(admin, district, person):
    """A grant shows in the trail of its entity."""
    step(admin, person, "grant", role="section", at="own-office")
    found = Grant.objects.get(user=person, role="section")
    step(admin, person, "revoke", number=found.pk)
    assert not Grant.objects.filter(pk=found.pk).exists()
    actions = list(
        TrailEntry.objects.filter(chain__name="own-office/organisation").values_list("action", flat=True)
    )
    assert actions == ["授权", "收回授权"]


def test_nobody_grants_themselves_a_role_that_approves(admin, district):
    """Neither review nor approval nor more administration; a role that only looks is harmless."""
    own = district.people["administrator"]
    for role in ("reviewer", "approver", "confidentiality", "finance_head", "administrator"):
        step(admin, own, "grant", role=role, at="own-office")
        assert not Grant.objects.filter(user=own, role=role, entity__code="own-office").exists()
    step(admin, own, "grant", role="inspector", at="own-office")
    assert Grant.objects.filter(user=own, role="inspector").exists()


def test_the_last_administrator_stays(admin, district):
    """Neither revoked nor deactivated, until there is another."""
    own = district.people["administrator"]
    only = Grant.objects.get(user=own, role="administrator")
    step(admin, own, "revoke", number=only.pk)
    assert Grant.objects.filter(pk=only.pk).exists()
    second, _ = added(admin)
    step(admin, second, "grant", role="administrator", at="own")
    other = Client()
    other.force_login(User.objects.get(pk=second.pk), backend=BACKEND)
    User.objects.filter(pk=second.pk).update(must_change_password=False)
    step(other, own, "deactivate")
    assert not User.objects.get(pk=own.pk).is_active
    step(other, second, "deactivate")
    assert User.objects.get(pk=second.pk).is_active


def test_an_administrator_reaches_only_the_own_departments(admin, district):
    """People, entities and backups of others are out of reach, whatever is posted."""
    stranger = User.objects.create_user("stranger", "Sufficient-2021", "他局会计")
    Grant.objects.create(user=stranger, role="accountant", entity=district.other.department)
    for name, stated in (("reset", {}), ("deactivate", {}), ("change", {"name": "改"}), ("unlock", {})):
        step(admin, stranger, name, **stated)
    stranger.refresh_from_db()
    assert stranger.is_active
    assert stranger.check_password("Sufficient-2021")
    assert stranger.name == "他局会计"
    mine = district.people["accountant"]
    step(admin, mine, "grant", role="accountant", at="other-office")
    assert not Grant.objects.filter(user=mine, entity__code="other-office").exists()
    assert admin.get("/administration/organisation/other-office/").status_code == 404
    assert "立即备份" not in admin.get("/administration/backup/").content.decode()
    admin.post("/administration/backup/", {"key": "k" * 32})
    assert not Job.objects.exists()


def test_a_lost_phone_is_replaced_by_another_administrator(admin, district, person):
    """Nobody takes away one's own second factor."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    for owner in (person, district.people["administrator"]):
        TOTPDevice.objects.create(user=owner, name="手机", confirmed=True)
        step(admin, owner, "remove_device")
    assert [device.user.username for device in TOTPDevice.objects.all()] == ["administrator"]


def test_an_entity_is_added_and_changed_over_the_version_seen(admin, district):
    """Its code stays; a second editor is told."""
    stated = {"name": "示例局新中心", "short_name": "", "kind": "institution", "parent": "own", "order": "3", "edition": "", "watermark": ""}  # fmt: skip
    assert admin.post("/administration/organisation/new/", {"code": "own-new", **stated}).status_code == 302
    page = admin.get("/administration/organisation/own-new/").content.decode()
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    changed = {**stated, "version": version, "name": "示例局某中心"}
    assert admin.post("/administration/organisation/own-new/", changed).status_code == 302
    again = admin.post("/administration/organisation/own-new/", {**changed, "name": "又一个"})
    assert again.status_code == 422
    assert "已被修改" in again.content.decode()
    assert Entity.objects.get(code="own-new").name == "示例局某中心"
    assert admin.post("/administration/organisation/new/", {"code": "own-new", **stated}).status_code == 422


def test_a_department_comes_with_its_eliminations_recorded(logged_in, district):
    """Both are in the trail; only an administrator of everything adds a department of its own."""
    stated = {"code": "third", "name": "三局", "kind": "department", "parent": "", "order": "9"}
    admin = logged_in("administrator")
    assert admin.post("/administration/organisation/new/", stated).status_code == 422
    Grant.objects.create(
        user=district.people["administrator"], role="administrator", entity=district.other.department
    )
    assert admin.post("/administration/organisation/new/", stated).status_code == 302
    names = set(TrailEntry.objects.filter(action="增设机构").values_list("chain__name", flat=True))
    assert names == {"third/organisation", "third-eliminations/organisation"}


def test_a_district_is_set_up_on_the_page(district, logged_in):
    """Who administers everything adds the government, puts departments with books under it, and lets the finance bureau oversee them."""
    admin, person = logged_in("administrator"), district.people["administrator"]
    Grant.objects.create(user=person, role="administrator", entity=district.other.department)
    accept(book(district.own.office, "V03", 1_000_00, on=date(2021, 8, 1), economic="30201"))
    stated = {"code": "qu", "name": "示例区人民政府", "kind": "government", "parent": "", "order": "0"}
    assert admin.post("/administration/organisation/new/", {**stated, "parent": "own"}).status_code == 422
    assert admin.post("/administration/organisation/new/", stated).status_code == 302
    government = Entity.objects.get(code="qu")
    assert Grant.objects.filter(user=person, role="administrator", entity=government).exists()
    for department in (district.own.department, district.other.department):
        moved = {
            "name": department.name, "kind": "department", "parent": "qu", "order": "1",
            "version": version_of(department),
        }  # fmt: skip
        assert admin.post(f"/administration/organisation/{department.code}/", moved).status_code == 302
    step(admin, district.people["bureau"], "grant", role="bureau", at="qu")
    page = logged_in("bureau").get("/district/?year=2021").content.decode()
    assert "示例局" in page
    assert "他局" in page
    for address in ("tables", "report", "publishing", "overview", "vouchers", "budgets"):
        assert logged_in("bureau").get(f"/e/qu/2021/{address}/").status_code in (200, 302, 404), address
    moved = {"name": "示例局", "kind": "department", "parent": "other", "order": "1"}
    version = version_of(Entity.objects.get(code="own"))
    assert admin.post("/administration/organisation/own/", {**moved, "version": version}).status_code == 422


def test_an_entity_with_books_keeps_its_kind_and_place(admin, district):
    """Figures of former years depend on both."""
    Voucher.objects.create(
        entity=district.own.office, year=2021, month=1, number="记-1", date="2021-01-05", summary="某事"
    )
    page = admin.get("/administration/organisation/own-office/").content.decode()
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    stated = {"version": version, "name": "示例局本级", "kind": "institution", "parent": "own", "order": "1"}
    answer = admin.post("/administration/organisation/own-office/", stated)
    assert answer.status_code == 422
    assert "不能再改" in answer.content.decode()


def test_a_token_is_shown_once_and_revoked(logged_in, district):
    """Only its SM3 is kept; scopes are among one's own rights, administration never."""
    client = logged_in("accountant")
    stated = {"name": "国库系统", "days": "30", "scopes": ["books.view", "voucher.prepare"]}
    secret = secret_of(client.post("/tokens/", stated))
    token = Token.objects.get()
    assert secret not in (token.digest, token.name)
    assert client.post("/tokens/", {**stated, "scopes": ["voucher.approve"]}).status_code == 422
    assert client.post("/tokens/", {**stated, "days": "367"}).status_code == 422
    admin = logged_in("administrator")
    assert admin.post("/tokens/", {**stated, "scopes": ["administer"]}).status_code == 422
    other = logged_in("reviewer")
    assert other.post(f"/tokens/{token.pk}/revoke/").status_code == 404
    client.post(f"/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "digest" not in TrailEntry.objects.get(action="建立接口令牌").after


def test_codes_and_editions_open_for_everybody(logged_in):
    """Searched by code or name, in a year."""
    client = logged_in("section")
    page = client.get("/codes/?list=economic&q=印刷费&year=2021").content.decode()
    assert "30202" in page
    assert "30201" not in page
    assert "资金结存" in client.get("/codes/?list=accounts&q=8001").content.decode()
    assert "204" in client.get("/codes/?q=公共安全&year=").content.decode()
    assert client.get("/codes/?list=unknown").status_code == 404
    assert "公开07表" in client.get("/editions/hubei_wuhan_fy2021/").content.decode()


def test_the_state_of_the_system_says_what_to_do(admin, settings, tmp_path, monkeypatch):
    """No secret is on the page."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    page = admin.get("/administration/system/").content.decode()
    assert "数据表" in page
    assert "还没有备份" in page
    assert str(settings.SECRET_KEY) not in page


def test_who_administers_everything_starts_and_takes_backups(
    admin, district, settings, tmp_path, monkeypatch
):
    """The job is started once for a key; a download is recorded; no name leads out of the folder."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    Grant.objects.create(
        user=district.people["administrator"], role="administrator", entity=district.other.department
    )
    for _ in range(2):
        admin.post("/administration/backup/", {"key": "k" * 32})
    assert [job.kind for job in Job.objects.all()] == ["backup"]
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "mingzhang-1.zip").write_bytes(b"PK")
    (tmp_path / "secret.zip").write_bytes(b"no")
    page = admin.get("/administration/backup/").content.decode()
    assert "mingzhang-1.zip" in page
    answer = admin.get("/administration/backup/mingzhang-1.zip")
    assert b"".join(answer.streaming_content) == b"PK"
    assert TrailEntry.objects.filter(action="下载备份", subject="mingzhang-1.zip").exists()
    for name in ("..%2Fsecret.zip", "%2e%2e%2fsecret.zip", "missing.zip"):
        assert admin.get(f"/administration/backup/{name}").status_code == 404


def test_what_administration_does_agrees_with_the_trail(admin, district, person):
    """`mingzhang verify` finds nothing of all this behind the trail's back."""
    from mingzhang.records.trail import content, record

    for entity in Entity.objects.all():
        record("organisation", "建立", entity.name, entity=entity, of=entity, after=content(entity))
    for user in User.objects.all():
        record("people", "建立", user.name, of=user, after=content(user, "password"))
    for each in Grant.objects.all():
        record("organisation", "授权", str(each), entity=each.entity, of=each, after=content(each))
    step(admin, person, "change", name="张三", section="一科")
    step(admin, person, "grant", role="section", at="own-office")
    step(admin, person, "revoke", number=Grant.objects.get(user=person, role="section").pk)
    step(admin, person, "reset")
    added(admin)
    stated = {"name": "新中心", "kind": "institution", "parent": "own", "order": "3"}
    admin.post("/administration/organisation/new/", {"code": "own-new", **stated})
    admin.post("/tokens/", {"name": "程序", "days": "30", "scopes": ["trail.view"]})
    admin.post(f"/tokens/{Token.objects.get().pk}/revoke/")
    assert [problem.in_chinese() for problem in verify_books(Counter())] == []
    User.objects.filter(pk=person.pk).update(name="偷改")
    assert [problem.code for problem in verify_books(Counter())]


def test_backups_and_proofs_run_as_jobs_and_agree_with_the_trail(admin, district, tmp_path, monkeypatch):
    """A backup is recorded so that a proof afterwards holds; a proof names what was changed behind the trail's back."""
    from django.apps import apps

    from mingzhang.records.jobs.kind import NotDoneError
    from mingzhang.records.jobs.kinds import KINDS
    from mingzhang.records.jobs.pulse import Pulse
    from mingzhang.records.trail.adopting import adopt

    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    adopt(apps)
    keeper = district.people["administrator"]
    made = Job.objects.create(kind="backup", title="备份", owner=keeper, key="b" * 32)
    for _ in range(2):
        held = KINDS["backup"].run(made, Pulse(made))
    assert held["tables"] > 20
    assert TrailEntry.objects.filter(action="备份", subject=held["file"]).count() == 1
    proof = Job.objects.create(kind="verify", title="核验", owner=keeper, key="v" * 32)
    told = KINDS["verify"].run(proof, Pulse(proof))
    assert told["differing"] == 0
    User.objects.filter(pk=keeper.pk).update(name="偷改")
    with pytest.raises(NotDoneError) as refused:
        KINDS["verify"].run(proof, Pulse(proof))
    assert "偷改" in refused.value.problems[0].what
    proof.state, proof.result = Job.State.DONE, told
    proof.save()
    assert "全部与留痕一致" in admin.get(f"/jobs/{proof.pk}/").content.decode()
    made.state, made.result = Job.State.DONE, held
    made.save()
    assert "下载备份" in admin.get(f"/jobs/{made.pk}/").content.decode()
