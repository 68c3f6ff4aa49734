"""What a sentence says of another year, of a base or of a budget is not held against this year's final accounts."""

import pytest

from mingzhang import pipeline

HEAD = "云岭区水务局2022年度部门决算\n\n第三部分 云岭区水务局2022年度部门决算情况说明\n\n七、“三公”经费支出决算情况说明\n\n"


def told(text: str) -> list[str]:
    """Errors and warnings that come of figures."""
    remarks = pipeline.audit(HEAD + text).remarks
    return [each.rule for each in remarks if each.rule in ("same", "growth", "change", "completion", "total")]


@pytest.mark.parametrize(
    "text",
    [
        "2021年度公务接待费支出1.20万元。2022年度公务接待费支出1.50万元。\n",
        "2022年度“三公”经费支出合计5.10万元，较2021年度“三公”经费支出合计4.10万元增加1.00万元。\n",
        "2022年度公务接待费支出3.00万元。公务接待费预算较2021年度增加1.68万元，增长29.37%。\n",
        "公务用车运行维护费支出2.40万元。公务用车保有量3辆，车均运行维护费0.80万元。\n",
        "公务接待费支出1.20万元（其中：外事接待费支出0元），国（境）外公务接待费支出0元。\n",
        "“三公”经费支出5.10万元（其中：一般公共预算支出5.10万元；政府性基金预算支出0万元），比上年增加0.10万元，增长2%。\n",
    ],
)
def test_what_is_said_of_something_else_raises_nothing(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "2021年度公务接待费支出1.20万元。2022年度公务接待费支出1.50万元，比2021年增加0.50万元。\n",
            "change",
        ),
        ("2022年度公务接待费支出1.50万元，较2021年度公务接待费支出1.20万元增加0.50万元。\n", "change"),
        ("会议费支出预算2.50万元，支出决算1.25万元，完成预算的60%。\n", "completion"),
    ],
)
def test_what_it_contradicts_is_told(text: str, rule: str):
    assert rule in told(text)
