"""What the law asks before a step of mediation (人民调解各步骤的条件): pure functions of the record, what is entered, and the day."""

from __future__ import annotations

from datetime import date, timedelta

from mingzhang.casework.definitions import View
from mingzhang.casework.guarding import refused_by, rows_said, said
from mingzhang.documents import Problem

CONFIRM_WITHIN_DAYS = 30
"""人民调解法第三十三条; 民事诉讼法第二百零五条: from the day the agreement takes effect."""

YEARS_AND_CASES = {
    "特级": (10, 500, 95),
    "一级": (7, 300, 90),
    "二级": (5, 200, 90),
    "三级": (3, 100, 85),
    "四级": (2, 50, 85),
}
"""Least years, cases and rate of success (%) of a grade; the rules of the place stand above these."""

MOST_ORAL_PERCENT = 30


def two_parties(record: View, payload: View, today: date) -> Problem | None:
    """A dispute has two sides."""
    if len(rows_said(record, payload, "parties")) < 2:
        return Problem("E-REQ", "纠纷当事人不足两方", "当事人", "请填写各方当事人。")
    return None


def free(record: View, payload: View, today: date) -> Problem | None:
    """People's mediation takes no fee (第四条)."""
    if said(record, payload, "fee_received"):
        return refused_by("free", "人民调解不收取任何费用", "是否收费", "请退还费用并更正。")
    return None


def all_consent(record: View, payload: View, today: date) -> Problem | None:
    """Mediation needs every side's will; one clear refusal ends it (第十七条)."""
    parties = rows_said(record, payload, "parties")
    if any(party.get("consents") is False for party in parties):
        return refused_by("consent", "有当事人拒绝调解", "当事人", "请办理“一方拒绝调解”，并告知其他途径。")
    if len(parties) < 2 or not all(party.get("consents") for party in parties):
        return refused_by("consent", "没有各方同意调解的记录", "当事人", "请逐一登记各方是否同意和日期。")
    return None


def remedies_told(record: View, payload: View, today: date) -> Problem | None:
    """Who ends without an agreement is told of other ways (第二十六条)."""
    if not said(record, payload, "told_remedies"):
        return refused_by(
            "remedies", "没有告知当事人其他解决途径", "已告知其他途径", "请告知仲裁、行政、司法等途径后办理。"
        )
    return None


def session_dated(record: View, payload: View, today: date) -> Problem | None:
    """What was done is dated, not in the future."""
    if any(row["on"] > today for row in rows_said(record, payload, "sessions") if row.get("on")):
        return Problem("E-DATE", "调解日期晚于今天", "调解经过", "请核对日期。")
    return None


def held_a_session(record: View, payload: View, today: date) -> Problem | None:
    """No result without a session."""
    if not rows_said(record, payload, "sessions"):
        return Problem("E-REQ", "没有调解经过", "调解经过", "请先登记至少一次调解。")
    return session_dated(record, payload, today)


def signed_and_sealed(record: View, payload: View, today: date) -> Problem | None:
    """A written agreement is in force when all have signed and the committee's seal is put (第二十九条)."""
    if not said(record, payload, "sealed"):
        return refused_by("agreement", "协议书没有加盖调委会印章", "调委会盖章", "请签名盖章后登记。")
    signed = said(record, payload, "signed_on")
    if signed and signed > today:
        return Problem("E-DATE", "签名日期晚于办理日期", "最后签名（盖章）日期", "请核对日期。")
    due = said(record, payload, "performance_due_on")
    if signed and due and due < signed:
        return Problem("E-ORDER", "约定履行日期早于协议生效日期", "约定履行日期", "请核对两个日期。")
    return None


def no_status_relation(record: View, payload: View, today: date) -> Problem | None:
    """Agreements on status are not confirmed by a court."""
    if said(record, payload, "status_relation"):
        return refused_by(
            "confirm_scope",
            "涉及身份关系的协议不能申请司法确认",
            "涉及身份关系确认或者解除",
            "请告知当事人通过诉讼解决。",
        )
    return None


confirm_scope = no_status_relation


def joint(record: View, payload: View, today: date) -> Problem | None:
    """Both sides apply together."""
    if not said(record, payload, "both_parties"):
        return refused_by("joint", "司法确认应当由双方当事人共同申请", "双方共同申请", "请双方共同申请。")
    return None


def confirm_in_30_days(record: View, payload: View, today: date) -> Problem | None:
    """Within thirty days from effect."""
    effective, applied = said(record, payload, "effective_on"), said(record, payload, "applied_on")
    if not effective or not applied:
        return None
    if applied < effective:
        return Problem("E-ORDER", "申请日期早于协议生效日期", "申请日期", "请核对日期。")
    last = effective + timedelta(days=CONFIRM_WITHIN_DAYS)
    if applied > last:
        return refused_by(
            "confirm_30",
            f"协议{effective:%Y-%m-%d}生效，申请司法确认的期限到{last:%Y-%m-%d}，已经超过",
            "申请日期",
            "请告知当事人可以起诉。",
        )
    return None


def performed_word(record: View, payload: View, today: date) -> Problem | None:
    """A visit that finds the agreement kept says so."""
    if said(record, payload, "performance") not in ("即时履行", "已履行"):
        return refused_by(
            "performance", "履行情况不是已履行", "履行情况", "请改用“回访：未履行”，或者核对履行情况。"
        )
    return None


def default_word(record: View, payload: View, today: date) -> Problem | None:
    """A visit that finds the agreement broken says how."""
    if said(record, payload, "performance") not in ("部分履行", "未履行", "反悔起诉"):
        return refused_by(
            "performance", "履行情况不是未履行", "履行情况", "请改用“回访：已履行”，或者核对履行情况。"
        )
    return None


def grave_risk_reported(record: View, payload: View, today: date) -> Problem | None:
    """A grave risk is reported before it is closed (第二十五条)."""
    if said(record, payload, "level") == "重大" and not said(record, payload, "reported_to"):
        return refused_by("escalation", "重大风险隐患没有报告", "报告部门", "请先办理“报告”。")
    return None


def numbers_agree(record: View, payload: View, today: date) -> Problem | None:
    """Successes and oral agreements are among the cases."""
    cases, successes, oral = (
        said(record, payload, name) or 0 for name in ("cases", "successes", "oral_agreements")
    )
    if not oral <= successes <= cases:
        return Problem("E-RANGE", "成功数或者口头协议数大于案件数", "调解成功数", "请核对三个数字。")
    return None


def grade_earned(record: View, payload: View, today: date) -> Problem | None:
    """Years, cases, rate of success and the share of oral agreements of the grade."""
    grade = said(record, payload, "grade")
    years, cases, successes, oral = (
        said(record, payload, name) or 0 for name in ("years", "cases", "successes", "oral_agreements")
    )
    if grade not in YEARS_AND_CASES:
        return Problem("E-REQ", "没有申报等级", "申报等级", "请选择申报的等级。")
    least_years, least_cases, least_rate = YEARS_AND_CASES[grade]
    if years < least_years or cases < least_cases or successes * 100 < least_rate * cases:
        return refused_by(
            "grade",
            f"{grade}要求从事调解{least_years}年以上、案件{least_cases}件以上、成功率{least_rate}%以上",
            "申报等级",
            "请改报符合条件的等级，或者办理“不予评定”。",
        )
    if oral * 100 > MOST_ORAL_PERCENT * cases:
        return refused_by(
            "grade", f"口头协议超过案件数的{MOST_ORAL_PERCENT}%", "其中口头协议", "请核对案件。"
        )
    return None
