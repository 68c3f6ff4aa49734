"""Personal fields are opened by who may, for a purpose, each time logged; keys are changed without losing anything; small cells are not told."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from mingzhang.casework.periods import year
from mingzhang.documents.problems import ProblemError
from mingzhang.records.casework import rotating, suppressing
from mingzhang.records.casework.attachments import attach, path_of
from mingzhang.records.casework.attachments import opened as opened_file
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.metrics import figure
from mingzhang.records.casework.models import CasePost, Index, Personal, ReadLog
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.people import add_person
from mingzhang.records.casework.people import opened as sealed_of
from mingzhang.records.casework.reading import grant_sealed, may_open, open_field, readings, revoke_sealed
from mingzhang.records.casework.sealing import FILE, keys
from mingzhang.records.casework.searching import find
from mingzhang.records.casework.views import view_of
from mingzhang.records.models import User
from mingzhang.records.trail import enter
from records.casework.helping import BEGINNING, TODAY, clean, key

NUMBER = "11010519491231002X"


@pytest.fixture
def people(district):
    for name, role, where in (("officer", "PUB", {}), ("officer2", "PUB", {}), ("leader", "HEAD", {})):
        person = User(username=name, name=f"{name}君")
        person.set_unusable_password()
        enter([person])
        enter([CasePost(user=person, role=role, line="street_work", valid_from=BEGINNING, **where)])
        setattr(district, name, person)
    fields = {
        "item": "救助", "person_name": "王小明", "phone": "13800000000", "id_no": NUMBER, "verdict": "某年某案",
        "area": "990111001001",
    }  # fmt: skip
    district.case = open_record(
        district.officer,
        "street_work.help",
        fields,
        occurred_on=date(2023, 3, 1),
        command_key=key(),
        today=TODAY,
    )
    return district


def opened(user, record, path, purpose="handling", today=TODAY):
    return open_field(user, record, path, purpose, today=today)


def found_by(*words):
    """The first record that each word finds, among all."""
    head = User.objects.get(username="leader")
    return [find(head, word).first() for word in words]


def code(user, record, path, purpose="handling", today=TODAY):
    with pytest.raises(RefusedError) as refused:
        open_field(user, record, path, purpose, today=today)
    return refused.value.problems[0].code


def test_an_opened_field_is_logged_with_its_purpose(people):
    assert opened(people.officer, people.case, "person_name") == "王小明"
    assert opened(people.officer, people.case, "id_no", "checking") == NUMBER
    logs = list(ReadLog.objects.order_by("id").values_list("user__username", "path", "privacy", "purpose"))
    assert logs == [
        ("officer", "person_name", "P1", "办理本件"),
        ("officer", "id_no", "P2", "核对登记内容"),
    ]
    assert readings(people.auditor).count() == 2
    assert readings(people.officer2).count() == 0
    clean()


def test_a_field_without_a_purpose_is_not_opened(people):
    assert code(people.officer, people.case, "person_name", "") == "E-REQ"
    assert code(people.officer, people.case, "person_name", "好奇") == "E-REQ"
    assert code(people.officer, people.case, "item") == "E-REF"
    assert code(people.officer, people.case, "nothing") == "E-REF"
    assert not ReadLog.objects.exists()


@pytest.mark.parametrize(
    ("who", "path", "expected"),
    [
        ("east_jo", "person_name", None),
        ("east_jo", "id_no", None),
        ("west_jo", "person_name", "E-AREA"),
        ("west_jo", "id_no", "E-AREA"),
        ("office", "person_name", "E-AREA"),
        ("finance", "person_name", "E-AREA"),
        ("admin", "person_name", "E-AREA"),
        ("auditor", "id_no", "E-AREA"),
        ("resident", "person_name", "E-AREA"),
        ("nobody", "person_name", "E-AREA"),
        ("leader", "id_no", None),
        ("officer", "verdict", "E-SEC"),
        ("leader", "verdict", "E-SEC"),
        ("east_jo", "verdict", "E-SEC"),
    ],
)
def test_who_opens_what(people, who, path, expected):
    user = getattr(people, who)
    if expected is None:
        assert opened(user, people.case, path)
        assert may_open(user, people.case, path, today=TODAY)
    else:
        assert code(user, people.case, path) == expected
        assert not may_open(user, people.case, path, today=TODAY)
        assert not ReadLog.objects.exists()


def test_who_only_reads_does_not_open_sensitive_fields(people):
    """R without W: the names, not what is behind them."""
    line = line_of("street_work")
    access = dict(line.access)
    access["OFFICE"] = "R"
    object.__setattr__(line, "access", access)
    try:
        assert opened(people.office, people.case, "person_name") == "王小明"
        assert code(people.office, people.case, "id_no") == "E-SEC"
    finally:
        access["OFFICE"] = "S"


def test_sealed_fields_open_by_a_named_grant_while_it_lasts(people):
    grant = grant_sealed(people.leader, people.case, people.officer, TODAY, TODAY + timedelta(7), "复核案件")
    assert opened(people.officer, people.case, "verdict") == "某年某案"
    assert ReadLog.objects.get().privacy == "P3"
    assert code(people.officer2, people.case, "verdict") == "E-SEC"
    assert code(people.officer, people.case, "verdict", today=TODAY + timedelta(8)) == "E-SEC"
    assert code(people.officer, people.case, "verdict", today=TODAY - timedelta(1)) == "E-SEC"
    revoke_sealed(people.leader, grant, "已复核完", TODAY)
    assert code(people.officer, people.case, "verdict") == "E-SEC"
    clean()


@pytest.mark.parametrize(
    ("by", "to", "days", "reason", "expected"),
    [
        ("officer", "officer2", 7, "某", "E-ROLE"),
        ("leader", "leader", 7, "某", "E-SELF"),
        ("leader", "officer", 7, " ", "E-REQ"),
        ("leader", "officer", 32, "某", "E-DATE"),
        ("leader", "officer", -1, "某", "E-DATE"),
    ],
)
def test_grants_that_are_refused(people, by, to, days, reason, expected):
    with pytest.raises(RefusedError) as refused:
        grant_sealed(
            getattr(people, by), people.case, getattr(people, to), TODAY, TODAY + timedelta(days), reason
        )
    assert refused.value.problems[0].code == expected


def test_keys_are_changed_and_everything_still_opens(people, tmp_path):
    person = add_person(BEGINNING, {"name": "李四", "phone": "13900000000"})
    file = attach(people.officer, people.case, "说明.pdf", 6, BytesIO(b"%PDF-1"))
    before = {row.pk: row.sealed for row in Personal.objects.all()}
    assert rotating.add_key() == "k2"
    assert keys().current == "k2"
    count = rotating.uses()["k1"]
    assert count > Personal.objects.count()
    assert found_by("王小明", NUMBER) == [people.case, people.case]
    assert rotating.reseal() == count
    assert rotating.reseal() == 0
    assert set(rotating.uses()) == {"k2"}
    assert {row.key_name for row in Index.objects.all()} == {"k2"}
    assert opened_file(file.sm3) == b"%PDF-1"
    assert all(row.sealed != before[row.pk] for row in Personal.objects.all())
    assert opened(people.officer, people.case, "id_no") == NUMBER
    assert view_of(people.case, kind_of("street_work.help"))["person_name"] == "王小明"
    rotating.retire("k1")
    assert found_by("王小明", NUMBER) == [people.case, people.case]
    with pytest.raises(ProblemError, match="正在使用"):
        rotating.retire("k2")
    rotating.add_key()
    with pytest.raises(ProblemError, match="还有"):
        rotating.retire("k2")
    rotating.reseal()
    rotating.retire("k2")
    assert sealed_of(person) == {"name": "李四", "phone": "13900000000"}
    assert (tmp_path / FILE).read_text(encoding="ascii").count("\n") == 1
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert opened(people.officer, people.case, "id_no") == NUMBER
    clean()


def test_keys_from_the_environment_are_not_changed_by_a_command(people, monkeypatch):
    monkeypatch.setenv("MINGZHANG_CASE_KEYS", "k1:" + "ab" * 32)
    with pytest.raises(ProblemError, match="环境变量"):
        rotating.add_key()


def test_small_cells_are_told_only_as_a_few(people, monkeypatch):
    monkeypatch.setattr(suppressing, "LINES", frozenset({"97"}))

    def told(count):
        for _ in range(count):
            open_record(
                people.officer, "street_work.talk", {"theme": key(), "attendance": 1}, occurred_on=date(2023, 5, 1),
                command_key=key(), today=TODAY,
            )  # fmt: skip
        found = figure("M97-03", year(2023))
        return suppressing.public_text(found), found

    assert told(0)[0].text == "0"
    shown, found = told(4)
    assert (shown.text, shown.suppressed) == ("少量", True)
    with pytest.raises(RefusedError) as refused:
        suppressing.release(people.officer, found, "年报")
    assert refused.value.problems[0].code == "E-ROLE"
    suppressing.release(people.leader, found, "已征得同意")
    shown = suppressing.public_text(figure("M97-03", year(2023)))
    assert (shown.text, shown.suppressed) == ("4", False)
    assert shown.release.reason == "已征得同意"
    shown, found = told(1)
    assert (shown.text, shown.release) == ("5", None)
    with pytest.raises(RefusedError):
        suppressing.release(people.leader, found, "某")
    clean()


def test_a_share_that_gives_a_small_count_away_is_not_told_either(people, monkeypatch):
    monkeypatch.setattr(suppressing, "LINES", frozenset({"97"}))
    open_record(
        people.officer, "street_work.talk", {"theme": key(), "attendance": 100, "pleased": 97}, occurred_on=date(2023, 5, 1),
        command_key=key(), today=TODAY,
    )  # fmt: skip
    assert suppressing.public_text(figure("M97-02", year(2023))).text == "少量"
    monkeypatch.setattr(suppressing, "LINES", frozenset({"10"}))
    assert suppressing.public_text(figure("M97-02", year(2023))).text == "97.0%"


def test_a_file_kept_in_clear_before_is_sealed_by_a_rotation_resumed(people):
    file = attach(people.officer, people.case, "说明.pdf", 6, BytesIO(b"%PDF-1"))
    path_of(file.sm3).write_bytes(b"%PDF-1")
    assert opened_file(file.sm3) == b"%PDF-1"
    assert rotating.reseal() == 1
    assert b"%PDF" not in path_of(file.sm3).read_bytes()
    assert opened_file(file.sm3) == b"%PDF-1"
    assert rotating.reseal() == 0
