"""Similar questions: the same matter in other words is found; what was taken out is not; the index is a plain file that can be made anew."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mingzhang.casework.similar import SimilarQuestions, terms

QUESTIONS = {
    "押金": "退租以后房东扣着押金不给，怎么办？",
    "欠薪": "包工头拖欠工资不发，能不能起诉？",
    "漏水": "楼上卫生间漏水把我家天花板泡坏了，谁来赔？",
    "彩礼": "分手后男方要求返还彩礼，要不要退？",
    "缓刑": "缓刑期间想去外地打工，要谁批准？",
    "网购": "在APP上网购买到假货，商家不退款",
}
LONG = some.lists(
    some.sampled_from(list("房东租金押退不给漏水工资欠薪app 12，。")), min_size=3, max_size=40
).map("".join)


@pytest.fixture
def index():
    found = SimilarQuestions(sqlite3.connect(":memory:"))
    found.add(QUESTIONS.items())
    return found


@pytest.mark.parametrize(
    ("asked", "matter"),
    [
        ("租房合同到期，押金房东一直扣着，可以要回来吗", "押金"),
        ("老板拖欠我三个月工资", "欠薪"),
        ("天花板被楼上漏水泡了", "漏水"),
        ("社区矫正缓刑人员外地打工怎么请假", "缓刑"),
        ("ａｐｐ买到假货", "网购"),
    ],
)
def test_the_same_matter_in_other_words_is_found_first(index, asked, matter):
    assert index.find(asked)[0].key == matter


@pytest.mark.parametrize(
    "asked", ["", "？！", "请问", "火星移民手续", "的了吗", '"OR" NEAR(', "' ; DROP TABLE question"]
)
def test_where_nothing_is_alike_nothing_is_offered(index, asked):
    assert index.find(asked) == []


def test_a_question_itself_is_wholly_alike(index):
    found = index.find(QUESTIONS["彩礼"])
    assert (found[0].key, found[0].likeness) == ("彩礼", pytest.approx(1))
    assert all(0 < each.likeness <= 1 for each in found)


def test_what_is_taken_out_or_replaced_is_found_no_more(index):
    index.remove(["押金", "没有的"])
    assert "押金" not in [each.key for each in index.find(QUESTIONS["押金"])]
    index.add([("漏水", "交通事故认定书不服怎样复核")])
    assert "漏水" not in [each.key for each in index.find(QUESTIONS["漏水"])]
    assert index.find("事故认定书不服")[0].key == "漏水"
    assert len(index) == len(QUESTIONS) - 1


def test_an_index_file_is_read_again(tmp_path):
    file = tmp_path / "similar.sqlite3"
    SimilarQuestions(sqlite3.connect(file)).add(QUESTIONS.items())
    again = SimilarQuestions(sqlite3.connect(file))
    assert again.find("房东不退押金")[0].key == "押金"


@given(texts=some.lists(LONG, min_size=1, max_size=12), again=some.integers(0, 11))
@settings(max_examples=40, deadline=None)
def test_adding_twice_and_taking_out_leave_no_trace(texts, again):
    """Whatever the texts: one added again counts once, and without it the others are found as if it had never been there."""
    keyed = [(f"q{number}", text) for number, text in enumerate(texts)]
    index, plain = (SimilarQuestions(sqlite3.connect(":memory:")) for _ in range(2))
    key = f"q{again % len(texts)}"
    index.add([*keyed, *keyed])
    assert len(index) == len(texts)
    assert all(not terms(text) or index.find(text, 20)[0].likeness == pytest.approx(1) for _, text in keyed)
    index.remove([key])
    plain.add(each for each in keyed if each[0] != key)
    for _, text in keyed:
        assert {each.key for each in index.find(text, 20)} >= {
            each.key for each in plain.find(text, 20) if each.likeness > 0.6
        }
        assert key not in {each.key for each in index.find(text, 20)}
