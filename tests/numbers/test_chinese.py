"""Chinese numerals, ordinals and capital amounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.numbers import chinese_numeral, formal_amount, read_numeral, section_ordinal


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (3369, "三千三百六十九"),
        (10_000, "一万"),
        (100_000, "十万"),
        (10_500, "一万零五百"),
        (15_000, "一万五千"),
        (100_000_001, "一亿零一"),
        (120_030_000, "一亿二千零三万"),
        (2 * 10**12, "二万亿"),
        (-7, "负七"),
    ],
)
def test_integers_are_written_as_a_person_writes_them(number, text):
    """零 stands once for a gap, and a leading 一十 is 十."""
    assert chinese_numeral(number) == text
    assert read_numeral(text) == number


@given(st.integers(-(10**16) + 1, 10**16 - 1))
def test_what_is_written_in_chinese_reads_back(number):
    """Writing then reading a numeral gives the same number."""
    assert read_numeral(chinese_numeral(number)) == number


@given(st.integers(0, 10**14 - 1))
def test_the_yuan_of_a_capital_amount_read_back(yuan):
    """The capital characters before 元 are the same numeral."""
    text = formal_amount(yuan * 100)
    assert text.startswith("人民币")
    assert text.endswith("元整")
    assert read_numeral(text.removeprefix("人民币").removesuffix("元整")) == yuan


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两万", "20000"),
        ("二〇二一", "2021"),
        ("三点五〇", "3.50"),
        ("壹仟零贰拾", "1020"),
        ("负三点二", "-3.2"),
        ("零五", "5"),
        ("一十二", "12"),
    ],
)
def test_other_ways_of_writing_are_understood(text, value):
    """两, 〇, capitals, digit by digit, and decimals with their zeros."""
    assert str(read_numeral(text)) == value


@pytest.mark.parametrize(
    "text", ["", "一万二", "十十", "百", "三点", "点五", "一百十", "零百", "abc", "一二三点", "万"]
)
def test_a_numeral_that_is_not_well_written_is_refused(text):
    """Doubtful spellings (一万二 may be 12,000 or 10,002) are never guessed."""
    with pytest.raises(ValueError, match="中文数字"):
        read_numeral(text)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角整"),
        (300_000, "人民币叁仟元整"),
        (140_950, "人民币壹仟肆佰零玖元伍角整"),
        (600_714, "人民币陆仟零柒元壹角肆分"),
        (168_032, "人民币壹仟陆佰捌拾元零叁角贰分"),
        (10_700_053, "人民币壹拾万柒仟元零伍角叁分"),
        (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (-1_000, "人民币负壹拾元整"),
    ],
)
def test_capital_amounts_follow_the_rules_for_bills(fen, text):
    """The examples of 《正确填写票据和结算凭证的基本规定》."""
    assert formal_amount(fen) == text


def test_ordinals_go_from_the_section_inwards():
    """一、 then （一） then 1. then （1）."""
    assert [section_ordinal(11, level) for level in (1, 2, 3, 4)] == ["十一、", "（十一）", "11.", "（11）"]
    with pytest.raises(ValueError, match="level 5"):
        section_ordinal(1, 5)


@pytest.mark.parametrize("call", [lambda: chinese_numeral(10**16), lambda: formal_amount(10**16)])
def test_numbers_beyond_the_names_of_places_are_refused(call):
    """Nothing is written wrong silently."""
    with pytest.raises(ValueError, match="太大"):
        call()
