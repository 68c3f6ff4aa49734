"""Pages of exports of sensitive fields: asked for from a list, decided by another, taken once; role × page × own and foreign."""

from io import BytesIO

import pytest
from casework_made import LINE, client_of, invented_line, made
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db

ASK = f"/casework/{LINE}/records/request/export/sensitive/"
LIST = f"/casework/{LINE}/exports/"
ASKS = {"clerk", "east_jo", "west_jo", "lawyer", "unit_contact", "resident"}
"""Who writes in the line and may so ask for records within reach."""
APPROVES = {"head", "clerk"}
EVERYBODY = ASKS | APPROVES | {"office", "finance", "admin", "auditor", "nobody"}


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    settings.SECOND_FACTOR = False
    with invented_line():
        yield


@pytest.fixture
def district(db):
    return made()


def asked(district, who="clerk"):
    from mingzhang.records.casework.models import SensitiveExport

    sent = {"field": "applicants.id_no", "purpose": "法院来函调取"}
    answer = client_of(getattr(district, who)).post(f"{ASK}?item=补证", sent)
    assert answer.status_code == 302, answer.content.decode()
    return SensitiveExport.objects.latest("pk")


def test_from_a_list_to_the_file(district):
    clerk, head = client_of(district.clerk), client_of(district.head)
    assert f"{ASK}?item=" in clerk.get(f"/casework/{LINE}/records/request/?item=补证").content.decode()
    text = clerk.get(f"{ASK}?item=补证").content.decode()
    assert "事项=补证" in text
    assert "申请人·身份证号" in text
    text = clerk.post(ASK, {"purpose": ""}).content.decode()
    assert "没有写明用途" in text
    assert "没有选择要导出原文的栏目" in text
    row = asked(district)
    use, decide = f"{LIST}{row.pk}/use/", f"{LIST}{row.pk}/decide/"
    assert "这项申请待批准" in clerk.post(use, {"do": "take"}, follow=True).content.decode()
    assert "不能批准自己的申请" in clerk.post(decide, {"do": "approve"}, follow=True).content.decode()
    text = head.get(LIST).content.decode()
    assert "法院来函调取" in text
    assert "事项=补证" in text
    assert "没有写明不批准的理由" in head.post(decide, {"do": "refuse"}, follow=True).content.decode()
    assert "已批准" in head.post(decide, {"do": "approve"}, follow=True).content.decode()
    assert "导出（只能一次）" in clerk.get(LIST).content.decode()
    answer = clerk.post(use, {"do": "take"})
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert len(rows) == 1 + len(row.records)
    assert "只能导出一次" in clerk.post(use, {"do": "take"}, follow=True).content.decode()
    assert "敏感信息导出" in clerk.get("/casework/reads/").content.decode()


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_pages_open_by_letter_and_foreign_requests_do_not_exist(district, name):
    """Whoever asks for what is another's finds nothing; what waits stays as it was."""
    row = asked(district)
    client = client_of(getattr(district, name))
    assert (client.get(ASK).status_code == 200) == (name in ASKS), name
    assert (client.get(LIST).status_code == 200) == (name in ASKS | APPROVES), name
    told = client.get(LIST).content.decode()
    assert ("法院来函调取" in told) == (name in APPROVES), name
    for page, sent in ((f"{LIST}{row.pk}/use/", "take"), (f"{LIST}{row.pk}/use/", "withdraw")):
        status = client.post(page, {"do": sent}).status_code
        assert status == 302 if name == "clerk" else status in (403, 404), (name, sent, status)
    row.refresh_from_db()
    assert row.state == ("withdrawn" if name == "clerk" else "asked")
    status = client.post(f"{LIST}{row.pk}/decide/", {"do": "approve"}).status_code
    assert status == 302 if name in APPROVES else status in (403, 404), (name, status)
    row.refresh_from_db()
    assert row.state == {"clerk": "withdrawn", "head": "approved"}.get(name, "asked")
    for page in (f"{LIST}{row.pk}/use/", f"{LIST}{row.pk}/decide/"):
        assert client.get(page).status_code in (403, 404)
        assert client.post(page, {"do": "everything"}).status_code in (403, 404)


def test_the_name_of_a_foreign_record_is_in_no_file(district):
    """A street asks over the whole list and gets its own records alone."""
    row = asked(district, "east_jo")
    assert row.records == [str(district.cases["east"].key)]
