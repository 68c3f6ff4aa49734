"""Charts: one drawing, readable labels, the same bytes every time."""

import struct
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.documents import Chart, Figure, Series
from mingzhang.write.chart_axis import Axis
from mingzhang.write.chart_parts import HEIGHT, WIDTH, mark_label
from mingzhang.write.charts import chart_png, chart_svg
from mingzhang.write.ring_labels import LINE, place_labels, turned


def _figure(yuan: int, text: str | None = None) -> Figure:
    return Figure(
        "revenue@bureau/2021", Fraction(yuan), f"{yuan / 10000:.2f}" if text is None else text, "万元"
    )


def _bars(*amounts: int) -> Chart:
    series = tuple(Series(f"{2020 + place}年度", (_figure(amount),)) for place, amount in enumerate(amounts))
    return Chart("totals", "收支总计", "bars", ("收入总计",), series, "万元", "两年对比")


def _ring(**parts: int) -> Chart:
    figures = tuple(_figure(amount) for amount in parts.values())
    return Chart("ring", "结构", "ring", tuple(parts), (Series("金额", figures),), "万元", "结构图")


def _texts(chart: Chart) -> list[str]:
    root = ElementTree.fromstring(chart_svg(chart))
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_bars_carry_their_printed_value_and_their_series():
    """The digits over a bar are the printed ones, and the legend names every year."""
    texts = _texts(_bars(33_436_100, 33_694_400))
    assert {"3343.61", "3369.44", "2020年度", "2021年度", "收入总计", "单位：万元"} <= set(texts)


def test_a_ring_labels_each_slice_with_name_share_and_amount_and_lists_what_is_zero():
    """A zero has no slice but is not silently dropped; the whole stands in the centre."""
    texts = _texts(_ring(基本支出=75_000_000, 项目支出=25_000_000, 经营支出=0))
    assert "75%　7500.00万元" in texts
    assert "25%　2500.00万元" in texts
    assert "10000.00" in texts
    assert any("经营支出" in text and "本年无数额" in text for text in texts)


def test_a_tiny_slice_never_reads_as_nothing_and_its_rest_never_as_everything():
    """0.013 % is printed with the decimals that show it."""
    texts = _texts(_ring(财政拨款收入=33_690_000, 其他收入=4_400))
    assert any(text.startswith("0.01%") for text in texts)
    assert any(text.startswith("99.99%") for text in texts)


def test_a_ring_without_amounts_says_so():
    """All zero: an empty ring with words, no division by zero."""
    assert "本年无数额" in _texts(_ring(基本支出=0, 项目支出=0))


def test_a_negative_part_is_named_with_its_amount_instead_of_drawn():
    """A ring cannot show a negative part; the reader still learns of it."""
    assert any("其他支出（-1.00" in text for text in _texts(_ring(基本支出=10_000, 其他支出=-10_000)))


def test_drawing_again_gives_the_same_bytes():
    """No random ids, no clock."""
    for chart in (_bars(1, 2), _ring(甲=1, 乙=2)):
        assert chart_svg.__wrapped__(chart) == chart_svg.__wrapped__(chart)
        assert chart_png.__wrapped__(chart) == chart_png.__wrapped__(chart)


def test_a_png_has_the_scaled_size_of_the_chart():
    """Scale multiplies the CSS pixels."""
    width, height = struct.unpack(">II", chart_png(_ring(甲=1), 2.0)[16:24])
    assert (width, height) == (2 * WIDTH, 2 * HEIGHT)


def test_each_bar_and_slice_says_what_it_is():
    """Marks carry their label, so that pages can open the figure behind them."""
    chart = _bars(10_000, 20_000)
    labels = {mark_label(chart, series, 0) for series in range(2)}
    root = ElementTree.fromstring(chart_svg(chart))
    assert labels <= {element.get("aria-label") for element in root.iter()}


def test_hostile_words_stay_words():
    """Names are data: markup and expressions in them are printed, not run."""
    name = "</text><script>alert(1)</script>"
    svg = chart_svg(_ring(**{name: 5, "datum.amount+1": 6}))
    assert "<script>" not in svg
    assert "datum.amount+1" in _texts(_ring(**{name: 5, "datum.amount+1": 6}))


def test_an_unknown_kind_of_chart_is_refused():
    """Only the kinds of the document model are drawn."""
    with pytest.raises(KeyError):
        chart_svg(Chart("x", "x", "pie", (), (), "万元"))


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_labels_of_a_ring_never_cover_each_other(weights):
    """Whatever the shares, two labels of one side keep the height of two lines, inside the picture."""
    shares = [weight / sum(weights) for weight in weights]
    texts = [("国有资本经营预算财政拨款收入" if weight % 2 else "名称", "1%") for weight in weights]
    labels = place_labels(shares, texts, (240, 132), 80, (480, 520), turned(shares))
    for side in ("left", "right"):
        boxes = sorted(
            (label.y - LINE / 2, label.y + LINE * len(label.lines)) for label in labels if label.align == side
        )
        assert all(lower[0] >= upper[1] - LINE / 2 for upper, lower in pairwise(boxes))
        assert all(top >= 0 and bottom <= 520 + LINE for top, bottom in boxes)


def test_the_axis_reaches_beyond_every_bar_in_round_steps():
    """Ends and ticks are 1, 2 or 5 times a power of ten, whatever the amounts."""
    axis = Axis.around(Fraction(-63), Fraction(6272, 100))
    assert (axis.low, axis.high) == (-70, 70)
    assert [axis.label(tick) for tick in axis.ticks()] == ["−60", "−40", "−20", "0", "20", "40", "60"]


@given(low=st.integers(-(10**12), 0), high=st.integers(1, 10**12), parts=st.sampled_from((1, 100, 10**6)))
def test_an_axis_holds_its_amounts_and_few_ticks(low, high, parts):
    """From three to ten labels, the smallest and the largest amount inside."""
    axis = Axis.around(Fraction(low, parts), Fraction(high, parts))
    assert axis.low <= Fraction(low, parts)
    assert Fraction(high, parts) <= axis.high
    assert 3 <= len(axis.ticks()) <= 10
    labels = [axis.label(tick) for tick in axis.ticks()]
    assert len(set(labels)) == len(labels)


def test_a_negative_bar_hangs_below_zero_with_its_digits_under_it():
    """The zero line is drawn through the plot; the amount of a deficit stands below its bar."""
    root = ElementTree.fromstring(chart_svg(_bars(-10_000, 20_000)))
    places = {element.text: float(element.get("y", "0")) for element in root.iter() if element.get("y")}
    assert places["-1.00"] > places["0"] > places["2.00"]
