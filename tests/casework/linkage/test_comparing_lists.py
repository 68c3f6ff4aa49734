"""Lists of people compared: who is the same, who is for people to judge, and that nobody is merged by a number or a name alone."""

import math
import random
from datetime import date

import pytest

from mingzhang.casework.identifiers import resident_id
from mingzhang.casework.linkage import Basis, Person, Verdict, compare, compared, fingerprint
from mingzhang.casework.linkage.numbers import one_slip_away, slip_between

BORN = date(1984, 3, 9)
NUMBER = resident_id("420111", BORN, 31)
OTHERS = [
    Person(f"o{place}", name, resident_id("420106", date(1970 + place, 5, 1 + place), 100 + place), sex="男")
    for place, name in enumerate(
        ("赵铁柱", "钱多多", "孙行者", "李大钊子", "周吴郑", "冯陈楚", "卫蒋沈", "韩杨朱", "秦尤许", "何吕施")
    )
]


def _found(ours, row, **known):
    return [(match.ours, match.verdict) for match in compare([ours, *OTHERS], [row], **known).matches]


@pytest.mark.parametrize(
    ("name", "number", "basis"),
    [
        ("張　偉民", NUMBER, Basis.NUMBER),
        ("章伟民", NUMBER, Basis.NUMBER),
        ("张伟民", NUMBER[:6] + NUMBER[8:17], Basis.NUMBER),
        ("张伟民", NUMBER[:16] + NUMBER[17], Basis.SLIP),
        ("张伟民", NUMBER[:9] + str((int(NUMBER[9]) + 1) % 10) + NUMBER[10:], Basis.SLIP),
    ],
)
def test_the_same_number_or_one_slip_and_the_same_name_are_one_person(name, number, basis):
    ours = Person("we", "张伟民", NUMBER)
    (match,) = compare([ours, *OTHERS], [Person("r", name, number)]).matches
    assert (match.ours, match.verdict, match.basis) == ("we", Verdict.SAME, basis)


def test_a_number_alone_proves_nothing():
    found = _found(Person("we", "张伟民", NUMBER), Person("r", "刘国栋", NUMBER))
    assert found == [("we", Verdict.REVIEW)]


def test_a_brother_with_the_wrong_number_is_for_people_to_judge():
    row = Person("r", "张伟国", NUMBER)
    (match,) = compare([Person("we", "张伟民", NUMBER), *OTHERS], [row]).matches
    assert match.verdict is Verdict.REVIEW
    assert any("姓名不同" in doubt for doubt in match.doubts)


def test_twins_are_not_merged():
    twin = resident_id("420111", BORN, 33)
    found = _found(
        Person("we", "张伟民", NUMBER, place="珞喻路1号"), Person("r", "张伟国", twin, place="珞喻路1号")
    )
    assert ("we", Verdict.SAME) not in found


def test_namesakes_are_not_merged():
    other = resident_id("420111", date(1991, 7, 2), 12)
    assert ("we", Verdict.SAME) not in _found(Person("we", "张伟民", NUMBER), Person("r", "张伟民", other))
    assert ("we", Verdict.SAME) not in _found(Person("we", "张伟民", NUMBER), Person("r", "张伟民"))


def test_without_numbers_several_things_together_are_enough():
    ours = Person("we", "张伟民", "", BORN, "男", "13800138000", "珞喻路1号3栋")
    row = Person("r", "張偉民", "", BORN, "男", "13800138000", "")
    (match,) = compare([ours, *OTHERS], [row]).matches
    assert (match.verdict, match.basis) == (Verdict.SAME, Basis.LIKENESS)
    assert [each.field for each in match.agreements] == ["姓名", "出生日期", "性别", "联系电话"]
    prior = math.log2(1 / 22 / (1 - 1 / 22))  # half of the one row is expected among eleven people
    assert match.weight == pytest.approx(sum(each.bits for each in match.agreements) + prior, abs=0.001)


def test_two_of_ours_who_are_equally_like_are_for_people_to_judge():
    ours = [Person(key, "张伟民", "", BORN, "男", "13800138000") for key in ("one", "two")]
    matches = compare([*ours, *OTHERS], [Person("r", "张伟民", "", BORN, "男", "13800138000")]).matches
    assert {match.ours: match.verdict for match in matches} == {"one": Verdict.REVIEW, "two": Verdict.REVIEW}


def test_one_person_twice_on_our_list_is_said():
    ours = [Person(key, "张伟民", NUMBER) for key in ("one", "two")]
    matches = compare([*ours, *OTHERS], [Person("r", "张伟民", NUMBER)]).matches
    assert all(match.verdict is Verdict.REVIEW and "重复登记" in match.doubts[0] for match in matches)


def test_what_people_judged_is_remembered():
    ours, row = Person("we", "张伟民", NUMBER), Person("r", "刘国栋", NUMBER)
    mark = fingerprint(compared(row))
    assert _found(ours, row, judged={("we", mark): True}) == [("we", Verdict.SAME)]
    assert _found(ours, row._replace(key="next month"), judged={("we", mark): False}) == [
        ("we", Verdict.DIFFERENT)
    ]


def test_a_pair_once_joined_is_split_only_below_the_lower_limit():
    ours = Person("we", "张伟民", "", BORN, "男")
    row = Person("r", "张伟民", "", date(1984, 3, 19), "男")
    assert _found(ours, row) == [("we", Verdict.REVIEW)]
    assert _found(ours, row, joined=[("we", fingerprint(compared(row)))]) == [("we", Verdict.SAME)]


def test_who_is_like_nobody_is_unknown_and_empty_lists_are_no_matter():
    stranger = Person("r", "诸葛孔明", resident_id("510104", date(1960, 1, 1), 7))
    assert compare(OTHERS, [stranger]).unknown == ("r",)
    assert compare([], [stranger]).unknown == ("r",)
    assert compare(OTHERS, []) == ((), ())


def test_a_comparison_can_be_repeated_whatever_the_order_of_the_rows():
    chance = random.Random(5)
    rows = [
        each._replace(key=f"r{each.key}", id_no=each.id_no if chance.random() < 0.5 else "", phone="")
        for each in OTHERS
    ]
    first = compare(OTHERS, rows)
    assert compare(OTHERS, rows) == first
    again = compare(OTHERS, rows[::-1])
    assert sorted(again.matches, key=lambda match: match.theirs) == sorted(
        first.matches, key=lambda match: match.theirs
    )


def test_every_slip_is_found_and_named():
    wrong = NUMBER[:5] + NUMBER[6] + NUMBER[5] + NUMBER[7:]
    for number in (NUMBER[:8] + NUMBER[9:], NUMBER[:4] + NUMBER[4] + NUMBER[4:], NUMBER[:17] + "0", wrong):
        if number != NUMBER:
            assert NUMBER in one_slip_away(number), number
            assert slip_between(NUMBER, number), number


@pytest.mark.parametrize(
    "text", ["", "无", "0" * 18, "9" * 40, "'; DROP TABLE ours; --", "\x00", "𠮷野家", "张" * 10_000]
)
def test_hostile_values_break_nothing(text):
    row = Person("r", text, text, None, text, text, text)
    compare([*OTHERS, row._replace(key="mine")], [row])
