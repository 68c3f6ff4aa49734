"""Folders of lines: a sound one is read whole, a broken one refused with file, line, what and remedy."""

import re
import shutil

import pytest
from bookshop_line import LIBRARY, bookshop

from mingzhang.casework.definitions import DeadlineUse, FieldType, PrivacyClass, Shape
from mingzhang.lines import BrokenLinesError, line_with_code, lines, read_lines


def test_a_sound_folder_is_read_whole():
    line = bookshop()
    assert (line.code, line.chinese, line.department_role) == ("98", "图书借阅", "PLS")
    loan = line.kinds["loan"]
    assert loan.name == "bookshop.loan"
    assert loan.shape is Shape.MATTER
    readers = loan.fields[-1]
    assert readers.type is FieldType.ROWS
    assert [each.privacy for each in readers.fields] == [PrivacyClass.P1, PrivacyClass.P2]
    lend = loan.states.transitions[1]
    assert lend.starts == (DeadlineUse("DR14-02", {"way": "邮寄"}, "lent_on"),)
    assert line.kinds["talk"].states is None
    assert line.documents["slip"].starts_on_service == (DeadlineUse("DR14-04"),)
    assert line.returns["branch_month"].items == (("listeners", "听众", "人次"),)
    assert list(line.guards) == ["deposit_paid"]
    assert line.access["JO"] == "W"


def test_the_bureaus_own_lines_are_sound():
    assert {"01", "02", "05", "07"} <= {line.code for line in lines().values()}
    assert line_with_code("07") is lines()["legal_aid"]
    assert line_with_code("99") is None
    for name, line in lines().items():
        assert line.id == name
        assert all(kind.line == name for kind in line.kinds.values())


BROKEN = [
    ("line.toml", 'code = "98"\n', "", 1, "缺少“code”"),
    ("line.toml", 'JO = "W"', 'JO = "WX"', 10, "不认识的字母"),
    ("line.toml", 'JO = "W"', 'BOSS = "W"', 10, "BOSS"),
    ("line.toml", "[access]", "[access", 7, "TOML"),
    ("kinds.toml", 'shape = "matter"', 'shape = "mater"', 4, "mater"),
    ("kinds.toml", 'type = "money"', 'type = "cash"', 11, "cash"),
    ("kinds.toml", 'codes = ["到馆", "邮寄"], ', "", 10, "codes与类型不符"),
    ("kinds.toml", 'name = "book", ', 'name = "title", ', 9, "所有记录共有"),
    ("kinds.toml", 'name = "book", ', 'name = "书", ', 9, "小写英文"),
    ("kinds.toml", '"readers.id_no", "book"]', '"readers.number", "book"]', 7, "readers.number"),
    ("kinds.toml", '"{readers.name}借{book}"', '"{readers.nam}"', 6, "readers.nam"),
    ("kinds.toml", "借〔{year}〕{number}号", "借{number}号", 5, "year"),
    ("kinds.toml", 'required = "mark_damaged"', 'required = "damaged"', 14, "damaged"),
    ("kinds.toml", 'least = "0"}', 'least = "none"}', 11, "界限"),
    ("kinds.toml", 'most = "today"', 'most = "tomorrow"', 12, "界限"),
    ("kinds.toml", 'id = "talk"', 'id = "loan"', 2, "写了两次"),
    ("kinds.toml", "unique = [", 'guards = ["nothing"]\nunique = [', 7, "nothing"),
    ("kinds.toml", "unique = [", 'shares = "book"\nunique = [', 2, "指明种类"),
    ("kinds.toml", "unique = [", "siblings = {talk = []}\nunique = [", 2, "没有共同的对象"),
    ("kinds.toml", "unique = [", 'siblings = {loan = ["readers"]}\nunique = [', 2, "P0字段"),
    (
        "states.toml",
        'to = "lent"\nroles = ["PLS"]\nguards',
        'to = "gone"\nroles = ["PLS"]\nguards',
        21,
        "gone",
    ),
    ("states.toml", 'guards = ["deposit_paid"]', 'guards = ["deposit"]', 21, "没有函数"),
    ("states.toml", 'roles = ["PLS", "JO"]', 'roles = ["PLS", "JOE"]', 59, "JOE"),
    ("states.toml", 'needs = ["lent_on"]', 'needs = ["lend_on"]', 21, "lend_on"),
    ("states.toml", 'needs = ["lent_on"]', 'needs = ["lent_on"]\nsets = {secrecy = "HIDDEN"}', 21, "HIDDEN"),
    ("states.toml", 'documents = ["slip"]', 'documents = ["slips"]', 21, "没有模板"),
    ("states.toml", 'stops = ["DR14-01"]\nstarts', 'stops = ["DR14-99"]\nstarts', 21, "DR14-99"),
    ("states.toml", 'from_field = "lent_on"', 'from_field = "lent"', 21, "lent"),
    ("states.toml", 'needs = ["lent_on"]', 'needs = ["lent_on"]\nmoment = "lent_on"', 21, "不是时刻字段"),
    ("states.toml", '{way = "邮寄"}', '{wey = "邮寄"}', 21, "wey"),
    ("states.toml", 'kind = "loan"', 'kind = "lone"', 2, "lone"),
    ("states.toml", 'from = ["repairing"]\nto = "lent"', 'from = ["lent"]\nto = "lent"', 7, "没有出路"),
    ("states.toml", "automatic = true", "automatic = false", 69, "没有岗位"),
    (
        "states.toml",
        'id = "refused", chinese = "不予借出", final = true',
        'id = "refused", chinese = "不予借出"',
        9,
        "没有出路",
    ),
    ("states.toml", 'from = ["lent"]\nto = "back"', 'from = ["lent", "refused"]\nto = "back"', 9, "终结状态"),
    (
        "states.toml",
        '{id = "back"',
        '{id = "lost", chinese = "丢失", final = true},\n  {id = "back"',
        8,
        "没有步骤到达",
    ),
    (
        "metrics.toml",
        'kinds = ["loan"], date_field = "lent_on"}',
        'kinds = ["lone"], date_field = "lent_on"}',
        2,
        "lone",
    ),
    ("metrics.toml", 'measure = "sum:listeners"', 'measure = "sum:theme"', 22, "不是数字字段"),
    ("metrics.toml", 'measure = "sum:listeners"', 'measure = "mean:listeners"', 22, "measure"),
    ("metrics.toml", 'where = {way = "邮寄"}', 'where = {way = {like = "邮"}}', 11, "like"),
    ("metrics.toml", 'denominator = {kinds = ["loan"], date_field = "lent_on"}\n', "", 11, "没有分母"),
    ("metrics.toml", 'basis = "借出册数"\n', "", 11, "basis"),
    ("metrics.toml", 'date_field = "occurred_on", ', "", 22, "date_field"),
    (
        "metrics.toml",
        'returned_as = "branch_month.listeners"',
        'returned_as = "branch_month.hearers"',
        22,
        "returned_as",
    ),
    ("metrics.toml", 'includes = "借出的书"\n', "", 1, "includes"),
    ("returns.toml", 'metric = "M98-03"', 'metric = "M98-01"', 6, "returned_as"),
    ("documents/slip.txt", "{book}", "{boook}", 5, "boook"),
    ("documents/slip.txt", "{book}", "{book", 5, "花括号"),
    ("documents/slip.txt", "DR14-04", "DR14-44", 3, "DR14-44"),
    ("documents/slip.txt", "number: ", "no: ", 2, "number"),
    ("documents/slip.txt", "借单〔{year}〕{number}号", "借单{number}号", 2, "year"),
    ("guards.py", "record: View, payload: View, today: date", "record: View", 9, "参数"),
    ("guards.py", "from datetime", "form datetime", 1, "不能运行"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "told"), BROKEN)
def test_a_broken_folder_is_refused_with_file_line_what_and_remedy(tmp_path, name, old, new, line, told):
    shutil.copytree(LIBRARY, tmp_path / "library")
    path = tmp_path / "library" / "bookshop" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenLinesError) as refused:
        read_lines(tmp_path / "library")
    found = [problem for problem in refused.value.problems if told in problem.what + problem.remedy]
    assert found, refused.value
    for problem in found:
        assert problem.remedy
    assert any(problem.where == f"{path}，第{line}行" for problem in found), found


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    shutil.copytree(LIBRARY, tmp_path / "library")
    path = tmp_path / "library" / "bookshop" / "states.toml"
    text = path.read_text(encoding="utf-8").replace("DR14-01", "DR14-91").replace("deposit_paid", "deposit")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenLinesError) as refused:
        read_lines(tmp_path / "library")
    assert len(refused.value.problems) >= 4


def test_two_lines_do_not_share_codes_and_metrics(tmp_path):
    shutil.copytree(LIBRARY, tmp_path / "library")
    shutil.copytree(LIBRARY / "bookshop", tmp_path / "library" / "another")
    with pytest.raises(BrokenLinesError) as refused:
        read_lines(tmp_path / "library")
    told = " ".join(problem.what for problem in refused.value.problems)
    assert "业务线编号98" in told
    assert "指标M98-01" in told


def test_a_reference_to_another_line_must_be_there(tmp_path):
    shutil.copytree(LIBRARY, tmp_path / "library")
    path = tmp_path / "library" / "bookshop" / "kinds.toml"
    text = path.read_text(encoding="utf-8")
    field = '{name = "theme", chinese = "主题", type = "text", required = "creation"}'
    assert field in text
    more = '{name = "about", chinese = "所讲", type = "record", kind = "%s"}'
    path.write_text(text.replace(field, f"{field},\n  {more % 'bookshop.loan'}"), encoding="utf-8")
    assert read_lines(tmp_path / "library")["bookshop"].kinds["talk"].fields[1].kind == "bookshop.loan"
    path.write_text(text.replace(field, f"{field},\n  {more % 'elsewhere.book'}"), encoding="utf-8")
    with pytest.raises(BrokenLinesError, match=re.escape("elsewhere.book")):
        read_lines(tmp_path / "library")
