"""What is entered for fields: read by type, every mistake named at once, at its place."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.casework.fields import read_fields
from mingzhang.casework.identifiers import phone_mistake, resident_id, resident_id_mistake, uscc_mistake

TODAY = date(2021, 6, 30)


def field(kind, name="it", **stated):
    return Field(name=name, chinese=stated.pop("chinese", "某项"), type=FieldType(kind), **stated)


def read(each, raw):
    return read_fields([each], {each.name: raw}, today=TODAY)


@pytest.mark.parametrize(
    ("each", "raw", "value"),
    [
        (field("text"), "  甲 ", "甲"),
        (field("text"), "", None),
        (field("integer"), "1,200", 1200),
        (field("integer"), 5, 5),
        (field("integer"), "12.0", 12),
        (field("decimal", decimals=1), "1.5", Decimal("1.5")),
        (field("money"), "1234.5", 123450),
        (field("money"), Decimal("0.01"), 1),
        (field("date"), "2021年3月5日", date(2021, 3, 5)),
        (field("date"), "2021/3/5", date(2021, 3, 5)),
        (field("date"), "20210305", date(2021, 3, 5)),
        (field("date"), "2021-03-05 00:00:00", date(2021, 3, 5)),
        (field("date"), datetime(2021, 3, 5, 8), date(2021, 3, 5)),
        (field("moment"), "2021-03-05 14:30", datetime(2021, 3, 5, 14, 30)),
        (field("moment"), "2021年3月5日 9:05", datetime(2021, 3, 5, 9, 5)),
        (field("yes_no"), "是", True),
        (field("yes_no"), "false", False),
        (field("yes_no"), False, False),
        (field("code", codes=("证明", "诚信承诺")), "证明", "证明"),
        (field("codes", codes=("老年人", "低保、特困", "妇女")), "妇女、低保、特困", ["低保、特困", "妇女"]),
        (field("codes", codes=("老年人", "妇女")), ["妇女", "老年人", "妇女"], ["老年人", "妇女"]),
        (field("codes", codes=("老年人",)), "", []),
        (field("records"), "a，b", ["a", "b"]),
        (field("area"), "420111001", "420111001"),
        (field("rows", fields=(field("text", "name"),)), [{"name": "甲"}], [{"name": "甲"}]),
        (field("rows"), None, []),
    ],
)
def test_values_by_type(each, raw, value):
    found = read(each, raw)
    assert found.problems == ()
    assert found.values == {"it": value}


@pytest.mark.parametrize(
    ("each", "raw", "code"),
    [
        (field("text"), "长" * 201, "E-RANGE"),
        (field("text"), ["甲"], "E-TYPE"),
        (field("integer"), "1.5", "E-TYPE"),
        (field("integer"), True, "E-TYPE"),
        (field("integer"), "多", "E-TYPE"),
        (field("integer", least="0"), "-1", "E-NEG"),
        (field("integer", least="1", most="5"), "0", "E-RANGE"),
        (field("integer", least="1", most="5"), "6", "E-RANGE"),
        (field("decimal", decimals=1), "1.55", "E-TYPE"),
        (field("decimal", decimals=1), "NaN", "E-TYPE"),
        (field("decimal", decimals=1), "1e30", "E-RANGE"),
        (field("money"), "0.001", "E-TYPE"),
        (field("money", least="0"), "-0.01", "E-NEG"),
        (field("date"), "2021-02-30", "E-DATE"),
        (field("date"), "昨天", "E-DATE"),
        (field("date"), "1821-02-03", "E-DATE"),
        (field("date", most="today"), "2021-07-01", "E-DATE"),
        (field("date", least="2021-01-01"), "2020-12-31", "E-DATE"),
        (field("moment"), "2021-03-05 25:00", "E-DATE"),
        (field("moment", most="today"), "2021-07-01 08:00", "E-DATE"),
        (field("yes_no"), "也许", "E-TYPE"),
        (field("code", codes=("证明",)), "口头", "E-CODE"),
        (field("codes", codes=("老年人", "妇女")), "妇女、儿童", "E-CODE"),
        (field("rows"), "甲", "E-TYPE"),
        (field("text", identifier="resident_id"), "420111199003072911", "E-IDNO"),
        (field("text", identifier="uscc"), "91350100M000100Y44", "E-USCC"),
        (field("text", identifier="phone"), "1380000", None),
        (field("text", identifier="phone"), "12345", "E-PHONE"),
    ],
)
def test_mistakes_by_type(each, raw, code):
    found = read(each, raw)
    assert [problem.code for problem in found.problems] == ([code] if code else [])
    for problem in found.problems:
        assert problem.where == "某项"
        assert problem.remedy.endswith("。")


APPLICANTS = field(
    "rows",
    "applicants",
    chinese="申请人",
    fields=(
        field("text", "name", chinese="姓名", required="creation", privacy=PrivacyClass.P1),
        field("text", "id_no", chinese="身份证号", identifier="resident_id", privacy=PrivacyClass.P2),
        field("code", "sex", chinese="性别", codes=("男", "女")),
        field("date", "birth_date", chinese="出生日期"),
    ),
)
MEANS = field("code", "means", chinese="核查", codes=("证明",), required="grant")
REASON = field("text", "reason", chinese="理由")


def test_all_mistakes_are_told_at_once_each_at_its_place():
    entered = {"applicants": [{"name": "甲", "id_no": "1"}, {"id_no": ""}], "means": "口头", "colour": "红"}
    found = read_fields([APPLICANTS, MEANS, REASON], entered, today=TODAY)
    assert {path: [problem.code for problem in problems] for path, problems in found.by_field.items()} == {
        "applicants.0.id_no": ["E-IDNO"],
        "applicants.1.name": ["E-REQ"],
        "means": ["E-CODE"],
        "colour": ["E-TYPE"],
    }
    assert found.by_field["applicants.1.name"][0].where == "申请人第2行·姓名"


def test_what_a_step_needs_is_asked_for_unless_the_record_has_it():
    def codes(**stated):
        found = read_fields([MEANS, REASON], {}, today=TODAY, **stated)
        return {path: [problem.code for problem in problems] for path, problems in found.by_field.items()}

    assert codes() == {}
    assert codes(action="grant") == {"means": ["E-REQ"]}
    assert codes(action="grant", known={"means": "证明"}) == {}
    assert codes(action="grant", known={"means": "证明"}, needs=["reason"]) == {"reason": ["E-REQ"]}


def test_a_blank_does_not_pass_for_what_the_record_has():
    found = read_fields([MEANS], {"means": " "}, today=TODAY, action="grant", known={"means": "证明"})
    assert [problem.code for problem in found.problems] == ["E-REQ"]


def test_a_wrong_value_is_not_also_called_missing():
    found = read_fields([MEANS], {"means": "口头"}, today=TODAY, action="grant")
    assert [problem.code for problem in found.problems] == ["E-CODE"]


def test_a_number_is_held_against_birth_and_sex():
    number = resident_id("420111", date(1990, 3, 7), 1)
    right = {"name": "甲", "id_no": number, "sex": "男", "birth_date": "1990-03-07"}
    assert read_fields([APPLICANTS], {"applicants": [right]}, today=TODAY).problems == ()
    wrong = {**right, "sex": "女", "birth_date": "1990-03-08"}
    (problem,) = read_fields([APPLICANTS], {"applicants": [wrong]}, today=TODAY).problems
    assert problem.code == "E-IDNO"
    assert "出生日期、性别" in problem.what


def test_another_kind_of_document_has_no_checksum():
    passport = field("text", "id_no", identifier="resident_id")
    kind = field("code", "id_type", codes=("居民身份证", "护照"))
    for chosen, count in (("护照", 0), ("居民身份证", 1), ("", 1)):
        found = read_fields([passport, kind], {"id_no": "E12345678", "id_type": chosen}, today=TODAY)
        assert len(found.problems) == count


def test_a_personal_number_is_not_repeated_in_the_message():
    (problem,) = read_fields(
        [APPLICANTS], {"applicants": [{"name": "甲", "id_no": "420111199003072911"}]}, today=TODAY
    ).problems
    assert "4201" not in problem.what


def test_what_is_referred_to_must_exist():
    lawyers = field("records", "lawyers", chinese="律师")
    found = read_fields([lawyers], {"lawyers": ["a", "b"]}, today=TODAY, exists=lambda each, key: key == "a")
    assert [problem.code for problem in found.problems] == ["E-REF"]
    assert "“b”" in found.problems[0].what


def test_fields_not_entered_are_left_alone():
    assert read_fields([MEANS, REASON], {"reason": "某"}, today=TODAY).values == {"reason": "某"}


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_always_noticed(place):
    """The checksum of GB 11643 finds every single wrong digit."""
    number = resident_id("420111", date(1990, 3, 7), 291)
    for digit in "0123456789":
        changed = number[:place] + digit + number[place + 1 :]
        assert (resident_id_mistake(changed) is None) is (changed == number)


@pytest.mark.parametrize("text", ["", "1", "42011119900307291", "４20111199003072910", "42011119901307291X"])
def test_what_is_no_residents_number(text):
    assert resident_id_mistake(text)


@pytest.mark.parametrize("text", ["91350100M000100Y4I", "9135", ""])
def test_what_is_no_credit_code(text):
    assert uscc_mistake(text)


@pytest.mark.parametrize("text", ["13812345678", "02787654321", "027-87654321-801", "4001234567", "87654321"])
def test_telephone_numbers(text):
    assert phone_mistake(text) is None
