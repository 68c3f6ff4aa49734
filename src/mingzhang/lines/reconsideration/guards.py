"""What the law asks before a step of reconsideration or defence (复议、应诉各步骤的条件): pure functions of the record, what is entered, and the day."""

from __future__ import annotations

from datetime import date, timedelta

from mingzhang.casework.definitions import View
from mingzhang.casework.guarding import not_yet_over, refused_by, rows_said, said
from mingzhang.documents import Problem

SIMPLE_MOST_FEN = 300_000
"""行政复议法第五十三条: three thousand yuan."""

SIMPLE_FROM = date(2024, 1, 1)
"""The summary procedure came with the law of 2023."""

APPLY_WITHIN_DAYS = 60
"""第二十条第一款; longer where another law says so."""

LEAST_AT_HEARING = {"主持人": 1, "听证员": 2, "记录员": 1}
"""第五十条: one host, two members or more, one clerk."""

ALL_AGREE, AMOUNT = "各方同意", "款额三千元以下"


def one_act(record: View, payload: View, today: date) -> Problem | None:
    """One act, one case (第二十二条第四款)."""
    if (said(record, payload, "acts") or 0) != 1:
        return refused_by(
            "one_act", "一件申请只能针对一个行政行为", "申请复议的行为个数", "请按行为分别登记。"
        )
    return None


def first_supplement(record: View, payload: View, today: date) -> Problem | None:
    """What is missing is asked for once, in one notice (第三十一条)."""
    if "ask_supplement" in (record.get("actions_taken") or ()):
        return refused_by(
            "supplement_once", "补正只能一次性告知，本件已经通知过", "通知补正", "请按现有材料审查。"
        )
    return None


def supplement_overdue(record: View, payload: View, today: date) -> Problem | None:
    """An application is abandoned only after the time for its papers is over."""
    return not_yet_over(record, "DR01-03", "supplement_overdue", "补正", today)


def acceptance_expired(record: View, payload: View, today: date) -> Problem | None:
    """An application not refused in time counts as accepted from the day of expiry (第三十条第三款)."""
    return not_yet_over(record, "DR01-01", "acceptance_expired", "受理审查", today)


def reply_overdue(record: View, payload: View, today: date) -> Problem | None:
    """The respondent has its whole time to reply (第七十条)."""
    families = [name for name in ("DR01-08", "DR01-09") if name in (record.get("deadlines") or {})]
    return next(
        (found for name in families if (found := not_yet_over(record, name, "reply", "答复", today))), None
    )


def conditions(record: View, payload: View, today: date) -> Problem | None:
    """All conditions of 第三十条 are met."""
    if not said(record, payload, "conditions_met"):
        return refused_by(
            "conditions", "没有确认符合受理条件", "符合受理条件", "请逐项核对；不符合的办理“不予受理”。"
        )
    return None


def jurisdiction(record: View, payload: View, today: date) -> Problem | None:
    """Customs, tax and the like are not under this government (第二十七条)."""
    if not said(record, payload, "under_government"):
        return refused_by(
            "jurisdiction",
            "被申请人不由本级政府管辖",
            "属于本级政府管辖",
            "请办理“告知向有管辖权的机关申请”。",
        )
    return None


def in_time(record: View, payload: View, today: date) -> Problem | None:
    """Sixty days from knowing of the act, a year where remedies were not told (第二十条)."""
    knew, received = said(record, payload, "knew_on"), record.get("received_on")
    if not knew or not received:
        return None
    if knew > received:
        return Problem("E-ORDER", "知道行为日期晚于收件日期", "知道行为日期", "请核对两个日期。")
    last = knew + timedelta(days=APPLY_WITHIN_DAYS if said(record, payload, "told_rights") else 365)
    if received > last and said(record, payload, "late_reason") not in ("不可抗力", "其他正当理由"):
        return refused_by(
            "in_time",
            f"申请期限到{last:%Y-%m-%d}，收件时已经超过",
            "逾期理由",
            "请填写正当理由，或者办理“不予受理”。",
        )
    return None


def not_elsewhere(record: View, payload: View, today: date) -> Problem | None:
    """What another body or a court has taken is not taken again (第二十九条)."""
    if said(record, payload, "elsewhere"):
        return Problem("E-DUP", "其他机关或者法院已经受理", "已由其他机关或者法院受理", "请办理“不予受理”。")
    return None


def simple_allowed(record: View, payload: View, today: date) -> Problem | None:
    """The summary procedure has its grounds, and its amount its limit (第五十三条)."""
    if said(record, payload, "procedure") != "简易程序":
        return None
    if (record.get("rule_date") or today) < SIMPLE_FROM:
        return refused_by("simple", "2024年1月1日以前收到的申请没有简易程序", "审理程序", "请选择普通程序。")
    ground = said(record, payload, "simple_ground")
    if not ground:
        return refused_by(
            "simple", "适用简易程序没有法定事由", "简易程序事由", "请选择事由，或者改用普通程序。"
        )
    if ground == AMOUNT and (said(record, payload, "amount") or 0) > SIMPLE_MOST_FEN:
        return refused_by("simple", "涉及款额超过三千元", "涉及款额", "请改用普通程序，或者取得各方同意。")
    return None


def no_rule_attached(record: View, payload: View, today: date) -> Problem | None:
    """Rules of ministries and governments are not reviewed along with an act (第十三条)."""
    if any(row.get("is_rule") for row in rows_said(record, payload, "attached_norms")):
        return refused_by("attached_norm", "规章不能附带审查", "附带审查的文件", "请删去规章，并告知申请人。")
    return None


def no_relative(record: View, payload: View, today: date) -> Problem | None:
    """Who is interested does not handle the case."""
    if said(record, payload, "handler_is_relative"):
        return Problem("E-CONFLICT", "承办人与当事人有利害关系", "承办人与当事人有利害关系", "请更换承办人。")
    return None


def right_body_named(record: View, payload: View, today: date) -> Problem | None:
    """Who has no power says who has."""
    if not said(record, payload, "under_government") and not said(record, payload, "right_body"):
        return Problem(
            "E-REQ", "不属于本机关管辖，但没有告知有权机关", "有权处理的机关", "请填写有管辖权的机关。"
        )
    return None


def hearing_panel(record: View, payload: View, today: date) -> Problem | None:
    """One host, two members or more, one clerk, nobody twice."""
    people = rows_said(record, payload, "hearing_people")
    names = [row.get("person") for row in people]
    if len(set(names)) < len(names):
        return refused_by("hearing_panel", "听证人员有重复", "听证人员", "一人只能担任一项职责。")
    for post, least in LEAST_AT_HEARING.items():
        if sum(row.get("post") == post for row in people) < least:
            return refused_by(
                "hearing_panel", f"听证的{post}不足{least}名", "听证人员", "请补齐主持人、听证员、记录员。"
            )
    return None


def sixty_days_over(record: View, payload: View, today: date) -> Problem | None:
    """Only after sixty days, and only for the grounds of 第四十一条第五项."""
    if "DR01-21" not in (record.get("deadlines") or {}):
        return refused_by("terminate", "中止事由不适用期满终止", "中止事由", "请在事由消除后恢复审理。")
    return not_yet_over(record, "DR01-21", "terminate", "中止", today)


def extension_allowed(record: View, payload: View, today: date) -> Problem | None:
    """The ordinary procedure only, once, thirty days at most, before it is due (第六十二条第一款)."""
    if said(record, payload, "procedure") == "简易程序":
        return refused_by("extend", "简易程序不能延期", "延期审理", "请先转为普通程序。")
    if "extend" in (record.get("actions_taken") or ()):
        return refused_by("extend", "本件已经延期一次", "延期审理", "请在期限内作出决定。")
    days = payload.get("days")
    if days is None or not 1 <= days <= 30:
        return refused_by("extend", "延长天数应当在1至30天之间", "延长天数", "请改正天数。")
    due = (record.get("deadlines") or {}).get("DR01-10")
    if due is not None and today > due:
        return refused_by(
            "extend", f"审理期限{due:%Y-%m-%d}已经届满，不能再延期", "延期审理", "请尽快作出决定。"
        )
    return None


def reply_time_over(record: View, payload: View, today: date) -> Problem | None:
    """No decision while the respondent may still reply."""
    if said(record, payload, "reply_on") or said(record, payload, "reply_waived"):
        return None
    found = reply_overdue(record, payload, today)
    return found and Problem(
        "E-ORDER", "被申请人的答复期限尚未届满", "被申请人答复日期", "请等待答复或者期限届满。"
    )


def opinions_heard(record: View, payload: View, today: date) -> Problem | None:
    """Parties are heard, or it is said why not (第四十九条, since 2024)."""
    if (record.get("rule_date") or today) < SIMPLE_FROM or said(record, payload, "procedure") == "简易程序":
        return None
    if not rows_said(record, payload, "heard") and not said(record, payload, "not_heard_reason"):
        return refused_by("heard", "没有听取当事人意见", "听取意见", "请登记听取意见，或者填写未听取的原因。")
    return None


def committee_asked(record: View, payload: View, today: date) -> Problem | None:
    """Major cases go to the committee (第五十二条, since 2024)."""
    if (record.get("rule_date") or today) < SIMPLE_FROM or not said(record, payload, "major"):
        return None
    if not said(record, payload, "committee_opinion"):
        return refused_by(
            "committee", "重大、疑难、复杂案件没有复议委员会咨询意见", "复议委员会咨询意见", "请先提请咨询。"
        )
    return None


def no_worse(record: View, payload: View, today: date) -> Problem | None:
    """A change is not for the worse unless a third party claims the contrary (第六十三条第二款)."""
    if (
        said(record, payload, "decision") == "变更"
        and said(record, payload, "worse_for_applicant")
        and not said(record, payload, "third_party_claims")
    ):
        return refused_by("no_worse", "变更决定对申请人更不利", "变更后对申请人更不利", "请改变决定内容。")
    return None


def compensation_dealt_with(record: View, payload: View, today: date) -> Problem | None:
    """A claim for compensation is answered with the decision (第七十二条)."""
    if said(record, payload, "compensation_claim") and not said(record, payload, "compensation_answered"):
        return refused_by(
            "compensation", "没有对赔偿请求作出处理", "已对赔偿请求作出处理", "请一并处理赔偿请求。"
        )
    return None


def answered_after_service(record: View, payload: View, today: date) -> Problem | None:
    """Nobody answers before being served."""
    served, answered = said(record, payload, "served_on"), said(record, payload, "answered_on")
    if served and answered and answered < served:
        return Problem("E-ORDER", "答复、答辩日期早于收到通知日期", "答复、答辩日期", "请核对两个日期。")
    return None


def session_after_service(record: View, payload: View, today: date) -> Problem | None:
    """No session before the case was served, none in the future."""
    served = said(record, payload, "served_on")
    for row in rows_said(record, payload, "sessions"):
        held = row.get("held_on")
        if held and served and held < served:
            return Problem("E-ORDER", "开庭日期早于收到应诉通知日期", "庭审", "请核对两个日期。")
        if held and held > today:
            return Problem("E-DATE", "开庭日期晚于今天", "庭审", "开庭后再登记。")
    return None


def head_or_reason(record: View, payload: View, today: date) -> Problem | None:
    """A head who attended has a post; one who did not has a reason, and staff attend (法释〔2020〕3号)."""
    for row in rows_said(record, payload, "sessions"):
        if row.get("head_attended") and not row.get("head_post"):
            return Problem(
                "E-REQ", "负责人出庭没有填写职务", "庭审", "请选择正职、副职或者其他参与分管负责人。"
            )
        if not row.get("head_attended") and not row.get("absent_reason"):
            return Problem("E-REQ", "负责人不出庭没有填写理由", "庭审", "请选择理由；没有正当理由的选“无”。")
    return None


def last_session_right(record: View, payload: View, today: date) -> Problem | None:
    """The day of the last session is that of the rows."""
    days = [row["held_on"] for row in rows_said(record, payload, "sessions") if row.get("held_on")]
    if days and said(record, payload, "last_session_on") != max(days):
        return Problem(
            "E-ORDER", f"最近一次开庭应为{max(days):%Y-%m-%d}", "最近一次开庭日期", "请按庭审登记改正。"
        )
    return None


def judgment_in_order(record: View, payload: View, today: date) -> Problem | None:
    """Served not before it was given."""
    given, served = said(record, payload, "judgment_on"), said(record, payload, "judgment_served_on")
    if given and served and served < given:
        return Problem("E-ORDER", "裁判文书送达日期早于裁判日期", "裁判文书送达日期", "请核对两个日期。")
    return None
