"""Reading one printed figure with its unit."""

import time
from fractions import Fraction

import pytest

from mingzhang.numbers import Interval, fen_from_yuan, printed, read_figure, read_numeral


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("3,369.44万元", "3369.44", 2, "万元"),
        ("３，３６９．４４ 万元", "3369.44", 2, "万元"),
        ("3.30亿元", "3.30", 2, "亿元"),
        ("-3.2%", "-3.2", 1, "%"),
        ("－３％", "-3", 0, "%"),
        ("百分之三", "3", 0, "%"),
        ("百分之3.5", "3.5", 1, "%"),
        ("负百分之三点五", "-3.5", 1, "%"),
        ("2.5个百分点", "2.5", 1, "个百分点"),
        ("1.2万人次", "1.2", 1, "万人次"),
        ("两万人次", "2", 0, "万人次"),
        ("二十万元", "20", 0, "万元"),
        ("三千三百万元", "3300", 0, "万元"),
        ("两亿三千万元", "230000000", 0, "元"),
        ("五千元", "5000", 0, "元"),
        ("三千三百六十九", "3369", 0, ""),
        ("十二人", "12", 0, "人"),
        ("5千万元", "5", 0, "千万元"),
        ("12台（套）", "12", 0, "台（套）"),
        ("3面", "3", 0, "面"),
        ("12", "12", 0, ""),
    ],
)
def test_a_figure_is_its_digits_and_its_unit(text, value, decimals, unit):
    """Full-width digits, separators, percentages in words and Chinese numerals are all one figure."""
    figure = read_figure(text)
    assert (str(figure.value), figure.decimals, figure.unit.chinese) == (value, decimals, unit)


def test_the_interval_comes_from_the_digits_and_the_unit():
    """3,369.44 万元 is known to half of 0.01 万元, 3 % to half a percent, 12 persons exactly."""
    assert read_figure("3,369.44万元").interval == Interval.of(33_694_350, 33_694_450)
    assert read_figure("百分之三").interval == Interval.of(Fraction(25, 1000), Fraction(35, 1000))
    assert read_figure("12人").interval == Interval.of(12)
    assert read_figure("两万人次").interval == Interval.of(15_000, 25_000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.2.3",
        "12.",
        "3,36.44元",
        "1,2345",
        "1²",
        "٣人",
        "百分之",
        "百分之-3",
        "一万二",
        "3+4",
        "--3",
        "12人3",
        "3%%",
        "1e5元",
    ],
)
def test_what_is_not_one_figure_is_refused_in_chinese(text):
    """No digit is guessed: the message quotes the text."""
    with pytest.raises(ValueError, match=r"[一-龥]") as refused:
        read_figure(text)
    assert "Error" not in str(refused.value)


@pytest.mark.parametrize("text", ["²", "٣", "1,23", "1.", ".5", "", "1 2 x", "nan", "inf", "1e5"])
def test_a_plain_number_is_ascii_digits_after_full_width_ones_are_read(text):
    """What Python might take for a number, but no report prints, is refused."""
    with pytest.raises(ValueError, match="不是一个数"):
        printed(text)


@pytest.mark.parametrize("character", ["9", "九", "９", ",", " ", "0"])
def test_a_number_of_a_million_digits_is_refused_at_once(character):
    """A hostile text costs no time, and the message does not repeat it."""
    text = character * 10**6
    start = time.perf_counter()
    for read in (read_figure, printed, read_numeral, fen_from_yuan):
        with pytest.raises(ValueError, match=r"[一-龥]") as refused:
            read(text)
        assert len(str(refused.value)) < 100
    assert time.perf_counter() - start < 0.5
