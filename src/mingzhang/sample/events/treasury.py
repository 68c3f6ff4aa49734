"""The treasury's side (国库): monthly quota notices, money from elsewhere, and the quota taken back at the year's end."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from mingzhang.records.codes import economic_group, function_named
from mingzhang.records.drafts import VoucherDraft
from mingzhang.records.events import quota_cancelled
from mingzhang.sample.desk import Desk
from mingzhang.sample.planned import Use, fen, rows, settings
from mingzhang.sample.workdays import workdays

ROUND_FEN = 100_000
"""Quota is granted in whole thousands of yuan until the last month."""

_Key = tuple[str, str, str, str]  # function, nature, project, personnel or public


def grant_quota(desk: Desk) -> None:
    """Book the quota notices (授权支付额度到账通知) that the year's payments need, and what is taken back on 31 December."""
    cancelled = {
        _cancelled_key(row): fen(row["yuan"])
        for row in settings()["cancelled_quota"][str(desk.year)]
        if row["unit"] == desk.name
    }
    needs = _needs(desk.drafts)
    for key in sorted(needs.keys() | cancelled.keys()):
        function, nature, project, group = key
        details = {"function": function, "nature": nature, "project": project, "group": group}
        granted = spent = 0
        year_total = sum(needs[key].values()) + cancelled.get(key, 0)
        for month in range(1, 13):
            spent += needs[key].get(month, 0)
            wanted = year_total if month == 12 else min(-(-spent // ROUND_FEN) * ROUND_FEN, year_total)
            if wanted > granted:
                day = workdays(desk.year, month)[0]
                desk.book(
                    "V01",
                    day,
                    wanted - granted,
                    f"{month}月授权支付额度到账（{_purpose(desk, key)}）",
                    **details,
                )
                granted = wanted
        if key in cancelled:
            desk.put(quota_cancelled(desk.unit, date(desk.year, 12, 31), cancelled[key], **details))


def _needs(drafts: list[VoucherDraft]) -> dict[_Key, dict[int, int]]:
    """Money that leaves the zero-balance account, by key and month."""
    needs: dict[_Key, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for draft in drafts:
        if any(entry.account == "800101" and entry.side == "C" for entry in draft.budgetary):
            for entry in draft.budgetary:
                if entry.side == "D":
                    group = "" if entry.nature == "project" else economic_group(entry.economic)
                    needs[entry.function, entry.nature, entry.project, group][draft.date.month] += entry.fen
    return needs


def _purpose(desk: Desk, key: _Key) -> str:
    """What a quota is for: the project, or the functional subject."""
    function, _, project, _ = key
    if project:
        return next(row["name"] for row in rows("projects") if row["code"] == project)
    found = function_named(function)
    return found.name_in(desk.year) if found else function


def _cancelled_key(row: dict[str, str]) -> _Key:
    project = row.get("project", "")
    return row["function"], row["nature"], project, "" if project else "public"


def receive_other_money(desk: Desk, uses: list[Use]) -> None:
    """Book money from another level of government (非同级财政拨款), all of it before it is spent."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for use in uses:
        if use.fund == "other":
            totals[use.function, use.project] += use.fen
    for (function, project), total in sorted(totals.items()):
        day = workdays(desk.year, 4)[-1]
        desk.book(
            "V25",
            day,
            total,
            "收到市级拨入普法联合宣传经费",
            function=function,
            nature="project",
            project=project,
            payment="bank",
        )
