"""Casework by its pages: registering, stepping, two persons, correcting, opening what is sealed, documents, files, figures, administration."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from casework_made import LINE, address, client_of, invented_line, made, yesterday
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = pytest.mark.django_db

NEW = f"/casework/{LINE}/records/request/new/"
ID = "11010519491231002X"
OTHER_ID = "110105199003078211"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    settings.SECOND_FACTOR = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with invented_line():
        yield


@pytest.fixture
def district(db):
    return made()


@pytest.fixture
def clerk(district):
    return client_of(district.clerk)


def filled(**more: str) -> dict[str, str]:
    """The form of a new request."""
    return {
        "key": "a-key-of-this-form",
        "f.occurred_on": "2023-03-05",
        "f.item": "换证",
        "f.area": "990111001001",
        "f.applicants.0.name": "李小红",
        "f.applicants.0.id_no": OTHER_ID,
        **more,
    }


def key_and_version(text: str, action: str) -> dict[str, str]:
    """The hidden fields of a step's form."""
    form = re.search(rf'action="[^"]*/do/{action}/".*?</form>', text, re.S)[0]
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', form)[1]
        for name in ("key", "version")
    }  # fmt: skip


def step(client, record, action: str, **stated: str):
    """Take a step by its form."""
    hidden = key_and_version(client.get(address(record)).content.decode(), action)
    sent = {"f.occurred_on": yesterday(), **{f"f.{name}": value for name, value in stated.items()}}
    return client.post(address(record, f"do/{action}/"), hidden | sent, follow=True)


def test_a_request_is_registered_by_its_form(clerk, district):
    """The record stands on its page: numbered, masked, with its deadline; sent twice it is one."""
    from mingzhang.records.casework.models import Record

    page = clerk.get(NEW).content.decode()
    assert "申请：收件" in page
    assert 'name="f.applicants.0.id_no"' in page
    before = Record.objects.count()
    answers = [clerk.post(NEW, filled(), follow=True) for _ in range(2)]
    assert Record.objects.count() == before + 1
    text = answers[0].content.decode()
    assert "窗〔2023〕" in text
    assert "李*：换证" in text
    assert "李小红" not in text
    assert OTHER_ID not in text
    assert "期限" in text
    assert "已超期" in text


def test_a_wrong_form_comes_back_whole_with_every_mistake(clerk):
    """All mistakes at once, each at its box; nothing typed is lost."""
    answer = clerk.post(NEW, filled(**{"f.item": "", "f.applicants.0.id_no": "11010519491231002Y"}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "没有填写“事项”" in text
    assert "号码" in text
    assert 'value="李小红"' in text
    assert len(re.findall(r'class="box[^"]*wrong', text)) == 2


def test_rows_are_added_and_taken_away_without_a_script(clerk):
    """The buttons of the form send it; what was typed stays; nothing is registered."""
    from mingzhang.records.casework.models import Record

    before = Record.objects.count()
    more = clerk.post(NEW, filled(more="f.applicants")).content.decode()
    assert 'name="f.applicants.1.name"' in more
    assert 'value="李小红"' in more
    less = clerk.post(
        NEW, filled(less="f.applicants.0", **{"f.applicants.1.name": "王大明"})
    ).content.decode()
    assert 'value="王大明"' in less
    assert 'value="李小红"' not in less
    assert Record.objects.count() == before


def test_a_step_is_taken_once_over_the_version_seen(clerk, district):
    """Held with a reason: the deadline is paused; the form that somebody else overtook is refused and says who."""
    record = district.cases["east"]
    stale = key_and_version(clerk.get(address(record)).content.decode(), "hold")
    text = step(clerk, record, "hold", reason="等鉴定结论").content.decode()
    assert "中止" in text
    assert "等鉴定结论" in text
    assert "已暂停计算" in text
    answer = client_of(district.second).post(
        address(record, "do/hold/"), stale | {"key": "another-key", "f.occurred_on": yesterday()}
    )
    assert answer.status_code == 422
    assert "clerk君" in answer.content.decode()


def test_why_a_step_is_not_allowed_stands_on_the_page(district):
    """A street sees what it may not do, and who may."""
    text = client_of(district.east_jo).get(address(district.cases["east"])).content.decode()
    assert "为什么其他步骤不能办" in text
    assert "请由法律援助中心办理" in text


def test_a_step_of_two_persons_waits_on_the_second_ones_desk(clerk, district):
    """Drafted by one, seen and approved by another; the drafter may only withdraw it."""
    record = district.cases["east"]
    text = step(clerk, record, "grant", fee="0").content.decode()
    assert "等待批准：准予" in text
    assert ">批准</button>" not in text
    assert "撤回" in text
    second = client_of(district.second)
    assert "clerk君提出：准予" in second.get(f"/casework/{LINE}/").content.decode()
    page = second.get(address(record)).content.decode()
    version = re.search(r'/draft/".*?name="version" value="(\d+)"', page, re.S)[1]
    done = second.post(
        address(record, "draft/"), {"do": "approve", "version": version, "key": "approving-it"}, follow=True
    )
    text = done.content.decode()
    assert "已批准" in text
    assert "决定书" in text
    record.refresh_from_db()
    assert (record.state, record.draft) == ("granted", {})


def test_a_step_whose_condition_fails_tells_what_is_missing_and_keeps_its_form(clerk, district):
    """The guard's words beside the form; posted without it, the page comes back with the step open."""
    record = district.cases["east"]
    page = clerk.get(address(record)).content.decode()
    assert "没有写明费用" in page
    hidden = key_and_version(page, "grant")
    answer = clerk.post(
        address(record, "do/grant/"), hidden | {"f.occurred_on": yesterday(), "f.facts": "证件被水浸坏"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "证件被水浸坏" in text
    assert re.search(r'<details class="step"[^>]* open>\s*<summary>准予', text)


def test_a_child_record_is_opened_by_its_step(clerk, district):
    """The objection's own fields stand in the step's form and make a record of its own, linked both ways."""
    record = district.cases["east"]
    step(clerk, record, "refuse", grounds="材料不实")
    page = clerk.get(address(record)).content.decode()
    assert 'name="c.grounds"' in page
    hidden = key_and_version(page, "object")
    clerk.post(
        address(record, "do/object/"),
        hidden | {"f.occurred_on": yesterday(), "c.grounds": "不服"},
        follow=True,
    )
    child = record.children.get()
    assert child.content["grounds"] == "不服"
    assert child.key in clerk.get(address(record)).content.decode()
    assert record.key in clerk.get(address(child)).content.decode()


def test_a_correction_changes_what_differs_and_tells_it(clerk, district):
    """With a reason only; sealed fields that were left blank stay as they are."""
    from mingzhang.records.casework.lines import kind_of_record
    from mingzhang.records.casework.views import values_of

    record = district.cases["east"]
    page = clerk.get(address(record, "correct/")).content.decode()
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("key", "version")}
    sent = hidden | {
        "f.item": "查档",
        "f.applicants.0.name": "",
        "f.applicants.0.id_no": "",
        "f.applicants.0.sex": "女",
    }
    refused = clerk.post(address(record, "correct/"), sent | {"reason": ""})
    assert refused.status_code == 422
    assert "更正须写明理由" in refused.content.decode()
    text = clerk.post(
        address(record, "correct/"), sent | {"reason": "登记时选错"}, follow=True
    ).content.decode()
    assert "登记时选错" in text
    assert "事项：查档" in text
    record.refresh_from_db()
    kept = values_of(record, kind_of_record(record))["applicants"][0]
    assert (kept["name"], kept["id_no"], record.content["item"]) == ("王小明", ID, "查档")
    same = clerk.post(
        address(record, "correct/"),
        sent | {"key": "once-more", "version": str(record.version), "reason": "再改"},
    )
    assert same.status_code == 422
    assert "与原来相同" in same.content.decode()


def test_a_row_with_sealed_fields_keeps_its_place(clerk, district):
    """Its seal belongs to the place: such a row cannot be taken away from a correction's form."""
    page = clerk.post(
        address(district.cases["east"], "correct/"),
        {"less": "f.applicants.0", "f.applicants.0.sex": "女", "f.applicants.1.sex": "男", "version": "1"},
    ).content.decode()
    assert 'name="f.applicants.1.sex"' in page


def test_a_sealed_field_is_opened_for_a_purpose_and_logged(clerk, district):
    """Within the page by htmx, on a page of its own without; without a purpose not at all; the log says who, what, what for."""
    from mingzhang.records.casework.models import ReadLog

    record = district.cases["east"]
    where = address(record, "open/")
    field = {"field": "applicants.0.id_no"}
    refused = clerk.post(where, field | {"purpose": ""})
    assert ID not in refused.content.decode()
    assert not ReadLog.objects.exists()
    piece = clerk.post(where, field | {"purpose": "handling"}, headers={"HX-Request": "true"})
    assert piece.content.decode() == ID
    assert ID in clerk.post(where, field | {"purpose": "service"}).content.decode()
    logs = list(ReadLog.objects.order_by("pk").values_list("user__username", "path", "privacy"))
    assert logs == [("clerk", "applicants.0.id_no", "P2")] * 2
    assert ID not in clerk.get(address(record)).content.decode()


def test_a_document_is_issued_read_and_served(clerk, district):
    """Numbered; its text, which names people, opened for a purpose and logged; being received starts what its template starts."""
    from mingzhang.records.casework.models import ReadLog

    record = district.cases["east"]
    step(clerk, record, "refuse", grounds="材料不实")
    row = record.documents.get()
    page = address(record, f"documents/{row.pk}/")
    assert "现作出决定" not in clerk.get(page).content.decode()
    assert "没有选择查阅目的" in clerk.post(page, {"purpose": ""}).content.decode()
    text = clerk.post(page, {"purpose": "handling"}).content.decode()
    assert "现作出决定：不准" in text
    assert ReadLog.objects.get().path == f"document/{row.key}"
    assert row.number in text
    served = {
        "party": "王小明",
        "method": "post",
        "sent_on": yesterday(),
        "received_on": yesterday(),
        "key": "serving-it",
    }
    wrong = clerk.post(address(record, f"documents/{row.pk}/serve/"), served | {"sent_on": "x"})
    assert wrong.status_code == 422
    text = clerk.post(address(record, f"documents/{row.pk}/serve/"), served, follow=True).content.decode()
    assert "已送达1次" in text
    assert row.services.get().received_on == date.today() - timedelta(days=1)
    issued = {"template": "decision", "key": "issuing-another"}
    assert "已出具" in clerk.post(address(record, "documents/"), issued, follow=True).content.decode()


def test_a_file_is_added_and_sent_to_be_saved(clerk, district):
    """What is no file we take is refused with what to do; a taken one is never shown as a page."""
    record = district.cases["lecture"]
    where = address(record, "attachments/")
    good = SimpleUploadedFile("签到表.pdf", b"%PDF-1.4 sign-in", content_type="application/pdf")
    bad = SimpleUploadedFile("签到表.exe", b"MZ", content_type="application/pdf")
    assert "不能作为附件" in clerk.post(where, {"file": bad}, follow=True).content.decode()
    assert "签到表.pdf" in clerk.post(where, {"file": good, "proves": "签到"}, follow=True).content.decode()
    row = record.attachments.get()
    answer = clerk.get(f"{where}{row.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_list_is_narrowed_and_searched(clerk, district):
    """By state, code, street, days, words, a sealed name and number; paged by key; a wrong day says so."""
    page = f"/casework/{LINE}/records/request/"

    def keys(query: str) -> set[str]:
        text = clerk.get(page + query).content.decode()
        return {name for name, record in district.cases.items() if record.key in text}

    assert keys("") == {"east", "west", "unit", "resident"}
    assert keys("?item=换证") == {"west"}
    assert keys("?area=990111001") == {"east"}
    assert keys("?state=granted") == set()
    assert keys("?from=2023-03-02") == set()
    assert keys("?q=王小明") == {"east", "west", "unit", "resident"}
    assert keys(f"?q={ID}") == {"east", "west", "unit", "resident"}
    assert keys("?q=王小") == keys("?q=王小明")
    assert keys("?q=查档") == {"unit"}
    assert keys("?q=没有这个人") == set()
    assert "不是日期" in clerk.get(f"{page}?from=昨天").content.decode()


def test_a_long_list_is_paged_by_key(clerk, district):
    """Fifty a page; the next begins after the last shown."""
    for place in range(55):
        district.opened(district.clerk, on=date(2023, 2, 1) + timedelta(days=place % 20))
    page = f"/casework/{LINE}/records/request/"
    first = clerk.get(page).content.decode()
    more = re.search(r'href="\?([^"]*after=[^"]+)"', first)[1].replace("&amp;", "&")
    second = clerk.get(f"{page}?{more}").content.decode()
    found = [set(re.findall(r"records/request/([0-9a-f-]{36})/", text)) for text in (first, second)]
    assert [len(each) for each in found] == [50, 9]
    assert not found[0] & found[1]


def test_the_calendar_shows_what_falls_on_its_days(clerk, district):
    """Dues and activities of a month, free days and make-up workdays told."""
    text = clerk.get(f"/casework/{LINE}/calendar/?month=2023-03").content.decode()
    assert "讲座：防骗" in text
    assert "到期：王*" in text
    assert "劳动节" in clerk.get(f"/casework/{LINE}/calendar/?month=2023-05").content.decode()
    assert clerk.get(f"/casework/{LINE}/calendar/?month=x").status_code == 200


def test_a_figure_opens_its_records_and_is_frozen(clerk, district):
    """Value, definition and records of a period; frozen with a reason, restated beside it when the records change."""
    query = "from=2023-01-01&to=2023-12-31"
    text = clerk.get(f"/casework/{LINE}/statistics/?{query}").content.decode()
    assert "收件数" in text
    assert "作出决定的申请" in text
    page = f"/casework/{LINE}/statistics/M99-01/"
    text = clerk.get(f"{page}?{query}").content.decode()
    assert all(district.cases[name].key in text for name in ("east", "west", "unit", "resident"))
    assert (
        "没有写明用在哪里"
        in clerk.post(f"{page}freeze/?{query}", {"reason": ""}, follow=True).content.decode()
    )
    text = clerk.post(f"{page}freeze/?{query}", {"reason": "2023年度公开"}, follow=True).content.decode()
    assert "已固定：收件数 4" in text
    assert "现在重算" not in text
    district.opened(district.clerk, on=date(2023, 4, 1))
    text = clerk.get(f"{page}?{query}").content.decode()
    assert "现在重算为 5" in text
    assert "新计入 1 件" in text
    assert client_of(district.office).post(f"{page}freeze/?{query}", {"reason": "x"}).status_code == 403


def test_a_figure_of_a_street_is_kept_to_the_street(district):
    """Whatever area the address names."""
    east = client_of(district.east_jo)
    for query in ("", "&area=990111002", "&area=990111"):
        text = east.get(
            f"/casework/{LINE}/statistics/M99-01/?from=2023-01-01&to=2023-12-31{query}"
        ).content.decode()
        assert district.cases["east"].key in text
        assert district.cases["west"].key not in text
        assert re.search(r'class="value">\s*1<', text), query


def test_pages_show_no_row_that_nobody_typed(clerk, district):
    """A record's page holds no name of the engine that a person would not understand."""
    text = clerk.get(address(district.cases["east"])).content.decode()
    main = text.partition("<main")[2]
    for word in ("draft", "granted", "E-GUARD", "RUNNING", "None"):
        assert word not in re.sub(r'="[^"]*"', "", main), word
