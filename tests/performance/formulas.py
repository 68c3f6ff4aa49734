"""Every rule of scoring with the test that holds it: run this file to print the table."""

from __future__ import annotations

SCORES, GOALS, FORMS = "performance/test_evaluation_scores.py", "performance/test_goals_and_progress.py", "performance/test_formulas.py"  # fmt: skip
RECORDS, STAGES, AUDIT = "records/test_performance.py", "records/test_performance_stages.py", "audit/test_evaluation_forms.py"  # fmt: skip

FORMULAS = {
    "execution-20": ("20×min(执行率, 1)", f"{SCORES}::test_execution_scores_by_its_rate"),
    "execution-10": ("10×min(执行率, 1)", f"{SCORES}::test_execution_scores_by_its_rate"),
    "execution-over": ("执行率>1：满分，须说明", f"{FORMS}::test_spending_beyond_the_budget_earns_nothing_and_must_be_explained"),
    "execution-base": ("基数为调整后预算", f"{STAGES}::test_sub_projects_are_rolled_up"),
    "split-hubei": ("指标合计80分", f"{GOALS}::test_weights_must_leave_what_execution_takes"),
    "split-national": ("产出50、效益30、满意度10", f"{GOALS}::test_the_national_form_fixes_the_weights_of_its_levels"),
    "split-cost": ("成本20、产出40、效益20、满意度10", f"{FORMS}::test_forms_split_a_hundred_points_as_they_say"),
    "positive": ("w×B/A，至多w", f"{SCORES}::test_an_indicator_scores_by_its_direction"),
    "reverse": ("w×A/B，至多w", f"{SCORES}::test_an_indicator_scores_by_its_direction"),
    "equal": ("w×(1−偏差)", f"{SCORES}::test_an_indicator_scores_by_its_direction"),
    "interval": ("区间内满分，外按近界之比", f"{SCORES}::test_an_indicator_scores_by_its_direction"),
    "reverse-zero-target": ("A=0：B=0满分，否则0", f"{SCORES}::test_an_indicator_scores_by_its_direction"),
    "reverse-zero-actual": ("B=0：满分", f"{SCORES}::test_an_indicator_scores_by_its_direction"),
    "qualitative-hubei": ("100—80、80—50、50—0", f"{SCORES}::test_a_qualitative_indicator_scores_within_the_band_of_its_level"),
    "qualitative-national": ("100—80、80—60、60—0", f"{SCORES}::test_a_qualitative_indicator_scores_within_the_band_of_its_level"),
    "over-achieved-cap": ("超额不加分", f"{SCORES}::test_a_score_stays_between_nothing_and_its_weight"),
    "over-achieved-low-target": ("目标过低的酌减", f"{SCORES}::test_the_national_form_takes_back_what_a_target_judged_too_low_gave"),
    "missing": ("没有完成值得0，并提示", f"{SCORES}::test_what_nobody_knows_scores_nothing"),
    "rounding": ("逐行两位小数，总分为印出各行之和", f"{SCORES}::test_the_total_is_the_sum_of_what_the_rows_print"),
    "grades-national": ("90、80、60", f"{FORMS}::test_a_total_falls_into_its_band"),
    "grades-shanghai": ("90、75、60", f"{FORMS}::test_a_total_falls_into_its_band"),
    "explain-missed": ("未达目标须说明", f"{FORMS}::test_what_must_be_explained"),
    "explain-reverse": ("反向指标超限须说明", f"{FORMS}::test_what_must_be_explained"),
    "explain-excess": ("超额30%以上须说明", f"{FORMS}::test_what_must_be_explained"),
    "explain-execution": ("执行率不足须说明", f"{FORMS}::test_what_must_be_explained"),
    "explain-changed": ("年中调整目标须说明", f"{RECORDS}::test_goals_changed_in_the_year_must_be_explained"),
    "none-only-if-reached": ("全部完成才可写“无”", f"{AUDIT}::test_a_missed_target_without_a_reason_is_told"),
    "together-absolute": ("绝对值相加", f"{GOALS}::test_the_whole_has_the_sum_of_the_funds_and_a_rate_between_the_parts"),
    "together-relative": ("相对值按资金加权", f"{GOALS}::test_the_whole_has_the_sum_of_the_funds_and_a_rate_between_the_parts"),
    "together-qualitative": ("定性得分按资金加权", f"{FORMS}::test_qualitative_scores_are_weighed_by_funds"),
    "published-98.4": ("133.3/145 → 98.39", f"{SCORES}::test_the_published_score_that_follows_comes_out"),
    "published-99": ("99.1、99.4不可能", f"{SCORES}::test_the_published_scores_that_do_not_follow_exceed_what_is_possible"),
    "better-never-less": ("越好得分不会更少", f"{SCORES}::test_better_never_scores_less"),
    "roll-up-funds": ("汇总资金等于各部分之和", f"{GOALS}::test_the_whole_has_the_sum_of_the_funds_and_a_rate_between_the_parts"),
}  # fmt: skip
"""Id → (rule, test)."""


def main() -> None:
    """Print the table."""
    for name, (rule, test) in FORMULAS.items():
        print(f"{name:28}{rule}\t{test}")


if __name__ == "__main__":
    main()
