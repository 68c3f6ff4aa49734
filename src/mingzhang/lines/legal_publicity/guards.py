"""What is asked before a step of publicity (普法各步骤的条件): pure functions of the record, what is entered, and the day."""

from __future__ import annotations

from datetime import date

from mingzhang.casework.definitions import View
from mingzhang.casework.guarding import said
from mingzhang.documents import Problem


def attendance_plausible(record: View, payload: View, today: date) -> Problem | None:
    """More than five thousand people at one place is asked after, not refused."""
    if (said(record, payload, "attendance") or 0) > 5000:
        return Problem(
            "E-RANGE",
            "现场人次超过五千",
            "现场人次",
            "请核对人次，并附签到表或者照片作依据。",
            severity="warning",
        )
    return None


def issued_within_printed(record: View, payload: View, today: date) -> Problem | None:
    """No more copies are handed out than were printed."""
    printed = said(record, payload, "printed") or 0
    issued = sum(row.get("copies") or 0 for row in said(record, payload, "issued") or ())
    if issued > printed:
        return Problem(
            "E-GUARD:stock",
            f"发放{issued}份，多于印制的{printed}份",
            "发放",
            "请核对印制份数和各次发放份数。",
        )
    return None


def views_do_not_fall(record: View, payload: View, today: date) -> Problem | None:
    """Views add up over time; a fall needs its reason, and each snapshot's increase is the difference to the one before."""
    before = 0
    for row in sorted(said(record, payload, "snapshots") or (), key=lambda row: row["taken_on"]):
        views, increase = row.get("views") or 0, row.get("new_views")
        if views < before and not row.get("why_fewer"):
            return Problem(
                "E-GUARD:monotone",
                f"浏览量由{before}减为{views}，没有原因",
                "浏览量快照",
                "请核对数字或者填写减少原因。",
            )
        if increase != views - before:
            return Problem(
                "E-GUARD:increase",
                f"比上次增加应为{views - before}，现填写{increase}",
                "浏览量快照",
                "请改正增加数。",
            )
        before = views
    return None


def survey_adds_up(record: View, payload: View, today: date) -> Problem | None:
    """Who knows has answered, who answered was reached."""
    reached, answered, knows = (said(record, payload, name) or 0 for name in ("reached", "answered", "knows"))
    if not knows <= answered <= reached:
        return Problem("E-RANGE", "知晓人数、作答人数、触达人数应当依次不减", "知晓人数", "请核对三个数字。")
    return None


def due_in_year(record: View, payload: View, today: date) -> Problem | None:
    """An item of a year's list is due in that year."""
    due, year = said(record, payload, "due_on"), said(record, payload, "year")
    if due and year and due.year != year:
        return Problem("E-DATE", f"完成时限不在{year}年度内", "完成时限", "请改正时限或者年度。")
    return None


def done_not_in_future(record: View, payload: View, today: date) -> Problem | None:
    """What is done is done by today."""
    done = said(record, payload, "done_on")
    if done and done > today:
        return Problem("E-DATE", "完成日期晚于今天", "完成日期", "请核对日期。")
    return None
