"""What the law asks before a step of legal aid (法律援助各步骤的条件): pure functions of the record, what is entered, and the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mingzhang.casework.definitions import View
from mingzhang.casework.guarding import not_yet_over, refused_by, rows_said, said
from mingzhang.documents import Problem

NOTIFIED = {"通知辩护", "通知代理"}
LONG_PRACTICE_YEARS = 3
"""法律援助法第二十六条: years of relevant practice for cases of life imprisonment, death and its review."""

GRAVE = {"可能判处无期徒刑、死刑", "死刑复核"}
GRADES = {"优秀": 90, "良好": 75, "合格": 60, "不合格": 0}
"""The least total of each grade of a peer review; a local habit."""


def by_application(record: View, payload: View, today: date) -> Problem | None:
    """A notified case enters by the notice, not by an application."""
    if said(record, payload, "entry") in NOTIFIED:
        return refused_by(
            "entry", "通知辩护、通知代理的案件不是申请", "启动方式", "请用“登记通知辩护（代理）”办理。"
        )
    return None


def by_notice(record: View, payload: View, today: date) -> Problem | None:
    """An application does not enter by a notice."""
    if said(record, payload, "entry") not in NOTIFIED:
        return refused_by(
            "entry", "启动方式不是通知辩护或者通知代理", "启动方式", "请改选启动方式，或者用“登记申请”办理。"
        )
    return None


def no_own_lawyer(record: View, payload: View, today: date) -> Problem | None:
    """Defence is notified only for who has no defender of their own (法律援助法第二十五条)."""
    if said(record, payload, "has_own_lawyer"):
        return refused_by(
            "own_lawyer", "当事人已经自行委托辩护人", "已自行委托辩护人", "请回函告知办案机关，不再指派。"
        )
    return None


def first_supplement(record: View, payload: View, today: date) -> Problem | None:
    """What is missing is asked for once, in one notice (第四十三条第二款)."""
    if "ask_supplement" in (record.get("actions_taken") or ()):
        return refused_by(
            "supplement_once",
            "补充材料只能一次性告知，本件已经通知过",
            "通知补充材料",
            "请按现有材料作出决定。",
        )
    return None


def supplement_overdue(record: View, payload: View, today: date) -> Problem | None:
    """An application lapses only after the time for its papers is over."""
    return not_yet_over(record, "DR07-03", "supplement_overdue", "补充材料", today)


def urgent_ground(record: View, payload: View, today: date) -> Problem | None:
    """Aid before the review needs one of the grounds of 第四十四条."""
    if said(record, payload, "urgent_first") in (None, "", "否"):
        return refused_by("urgent", "没有先行提供的事由", "先行提供", "请先在“先行提供”中填写事由。")
    return None


def item_and_means(record: View, payload: View, today: date) -> Problem | None:
    """Whoever is granted aid has an item of the law and has been checked for means (第三十一、三十二、四十一、四十二条)."""
    if not said(record, payload, "matter_item"):
        return Problem("E-REQ", "没有援助事项", "援助事项", "请选择法律规定的事项。")
    if not said(record, payload, "means"):
        return Problem("E-REQ", "没有经济困难核查情况", "经济困难核查", "请选择核查方式。")
    return None


def commitment_signed(record: View, payload: View, today: date) -> Problem | None:
    """A commitment in place of a certificate is signed and on file (第四十一条)."""
    if said(record, payload, "means") != "诚信承诺":
        return None
    signed = said(record, payload, "commitment_signed_on")
    if not signed or not said(record, payload, "commitment_file"):
        return Problem(
            "E-REQ",
            "以诚信承诺核查，但没有签署的承诺书",
            "承诺书",
            "请填写签署日期并上传承诺书，或者改选其他核查方式。",
        )
    if signed > today:
        return Problem("E-DATE", "承诺书的签署日期晚于办理日期", "承诺书签署日期", "请核对日期。")
    return None


def exempt_stated(record: View, payload: View, today: date) -> Problem | None:
    """Who is exempt from the check of means belongs to a group of 第四十二条."""
    if said(record, payload, "means") == "免予核查" and not said(record, payload, "exempt_ground"):
        return Problem("E-REQ", "免予核查没有说明类别", "免予核查类别", "请选择第四十二条规定的类别。")
    return None


def _current(record: View, payload: View) -> Mapping[str, Any] | None:
    open_ones = [row for row in rows_said(record, payload, "assignments") if not row.get("ended_on")]
    return open_ones[-1] if open_ones else None


def lawyer_named(record: View, payload: View, today: date) -> Problem | None:
    """An assignment names one lawyer at a time."""
    open_ones = [row for row in rows_said(record, payload, "assignments") if not row.get("ended_on")]
    if len(open_ones) != 1:
        return Problem(
            "E-REQ", f"在办的承办律师应当是一名，现填写{len(open_ones)}名", "指派", "请保留一名在办律师。"
        )
    return None


def lawyer_active(record: View, payload: View, today: date) -> Problem | None:
    """A suspended or struck-off lawyer is not assigned."""
    current = _current(record, payload)
    if current is not None and current.get("lawyer_standing") in ("暂停", "注销"):
        return Problem(
            "E-REF", f"承办律师执业状态为{current['lawyer_standing']}", "指派", "请另行指派执业律师。"
        )
    return None


def years_enough(record: View, payload: View, today: date) -> Problem | None:
    """Grave cases go to lawyers with three years of practice or more (第二十六条)."""
    current = _current(record, payload)
    grave = said(record, payload, "notice_ground") in GRAVE or said(record, payload, "stage") == "死刑复核"
    if current is None or not grave:
        return None
    years = current.get("years_of_practice")
    if years is None or years < LONG_PRACTICE_YEARS:
        return refused_by(
            "years",
            f"可能判处无期徒刑、死刑和死刑复核的案件，承办律师应当有{LONG_PRACTICE_YEARS}年以上相关执业经历",
            "指派",
            "请指派符合年限的律师（法律援助法第二十六条）。",
        )
    return None


def other_firm(record: View, payload: View, today: date) -> Problem | None:
    """Both sides are not represented by one firm."""
    current = _current(record, payload)
    opposing = {row.get("lawyer_firm") for row in rows_said(record, payload, "opponents")} - {None, ""}
    if current is not None and current.get("firm") in opposing:
        return Problem(
            "E-CONFLICT",
            f"{current['firm']}同时代理对方当事人",
            "指派",
            "请指派其他执业机构的律师，避免利益冲突。",
        )
    return None


def replaced_with_reason(record: View, payload: View, today: date) -> Problem | None:
    """Who replaces a lawyer says since when and why (第五十五条)."""
    ended = [row for row in rows_said(record, payload, "assignments") if row.get("ended_on")]
    if not ended or any(not row.get("why_ended") for row in ended):
        return Problem(
            "E-REQ", "更换律师没有填写更换日期和原因", "指派", "请在原承办律师一行填写更换日期和原因。"
        )
    return lawyer_named(record, payload, today)


def progress_noted(record: View, payload: View, today: date) -> Problem | None:
    """What was done is dated, not in the future."""
    rows = rows_said(record, payload, "progress")
    if not rows:
        return Problem("E-REQ", "没有填写办理经过", "办理经过", "请登记会见、阅卷等事项和日期。")
    if any(row["on"] > today for row in rows if row.get("on")):
        return Problem("E-DATE", "办理经过的日期晚于今天", "办理经过", "请核对日期。")
    return None


def no_fee(record: View, payload: View, today: date) -> Problem | None:
    """Legal aid is free (第二条): money taken from the client stops the closing."""
    if said(record, payload, "fee_received"):
        return refused_by(
            "free", "承办人收取了受援人财物", "是否收取受援人财物", "请责令退还，并登记投诉查处。"
        )
    return None


def papers_complete(record: View, payload: View, today: date) -> Problem | None:
    """Aid given first ends only after its papers were completed (第四十四条第二款)."""
    if said(record, payload, "urgent_first") in (None, "", "否") or said(record, payload, "decision"):
        return None
    return refused_by("papers", "先行提供的案件没有补办手续", "先行提供", "请先办理“补办手续”。")


def file_is_complete(record: View, payload: View, today: date) -> Problem | None:
    """A file goes in whole and not before the end of the case."""
    if not said(record, payload, "file_complete"):
        return refused_by("file", "卷宗不齐全", "卷宗齐全", "请按卷宗目录补齐后提交。")
    submitted, ended = said(record, payload, "file_submitted_on"), said(record, payload, "result_on")
    if submitted and ended and submitted < ended:
        return Problem("E-ORDER", "提交日期早于办结日期", "结案材料提交日期", "请核对两个日期。")
    return None


def satisfaction_of_reached(record: View, payload: View, today: date) -> Problem | None:
    """Only who was reached has said how content they are."""
    rows = rows_said(record, payload, "follow_ups")
    if not rows:
        return Problem("E-REQ", "没有填写回访", "回访", "请登记回访日期和是否接通。")
    for row in rows:
        if row.get("satisfaction") is not None and not row.get("reached"):
            return refused_by("reached", "未接通的回访填写了满意度", "回访", "请改为已接通，或者清除满意度。")
        if row.get("reached") and row.get("satisfaction") is None:
            return Problem("E-REQ", "接通的回访没有填写满意度", "回访", "请填写一至五分。")
    return None


def reviewers_apart(record: View, payload: View, today: date) -> Problem | None:
    """Two reviewers who have no part in the case and are not of the handler's firm or one firm (SF/T 0085-2020)."""
    rows = rows_said(record, payload, "reviewers")
    lawyers: Iterable[Any] = [row.get("lawyer") for row in rows]
    firms = [row.get("firm") for row in rows]
    if len(rows) < 2 or len(set(lawyers)) < len(rows):
        return Problem("E-REQ", "同行评估应当有两名不同的评估人", "评估人", "请填写两名评估人。")
    if said(record, payload, "handler") in lawyers or said(record, payload, "handler_firm") in firms:
        return Problem("E-CONFLICT", "评估人是承办律师本人或者与其同所", "评估人", "请另选评估人。")
    if len(set(firms)) < len(firms):
        return Problem("E-CONFLICT", "两名评估人来自同一执业机构", "评估人", "请另选评估人。")
    return None


def grade_fits_total(record: View, payload: View, today: date) -> Problem | None:
    """The grade follows from the total."""
    total, grade = said(record, payload, "total"), said(record, payload, "grade")
    if total is None or grade is None:
        return None
    right = next(name for name, least in GRADES.items() if total >= least)
    if grade != right:
        return refused_by("grade", f"总分{total}应当评为{right}，现填写{grade}", "等次", "请核对总分和等次。")
    return None
