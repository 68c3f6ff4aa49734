"""A self-evaluation score cannot exceed what the execution rate leaves."""

import pytest

from mingzhang.pipeline import audit

TEXT = """十三、预算绩效情况说明

1.“河道保洁经费项目”绩效自评得分为{score}分。项目全年预算数200.00万元，执行数160.00万元，执行率80.00%。
"""


@pytest.mark.parametrize(("score", "told"), [("96", False), ("98", False), ("98.1", True), ("99.5", True)])
def test_only_scores_beyond_the_milder_form_are_told(score: str, told: bool):
    remarks = audit(TEXT.format(score=score)).remarks
    assert [each.rule for each in remarks] == (["score_within_execution"] if told else [])
    if told:
        assert (remarks[0].published, remarks[0].computed) == (f"{score}分", "96.00分")
