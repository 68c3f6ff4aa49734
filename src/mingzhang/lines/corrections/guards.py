"""What the law asks before a step of community corrections (社区矫正各步骤的条件): pure functions of the record, what is entered, and the day.

What a step must know of other records of the same person (earlier leaves, earlier sanctions, the facts of violations) it reads there: `siblings` of kinds.toml.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.definitions import View
from mingzhang.casework.guarding import refused_by, rows_said, said
from mingzhang.casework.siblings import siblings_said
from mingzhang.casework.supervision import (
    Episode,
    Incident,
    Sanction,
    Span,
    days_of,
    days_of_month,
    is_juvenile,
    level_of,
    overlapping,
    proposal_problems,
    read_regime,
    span_problems,
)
from mingzhang.casework.supervision.regimes import fits
from mingzhang.documents import Problem

REGIME = read_regime(Path(__file__).with_name("supervision.toml"))
NOTICE_DAYS = 3
"""A leave is applied for so many days before (实施办法第二十七条)."""

PERMIT_MONTHS = 6
ORDER_MONTHS = 3
"""The longest of a travel permit (实施办法第二十九条) and of a positioning order and each renewal (社区矫正法第二十九条)."""

INVESTIGATORS = 2
REVIEWERS = 5
"""The fewest who investigate and who vote in a collective review; their number is odd (参)."""

PROMPT_MINUTES = 30

GRANTED = ("granted", "overdue", "closed")
"""States of a leave that was approved."""

VERIFIED = ("verified", "handled")
"""States of a violation that a person verified; that step demands the list of its evidence."""

RULED_ON = ("提请撤销缓刑", "提请撤销假释", "提请收监执行")
"""Sanctions that a court or another body rules on."""

_ARTICLE = re.compile(r"第(\d+)条第(\d+)项")


# Entry


def term_is_in_order(record: View, payload: View, today: date) -> Problem | None:
    """A term ends after it begins and does not begin before the decision is in force."""
    since, until = said(record, payload, "term_from"), said(record, payload, "term_to")
    if since and until and until < since:
        return Problem("E-RANGE", f"矫正止日{until}早于起日{since}", "矫正止日", "核对法律文书上的起止日期。")
    return None


def medical_kind_is_stated(record: View, payload: View, today: date) -> Problem | None:
    """Why somebody serves outside a prison is stated for those who do, and for nobody else."""
    outside = said(record, payload, "category") == "暂予监外执行"
    if outside != bool(said(record, payload, "medical_kind")):
        what = "没有填写" if outside else "不是暂予监外执行，却填写了"
        return Problem("E-REQ", f"{what}暂予监外执行原因", "暂予监外执行原因", "核对矫正类别和原因。")
    return None


def of_age_at_the_crime(record: View, payload: View, today: date) -> Problem | None:
    """Who was under eighteen at the crime is entered by the step that seals the file, and stays so (社区矫正法第五十四、五十八条)."""
    if _minor(record, payload):
        return Problem(
            "E-SEC",
            "犯罪时未满十八周岁，档案应当封存",
            "犯罪日期",
            "用“登记未成年对象”办理（社区矫正法第五十四条）。",
        )
    return None


def under_age_at_the_crime(record: View, payload: View, today: date) -> Problem | None:
    """Only a minor's file is sealed from the first day."""
    if not _minor(record, payload):
        return refused_by("minor", "犯罪时已满十八周岁", "犯罪日期", "用“登记对象”办理，或者核对日期。")
    return None


def identity_is_checked(record: View, payload: View, today: date) -> Problem | None:
    """Nobody is taken in unchecked."""
    if not said(record, payload, "identity_checked"):
        return refused_by("identity", "没有核对身份", "已核对身份", "核对身份证件和法律文书后再接收。")
    return None


def reported_in_order(record: View, payload: View, today: date) -> Problem | None:
    """A person reports after the decision took force and not in the future."""
    reported, effective = said(record, payload, "reported_on"), said(record, payload, "effective_on")
    if reported and ((effective and reported < effective) or reported > today):
        return Problem("E-DATE", f"报到日期{reported}不在生效日期和办理日期之间", "报到日期", "核对日期。")
    return None


def team_is_whole(record: View, payload: View, today: date) -> Problem | None:
    """A team of two or more; a woman in it for a woman, and for a minor one who knows minors (社区矫正法第二十五、五十二条)."""
    team = rows_said(record, payload, "team")
    if len(team) < 2:
        return Problem("E-REQ", f"矫正小组有{len(team)}人", "矫正小组", "填写两名以上成员。")
    if said(record, payload, "sex") == "女" and all(row.get("sex") != "女" for row in team):
        return refused_by(
            "team",
            "矫正对象为女性，矫正小组没有女性成员",
            "矫正小组",
            "增加女性成员（社区矫正法第二十五条）。",
        )
    if _minor(record, payload) and not any(row.get("knows_minors") for row in team):
        return refused_by(
            "team",
            "未成年对象的矫正小组没有熟悉未成年人身心特点的人员",
            "矫正小组",
            "增加这样的成员（社区矫正法第五十二条）。",
        )
    return None


def team_stays_whole(record: View, payload: View, today: date) -> Problem | None:
    """After the entry no change and no correction leaves a team incomplete."""
    return team_is_whole(record, payload, today) if "admit" in (record.get("actions_taken") or ()) else None


def plan_is_made(record: View, payload: View, today: date) -> Problem | None:
    """An individual plan, made anew whenever the class changes (社区矫正法第二十四条)."""
    plans, classes = rows_said(record, payload, "plan"), rows_said(record, payload, "classes")
    made = max((row["on"] for row in plans if row.get("on")), default=None)
    if made is None:
        return Problem("E-REQ", "没有矫正方案", "矫正方案", "制定矫正方案后再办理。")
    if len(classes) > 1 and made < max(row["since"] for row in classes) - timedelta(days=31):
        return refused_by("plan", "调整管理类别没有调整矫正方案", "矫正方案", "增加一行调整后的方案。")
    return None


def classes_are_in_order(record: View, payload: View, today: date) -> Problem | None:
    """Classes follow one another from the day of reporting, without gaps."""
    since = said(record, payload, "reported_on")
    if since is None:
        return Problem("E-REQ", "没有报到日期", "报到日期", "先办理报到。")
    spans = tuple(
        Span(row["managed_as"], row["since"], row.get("until"), row.get("reason") or "")
        for row in rows_said(record, payload, "classes")
    )
    episode = Episode("", (said(record, payload, "category"),), since, None, spans)
    wrong = [each for each in span_problems(episode, REGIME) if each.severity == "error"]
    return wrong[0] if wrong else None


def announced_as_allowed(record: View, payload: View, today: date) -> Problem | None:
    """A minor's entry is not announced in public (社区矫正法第五十四条)."""
    if _minor(record, payload) and said(record, payload, "announced_publicly"):
        return Problem("E-SEC", "未成年对象的宣告不公开进行", "公开宣告", "改为不公开。")
    announced, reported = said(record, payload, "announced_on"), said(record, payload, "reported_on")
    if announced and reported and announced < reported:
        return Problem("E-ORDER", "宣告日期早于报到日期", "入矫宣告日期", "核对两个日期。")
    return None


# Within the term, and its end


def sanction_is_submitted(record: View, payload: View, today: date) -> Problem | None:
    """Whose ruling is awaited was proposed to who rules, for this person."""
    wanted = said(record, payload, "pending_sanction")
    named = _sibling(record, "sanction", wanted)
    if wanted and not (named and named["state"] == "submitted" and named["measure_taken"] in RULED_ON):
        return refused_by(
            "submitted",
            "所选奖惩不是本对象已经提请撤销、收监的建议",
            "提请建议",
            "先在奖惩中办理提请，再等待裁定（决定）。",
        )
    return None


def files_are_sent(record: View, payload: View, today: date) -> Problem | None:
    """Nobody is moved out before the new place agreed and has the files."""
    wanted = said(record, payload, "place_change")
    named = _sibling(record, "place_change", wanted)
    if wanted and not (named and named["state"] in ("sent", "arrived")):
        return refused_by(
            "moved",
            "所选执行地变更不是本对象的，或者没有移交档案",
            "执行地变更",
            "先办理决定变更和移交档案。",
        )
    return None


def ruling_is_dated(record: View, payload: View, today: date) -> Problem | None:
    """A ruling is not of the future."""
    ruled = said(record, payload, "ruled_on")
    if ruled and ruled > today:
        return Problem("E-DATE", f"裁定日期{ruled}晚于办理日期", "裁定（决定）日期", "核对日期。")
    return None


def crime_within_the_term(record: View, payload: View, today: date) -> Problem | None:
    """A new crime is one committed within the term and judged after it was committed."""
    since, until = said(record, payload, "term_from"), said(record, payload, "term_to")
    for row in rows_said(record, payload, "new_crimes"):
        if not since <= row["committed_on"] <= min(until, row["judged_on"]):
            return Problem(
                "E-DATE",
                f"犯罪日期{row['committed_on']}不在矫正期间内，或者晚于判决",
                "重新犯罪",
                "核对两个日期；矫正期间以外的犯罪不登记在这里。",
            )
    return None


def term_is_near(record: View, payload: View, today: date) -> Problem | None:
    """Who summed up did so within the term, and not in the future."""
    summary, until = said(record, payload, "summary_on"), said(record, payload, "term_to")
    if summary and (summary > today or (until and summary > until)):
        return Problem(
            "E-DATE", f"个人总结日期{summary}晚于办理日期或者矫正止日", "个人总结日期", "核对日期。"
        )
    return None


def term_is_over(record: View, payload: View, today: date) -> Problem | None:
    """Nobody is released before the last day of the term."""
    until = said(record, payload, "term_to")
    if until is None:
        return Problem("E-REQ", "没有填写矫正止日", "矫正止日", "按法律文书更正后再办理解除。")
    if today < until:
        return Problem("E-DATE", f"矫正期限到{until}，尚未届满", "矫正止日", "期满之日再办理解除。")
    return None


def handed_over(record: View, payload: View, today: date) -> Problem | None:
    """A release hands over to resettlement (安置帮教), after the summary and the appraisal (实施办法第五十三条)."""
    summary, over = said(record, payload, "summary_on"), said(record, payload, "handed_over_on")
    if summary is None:
        return refused_by(
            "appraisal", "没有个人总结和书面鉴定", "个人总结日期", "先办理“个人总结、书面鉴定”。"
        )
    if over and over < summary:
        return Problem("E-ORDER", "移交安置帮教早于个人总结", "移交安置帮教日期", "核对两个日期。")
    return None


# Assessment before sentence


def two_investigators(record: View, payload: View, today: date) -> Problem | None:
    """Each visit is made by two."""
    visits = rows_said(record, payload, "visits")
    if not visits:
        return Problem("E-REQ", "没有走访", "走访", "登记走访的日期、对象和情况。")
    if any((row.get("investigators") or 0) < INVESTIGATORS for row in visits):
        return refused_by(
            "investigators", "走访的调查人员不足两人", "走访", f"由{INVESTIGATORS}名以上人员调查。"
        )
    return None


def reviewed_after_visits(record: View, payload: View, today: date) -> Problem | None:
    """The committee reviews what was found, when it was found."""
    days = [row["on"] for row in rows_said(record, payload, "visits") if row.get("on")]
    reviewed = said(record, payload, "reviewed_on")
    if not days or (reviewed and reviewed < max(days)):
        return Problem("E-ORDER", "集体评议早于走访", "集体评议日期", "走访完毕再评议，核对日期。")
    return None


def sent_after_review(record: View, payload: View, today: date) -> Problem | None:
    """An opinion leaves after its review, and a copy goes to the procuratorate with it or later."""
    reviewed, sent = said(record, payload, "reviewed_on"), said(record, payload, "sent_on")
    copied = said(record, payload, "copied_on")
    if reviewed is None or (sent and sent < reviewed) or (sent and copied and copied < sent):
        return Problem("E-ORDER", "评议、送交、抄送的日期先后不对", "意见书送交日期", "核对三个日期。")
    return None


# Leaves, permits, moves


def leave_is_a_span(record: View, payload: View, today: date) -> Problem | None:
    """A leave ends on or after its first day."""
    leave = _leave(record, payload)
    if leave is not None and leave.until is not None and leave.until < leave.since:
        return Problem("E-RANGE", "返回期限早于外出日期", "返回期限", "核对两个日期。")
    return None


def applied_in_time(record: View, payload: View, today: date) -> Problem | None:
    """Three days before, unless it is urgent."""
    leave = _leave(record, payload)
    early = leave is None or today + timedelta(days=NOTICE_DAYS) <= leave.since
    if early or said(record, payload, "emergency"):
        return None
    return refused_by(
        "notice",
        f"没有提前{NOTICE_DAYS}日申请",
        "外出日期",
        "紧急的填写“紧急情形”，事后补证明（实施办法第二十七条，依据待核）。",
    )


def within_office_limits(record: View, payload: View, today: date) -> Problem | None:
    """The office of a street decides on seven days at most, and thirty together within two months."""
    return _level_reaches(record, payload, "司法所")


def within_county_limits(record: View, payload: View, today: date) -> Problem | None:
    """The county decides on thirty days at most, alone and together within two months."""
    return _level_reaches(record, payload, "县级")


def no_leave_overlaps(record: View, payload: View, today: date) -> Problem | None:
    """A leave over the days of one that was approved is a change of that one."""
    leave = _leave(record, payload)
    if leave is not None and overlapping(leave, _earlier_leaves(record)):
        return Problem("E-DUP", "与已批准的外出日期重叠", "外出日期", "变更原来的外出，或者另选日期。")
    return None


def proof_is_checked(record: View, payload: View, today: date) -> Problem | None:
    """Nobody leaves without proof of the reason; who leaves urgently brings it afterwards."""
    if said(record, payload, "proof_checked") or said(record, payload, "emergency"):
        return None
    return refused_by("proof", "没有核对证明材料", "已核对证明材料", "核对诊断证明、传票等材料后再批准。")


def leave_is_over(record: View, payload: View, today: date) -> Problem | None:
    """A return is late after the last day only."""
    until = said(record, payload, "returns_by")
    if until and today <= until:
        return refused_by("over", f"返回期限到{until}，尚未逾期", "返回期限", "期限过后再登记逾期。")
    return None


def returned_after_leaving(record: View, payload: View, today: date) -> Problem | None:
    """Who returns has left."""
    returned, left = said(record, payload, "returned_on"), said(record, payload, "leaves_on")
    if returned and left and not left <= returned <= today:
        return Problem("E-DATE", "返回日期不在外出日期和办理日期之间", "返回销假日期", "核对日期。")
    return None


def filed_with_the_county(record: View, payload: View, today: date) -> Problem | None:
    """What the office of a street approved is filed with the county before it is closed (实施办法第二十七条)."""
    if said(record, payload, "decided_at_level") == "司法所" and not said(record, payload, "filed_on"):
        return refused_by(
            "filing", "司法所批准的外出没有报县级备案", "报县级备案日期", "先办理“报县级备案”。"
        )
    return None


def permit_is_half_a_year(record: View, payload: View, today: date) -> Problem | None:
    """A permit to travel regularly holds six months at most."""
    since, until = said(record, payload, "permitted_from"), said(record, payload, "permitted_to")
    if since and until and not since <= until < added_months(since, PERMIT_MONTHS):
        return Problem(
            "E-RANGE",
            f"有效期{since}至{until}超过{PERMIT_MONTHS}个月，或者先后不对",
            "有效止日",
            "期满重新申请。",
        )
    return None


def new_place_agrees(record: View, payload: View, today: date) -> Problem | None:
    """Nobody moves to a place whose body refused."""
    if said(record, payload, "reply") != "同意":
        return refused_by(
            "reply", "新执行地不同意接收", "新执行地意见", "决定不变更，或者报共同的上一级协调。"
        )
    return None


# Positioning, exit control, search


def order_is_three_months(record: View, payload: View, today: date) -> Problem | None:
    """An order of positioning and each renewal holds three months at most."""
    spans = [(said(record, payload, "positioned_from"), said(record, payload, "positioned_to"))]
    spans += [(row.get("since"), row.get("until")) for row in rows_said(record, payload, "evaluations")]
    for since, until in spans:
        if since and until and not since <= until < added_months(since, ORDER_MONTHS):
            return refused_by(
                "order",
                f"电子定位{since}至{until}超过{ORDER_MONTHS}个月，或者先后不对",
                "使用止日",
                "不超过三个月；需要继续的评估后延长（社区矫正法第二十九条）。",
            )
    return None


def renewed_after_evaluation(record: View, payload: View, today: date) -> Problem | None:
    """A renewal follows on what it renews, after an evaluation."""
    earlier = said(record, payload, "positioned_to")
    rows = rows_said(record, payload, "evaluations")
    if len(rows) <= len(record.get("evaluations") or ()):
        return Problem("E-REQ", "没有新的评估", "评估和延长", "评估后增加一行。")
    for row in rows:
        if row["on"] > row["since"] or earlier is None or row["since"] != earlier + timedelta(days=1):
            return refused_by(
                "order",
                "延长不接续原期限，或者没有先评估",
                "评估和延长",
                "从原期限届满的次日起延长，先评估。",
            )
        earlier = row["until"]
    return None


def filed_until_later(record: View, payload: View, today: date) -> Problem | None:
    """A filing of exit control holds for days to come, and a renewal beyond what it renews."""
    until, before = said(record, payload, "valid_until"), record.get("valid_until")
    renewed = "valid_until" in payload and before is not None and bool(record.get("state"))
    if until and (until <= today or (renewed and until <= before)):
        return Problem("E-DATE", f"报备有效期止{until}已过，或者不晚于原有效期", "报备有效期止", "核对日期。")
    return None


def searched_before(record: View, payload: View, today: date) -> Problem | None:
    """The police are told once the person was searched for (社区矫正法第三十条)."""
    if not rows_said(record, payload, "efforts"):
        return refused_by("search", "没有查找经过", "查找经过", "先登记通信联络、信息化核查、实地查访。")
    return None


def found_after_loss(record: View, payload: View, today: date) -> Problem | None:
    """Who is found was lost before."""
    lost, found = said(record, payload, "lost_on"), said(record, payload, "found_on")
    if lost and found and found < lost:
        return Problem("E-ORDER", "找到日期早于失去联系日期", "找到日期", "核对两个日期。")
    return None


# Violations and sanctions


def violation_days_in_order(record: View, payload: View, today: date) -> Problem | None:
    """A violation has happened, and ends after it began."""
    on, until = said(record, payload, "on"), said(record, payload, "until")
    if on and (on > today or (until and until < on)):
        return Problem("E-DATE", "违规起止日期先后不对，或者晚于办理日期", "起日", "核对日期。")
    return None


def measure_fits_the_person(record: View, payload: View, today: date) -> Problem | None:
    """Probation is revoked of probationers, parole of parolees."""
    kind = REGIME.sanctions[said(record, payload, "measure_taken")]
    words = _categories(record, payload)
    if not fits(kind.categories, words):
        return refused_by(
            "ladder", f"“{kind.chinese}”不适用于{'、'.join(words)}对象", "奖惩种类", "改选适用的种类。"
        )
    return None


def articles_are_stated(record: View, payload: View, today: date) -> Problem | None:
    """Each sanction but praise names its ground and its facts from the first."""
    if said(record, payload, "measure_taken") == "表扬":
        return None
    if not said(record, payload, "articles") or not said(record, payload, "violations"):
        return Problem("E-REQ", "没有事由或者违规事实", "事由", "选择法定事由和本对象的违规。")
    return None


def ground_is_met(record: View, payload: View, today: date) -> Problem | None:
    """The ladder: a legal ground that verified violations meet, the person heard, the committee before the decision, where the law asks for it."""
    wrong = proposal_problems(
        REGIME,
        _categories(record, payload),
        _proposal(record, payload, today),
        _incidents(record),
        _earlier_sanctions(record),
    )
    return wrong[0] if wrong else None


def reviewed_after_hearing(record: View, payload: View, today: date) -> Problem | None:
    """The person is heard before the committee meets."""
    heard, reviewed = said(record, payload, "heard_on"), said(record, payload, "reviewed_on")
    if heard is None or (reviewed and not heard <= reviewed <= today):
        return Problem("E-ORDER", "集体评议早于听取申辩，或者晚于办理日期", "评议日期", "核对两个日期。")
    return None


def review_agreed(record: View, payload: View, today: date) -> Problem | None:
    """What the committee did not agree to is not decided."""
    if said(record, payload, "conclusion") != "同意" or not said(record, payload, "review"):
        return refused_by("review", "集体评议没有同意", "评议结论", "补充调查后再评议，或者不予处理。")
    return None


def merits_are_stated(record: View, payload: View, today: date) -> Problem | None:
    """Praise says what for."""
    if not str(said(record, payload, "merits") or "").strip():
        return Problem("E-REQ", "没有表扬依据", "表扬依据", "写明符合实施办法第三十三条的情形。")
    return None


def served_after_decision(record: View, payload: View, today: date) -> Problem | None:
    """A decision is served once it is made."""
    decided, served = said(record, payload, "decided_on"), said(record, payload, "served_on")
    if decided is None or (served and served < decided):
        return Problem("E-ORDER", "送达日期早于决定日期", "送达日期", "核对两个日期。")
    return None


def review_is_properly_made(record: View, payload: View, today: date) -> Problem | None:
    """Five or more vote, an odd number; who handles a case presents it and does not vote on it; who has a conflict does not either (参)."""
    members = rows_said(record, payload, "members")
    names = [row.get("name") for row in members if not row.get("conflict")]
    if len(set(names)) < len(names):
        return Problem("E-DUP", "参加评议人员重复", "参加评议人员", "删去重复的人员。")
    for row in rows_said(record, payload, "items"):
        voting = [name for name in names if name != row.get("handler")]
        votes = (row.get("in_favour") or 0) + (row.get("against") or 0)
        where = f"评议事项第{row.get('number')}项"
        if len(voting) < REVIEWERS or len(voting) % 2 == 0:
            return refused_by(
                "quorum",
                f"有表决权的{len(voting)}人",
                where,
                f"由{REVIEWERS}名以上单数人员表决，承办人和应当回避的不表决。",
            )
        if votes > len(voting):
            return refused_by(
                "votes", f"票数{votes}多于有表决权的{len(voting)}人", where, "承办人不投票，核对票数。"
            )
        if row.get("conclusion") == "同意" and 2 * (row.get("in_favour") or 0) <= len(voting):
            return refused_by("votes", "同意票没有过半数", where, "核对票数和结论。")
    return None


# Activities, fences, alarms


def attended_by_somebody(record: View, payload: View, today: date) -> Problem | None:
    """Each person once."""
    persons = [row.get("episode") for row in rows_said(record, payload, "attendees")]
    if not persons or len(set(persons)) < len(persons):
        return Problem("E-DUP", "没有参加对象，或者同一对象填写了两次", "参加对象", "每名对象填写一行。")
    return None


def sheet_is_of_its_month(record: View, payload: View, today: date) -> Problem | None:
    """A month's sheet names days of its month that have passed, each person and duty once."""
    month = said(record, payload, "month")
    if month is None:
        return None
    if month.day != 1:
        return Problem("E-DATE", f"月份{month}不是一个月的第一天", "月份", "填该月第一天，如 2021-03-01。")
    seen: set[tuple[Any, Any]] = set()
    for place, row in enumerate(rows_said(record, payload, "entries"), 1):
        where = f"履行情况第{place}行"
        if (who := (row.get("episode"), row.get("contact"))) in seen:
            return Problem("E-DUP", "同一对象的同一义务填写了两行", where, "合并为一行。")
        seen.add(who)
        try:
            days = days_of_month(str(row.get("days") or ""), month)
        except ValueError as wrong:
            return Problem(
                "E-DATE", f"“{wrong}”不是{month:%Y年%m月}的日", where, "写当月的日，如 1-5、8、15。"
            )
        if not days or days[-1] > today:
            return Problem("E-DATE", "没有日期，或者日期还没有到", where, "只填已经履行的日期。")
    return None


def fence_is_a_shape(record: View, payload: View, today: date) -> Problem | None:
    """A fence is a circle or a drawn shape, and only one of them."""
    shape = said(record, payload, "shape")
    circle = [said(record, payload, name) for name in ("centre_longitude", "centre_latitude", "radius")]
    stated = [value is not None for value in circle]
    if any(stated) != all(stated) or all(stated) == bool(shape):
        return Problem("E-REQ", "圆和图形应当填写一种", "图形", "填写圆心和半径，或者上传图形。")
    if shape and not _is_polygon(str(shape)):
        return Problem("E-TYPE", "图形不是GeoJSON多边形", "图形（GeoJSON）", "重新绘制区域。")
    return None


def acknowledged_as_said(record: View, payload: View, today: date) -> Problem | None:
    """Whether an alarm was taken up within thirty minutes is what the two moments say."""
    raised, acked = said(record, payload, "raised_at"), said(record, payload, "acked_at")
    if raised is None or acked is None:
        return None
    if acked.tzinfo is None and raised.tzinfo is not None:
        acked = acked.replace(tzinfo=raised.tzinfo)
    if acked < raised:
        return Problem("E-ORDER", "处置开始早于告警", "处置开始时间", "核对时间。")
    if (acked - raised <= timedelta(minutes=PROMPT_MINUTES)) is not bool(
        said(record, payload, "acked_in_time")
    ):
        return refused_by(
            "prompt", f"与两个时间相差是否在{PROMPT_MINUTES}分钟内不符", "三十分钟内处置", "核对时间。"
        )
    return None


def violation_is_linked(record: View, payload: View, today: date) -> Problem | None:
    """What was judged a violation is entered as one."""
    true = said(record, payload, "verdict") == "真实违规"
    if true != bool(said(record, payload, "violation")):
        return refused_by(
            "violation",
            "真实违规没有登记违规，或者不是违规却关联了违规",
            "违规",
            "登记违规并关联，或者核对核查结论。",
        )
    return None


def merged_into_another(record: View, payload: View, today: date) -> Problem | None:
    """An alarm is not merged into itself."""
    if said(record, payload, "merged_into") == record.get("key"):
        return refused_by("merge", "不能并入本件自身", "并入", "选择另一件告警。")
    return None


def _minor(record: View, payload: View) -> bool:
    born, crime_on = said(record, payload, "born"), said(record, payload, "crime_on")
    return isinstance(born, date) and isinstance(crime_on, date) and is_juvenile(born, crime_on)


def _leave(record: View, payload: View) -> Span | None:
    since, until = said(record, payload, "leaves_on"), said(record, payload, "returns_by")
    return Span("外出", since, until) if since and until else None


def _sibling(record: View, kind: str, key: Any) -> View | None:
    """The record of this key, if it is of the same person."""
    return next((each for each in siblings_said(record, kind) if each["key"] == key), None)


def _earlier_leaves(record: View) -> list[Span]:
    """Other leaves of the person that were approved: to the day of return where it is known."""
    return [
        Span("外出", each["leaves_on"], each["returned_on"] or each["returns_by"])
        for each in siblings_said(record, "leave")
        if each["state"] in GRANTED
    ]


def _level_reaches(record: View, payload: View, level: str) -> Problem | None:
    """Whether a level may decide on the leave: it is the one that the regime asks for, or above it."""
    leave = _leave(record, payload)
    if leave is None:
        return Problem("E-REQ", "没有外出起止日期", "外出日期", "填写起止日期。")
    ids = [each.id for each in REGIME.leave_levels]
    asked = level_of(REGIME.leave_levels, leave, _earlier_leaves(record))
    if ids.index(asked.id) <= ids.index(level):
        return None
    days = days_of(leave)
    own = next(each for each in REGIME.leave_levels if each.id == level)
    if days > own.days:
        return Problem(
            "E-ROLE", f"外出{days}日超出{own.chinese}的权限", "批准层级", f"报{asked.chinese}批准。"
        )
    return refused_by(
        "cumulative",
        f"两个月内外出累计超过{own.cumulative_days}日",
        "外出日期",
        f"报{asked.chinese}批准（实施办法第二十七条，依据待核）。",
    )


def _categories(record: View, payload: View) -> tuple[str, ...]:
    words = (str(said(record, payload, "category")),)
    return (*words, "保外就医") if said(record, payload, "medical_release") else words


def _incidents(record: View) -> list[Incident]:
    return [
        Incident(
            key=each["key"],
            kind=each["conduct"],
            on=each["on"],
            until=each["until"],
            severity=each["severity"] or "",
            verified=each["state"] in VERIFIED,
            evidence=("证据目录",) if each["state"] in VERIFIED else (),
            educated=bool(each["educated"]),
        )
        for each in siblings_said(record, "violation")
    ]


def _earlier_sanctions(record: View) -> list[Sanction]:
    """Sanctions of the person that were decided, and proposals that were not turned down."""
    return [
        Sanction(each["measure_taken"], on, incidents=tuple(each["violations"] or ()))
        for each in siblings_said(record, "sanction")
        if (on := each["decided_on"] or each["submitted_on"]) and each["result"] != "不采纳"
    ]


def _proposal(record: View, payload: View, today: date) -> Sanction:
    return Sanction(
        kind=said(record, payload, "measure_taken"),
        on=today,
        grounds=tuple(_ARTICLE.sub(r"A\1-\2", each) for each in said(record, payload, "articles") or ()),
        incidents=tuple(said(record, payload, "violations") or ()),
        heard_on=said(record, payload, "heard_on"),
        reviewed_on=said(record, payload, "reviewed_on"),
        words=str(said(record, payload, "other_ground") or ""),
    )


def _is_polygon(text: str) -> bool:
    try:
        drawn: Any = json.loads(text)
    except ValueError:
        return False
    if not isinstance(drawn, dict):
        return False
    geometry = drawn.get("geometry", drawn)
    return isinstance(geometry, dict) and geometry.get("type") in ("Polygon", "MultiPolygon")
