"""Sensitive fields leave only by a request that somebody else approved, once, in time; sealed ones never."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from mingzhang.records.casework import sensitive_exports as exports
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import CasePost, ReadLog, Record, SensitiveExport
from mingzhang.records.casework.opening import open_record
from mingzhang.records.models import TrailEntry, User
from mingzhang.records.trail import enter
from records.casework.helping import BEGINNING, TODAY, clean, key, request

REQUEST = "window_service.request"
NUMBER = "11010519491231002X"


@pytest.fixture
def case(district):
    fields = request(applicants=[{"name": "王小明", "id_no": NUMBER, "sex": "女"}])
    return open_record(
        district.clerk, REQUEST, fields, occurred_on=date(2023, 3, 1), command_key=key(), today=TODAY
    )


def asked(district, who="clerk", fields=("applicants.id_no",), purpose="法院来函调取", records=None):
    rows = Record.objects.all() if records is None else records
    return exports.ask(getattr(district, who), kind_of(REQUEST), rows, "全部", fields, purpose)


def codes(action, *stated):
    with pytest.raises(RefusedError) as refused:
        action(*stated)
    assert all(each.remedy for each in refused.value.problems)
    return [each.code for each in refused.value.problems]


def cell(table, title, place=0):
    return dict(zip(table.header, table.rows[place], strict=True))[title]


def test_one_asks_another_approves_and_the_file_is_taken_once(district, case):
    row = asked(district)
    assert codes(exports.take, district.clerk, row) == ["E-STATE"]
    assert codes(exports.approve, district.clerk, row) == ["E-SELF"]
    exports.approve(district.head, row)
    assert codes(exports.take, district.head, row) == ["E-ROLE"]
    table = exports.take(district.clerk, row)
    assert (cell(table, "申请人·身份证号"), cell(table, "申请人·姓名")) == (NUMBER, "王*")
    assert codes(exports.take, district.clerk, row) == ["E-STATE"]
    log = ReadLog.objects.get()
    assert (log.user, log.record, log.privacy, log.path) == (district.clerk, case, "P2", f"export/{row.pk}")
    said = TrailEntry.objects.filter(action__contains="导出").order_by("pk")
    assert [(entry.action, entry.reason) for entry in said] == [
        (word, "法院来函调取") for word in ("申请导出", "批准导出", "导出")
    ]
    clean()


def test_what_came_after_the_request_is_not_in_the_file(district, case):
    row = asked(district)
    open_record(
        district.clerk,
        REQUEST,
        request(item="换证"),
        occurred_on=date(2023, 3, 2),
        command_key=key(),
        today=TODAY,
        reason="另一件",
    )
    exports.approve(district.head, row)
    assert len(exports.take(district.clerk, row).rows) == 1


def test_an_approval_expires_and_a_post_that_ended_takes_nothing(district, case):
    first, second = asked(district), asked(district)
    for row in (first, second):
        exports.approve(district.head, row)
    SensitiveExport.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert codes(exports.take, district.clerk, first) == ["E-LATE"]
    CasePost.objects.filter(user=district.clerk).update(valid_to=date(2023, 1, 1))
    assert codes(exports.take, district.clerk, second) == ["E-ROLE"]
    assert not ReadLog.objects.exists()


def test_a_request_is_refused_with_a_reason_or_withdrawn(district, case):
    row, other = asked(district), asked(district)
    assert codes(exports.refuse_export, district.head, row, " ") == ["E-REQ"]
    assert exports.refuse_export(district.head, row, "用途不明").why_not == "用途不明"
    assert codes(exports.approve, district.head, row) == ["E-STATE"]
    assert codes(exports.take, district.clerk, row) == ["E-STATE"]
    assert codes(exports.withdraw, district.head, other) == ["E-ROLE"]
    exports.withdraw(district.clerk, other)
    assert codes(exports.approve, district.head, other) == ["E-STATE"]
    clean()


def test_what_cannot_be_asked_for(district, case):
    assert codes(asked, district, "clerk", (), " ") == ["E-REQ", "E-REQ"]
    assert codes(asked, district, "clerk", ("item", "nothing")) == ["E-REF", "E-REF"]
    none = Record.objects.none()
    assert codes(asked, district, "clerk", ("facts",), "某", none) == ["E-REF"]
    for who in ("head", "office", "finance", "admin", "auditor", "nobody"):
        assert codes(asked, district, who) == ["E-ROLE"], who
    assert codes(asked, district, "west_jo") == ["E-REF"]
    assert not SensitiveExport.objects.exists()


def test_who_approves_has_every_record_in_scope_and_the_letter(district, case):
    row = asked(district)
    for who in ("office", "finance", "admin", "auditor", "nobody", "east_jo", "west_jo", "lawyer"):
        assert codes(exports.approve, getattr(district, who), row) == ["E-ROLE"], who
    narrow = User(username="narrow", name="narrow君")
    narrow.set_unusable_password()
    enter([narrow])
    west = district.areas["990111002"]
    enter([CasePost(user=narrow, role="AID", area=west, line="window_service", valid_from=BEGINNING)])
    assert codes(exports.approve, narrow, row) == ["E-AREA"]
    assert list(exports.visible(district.head, "window_service")) == [row]
    assert list(exports.visible(district.east_jo, "window_service")) == []


def test_sealed_fields_never_leave(district):
    kind = kind_of("street_work.help")
    officer = User(username="officer", name="officer君")
    officer.set_unusable_password()
    enter([officer])
    enter([CasePost(user=officer, role="PUB", line="street_work", valid_from=BEGINNING)])
    fields = {"item": "就业", "person_name": "王小明", "verdict": "某年某月判决", "area": "990111001001"}
    open_record(officer, kind, fields, occurred_on=date(2023, 3, 1), command_key=key(), today=TODAY)
    rows = Record.objects.all()
    assert codes(exports.ask, officer, kind, rows, "全部", ["verdict"], "某") == ["E-SEC"]
    assert "verdict" not in exports.personal_columns(kind)
    row = exports.ask(officer, kind, rows, "全部", ["person_name"], "某")
    SensitiveExport.objects.filter(pk=row.pk).update(fields=["person_name", "verdict"])
    exports.approve(district.head, row)
    table = exports.take(officer, row)
    assert (cell(table, "姓名"), cell(table, "裁判情况")) == ("王小明", "已封存")
