"""What a step of an online question asks first (网上咨询各步骤的条件): pure functions of the record, what is entered, and the day."""

from __future__ import annotations

import re
from datetime import date

from mingzhang.casework.definitions import View
from mingzhang.casework.guarding import not_yet_over, refused_by, rows_said, said
from mingzhang.documents import Problem

SHORTEST, LONGEST = 10, 2000
"""Characters of a question; a rule of the platform."""

SHORTEST_ANSWER = 20
"""Characters below which an answer does not count (参)."""

_PRIVATE = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx]|\d{15,19}|0\d{2,3}-\d{7,8})(?!\d)")
"""Numbers that a public copy must not hold: of telephones, identity cards, bank cards."""


def body_is_long_enough(record: View, payload: View, today: date) -> Problem | None:
    """Ten to two thousand characters; a text that is sealed and not sent again was checked when it was."""
    body = said(record, payload, "body")
    if not isinstance(body, str) or SHORTEST <= len(body.strip()) <= LONGEST:
        return None
    return Problem(
        "E-RANGE",
        f"问题有{len(body.strip())}个字",
        "问题",
        f"写{SHORTEST}至{LONGEST}字，说明经过和想知道的事。",
    )


def guardian_agreed(record: View, payload: View, today: date) -> Problem | None:
    """Whoever is under fourteen asks with a guardian's consent (个人信息保护法第三十一条)."""
    if said(record, payload, "under_fourteen") and not said(record, payload, "guardian_consent"):
        return refused_by(
            "guardian", "提问人不满十四周岁，没有监护人同意", "监护人同意", "请监护人同意后再提交。"
        )
    return None


def public_copy_is_clean(record: View, payload: View, today: date) -> Problem | None:
    """A public copy holds no telephone, identity or card number, and is made only with the asker's consent."""
    copy = str(said(record, payload, "public_copy") or "")
    if not copy:
        return None
    if not said(record, payload, "anonymous_public"):
        return Problem("E-SEC", "提问人没有同意公开", "公开稿", "删去公开稿，或者先征得同意。")
    if _PRIVATE.search(copy):
        return Problem("E-SEC", "公开稿中有电话、证件或者银行卡号码", "公开稿", "删去号码后再保存。")
    return None


def is_a_real_answer(record: View, payload: View, today: date) -> Problem | None:
    """The last message is an answer of somebody who answers, long enough to be one."""
    last = (rows_said(record, payload, "messages") or [{}])[-1]
    if last.get("kind") != "答复" or last.get("by") in (None, "", "提问人"):
        return refused_by("quality", "最后一条不是解答人员的答复", "往来", "写下答复再提交。")
    text = last.get("text")
    if isinstance(text, str) and len(text.strip()) < SHORTEST_ANSWER:
        return refused_by(
            "quality",
            f"答复只有{len(text.strip())}个字",
            "答复",
            f"至少{SHORTEST_ANSWER}字，说明依据和办法。",
        )
    return None


def answered_after_asking(record: View, payload: View, today: date) -> Problem | None:
    """An answer does not come before the question."""
    asked, answered = record.get("received_at"), said(record, payload, "first_answer_at")
    if asked is None or answered is None:
        return None
    if answered.tzinfo is None:
        answered = answered.replace(tzinfo=asked.tzinfo)
    if answered < asked:
        return Problem("E-ORDER", "首次答复早于提问", "首次答复时间", "核对时间。")
    return None


def is_a_follow_up(record: View, payload: View, today: date) -> Problem | None:
    """The last message is the asker's."""
    last = (rows_said(record, payload, "messages") or [{}])[-1]
    if last.get("kind") != "追问" or last.get("by") != "提问人":
        return refused_by("follow_up", "最后一条不是提问人的追问", "往来", "写下追问再提交。")
    return None


def asker_agrees(record: View, payload: View, today: date) -> Problem | None:
    """A question is handed on only if the asker agrees."""
    if not said(record, payload, "asker_agreed"):
        return refused_by("asker", "提问人没有同意转办", "提问人同意转办", "先征得提问人同意。")
    return None


def quiet_long_enough(record: View, payload: View, today: date) -> Problem | None:
    """An answered question is closed by the office only when its time is over."""
    return not_yet_over(record, "DR09-03", "quiet", "等候追问、评价", today)


def merged_into_another(record: View, payload: View, today: date) -> Problem | None:
    """A question is not merged into itself."""
    if said(record, payload, "merged_into") == record.get("key"):
        return refused_by("merge", "不能并入本件自身", "并入", "选择另一件咨询。")
    return None
