"""Posts given and ended (岗位登记): an administrator of the whole installation proposes, another person decides (`setting`); nobody appoints oneself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingzhang.documents import Problem
from mingzhang.records.administration.scope import must_administer
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Area, CasePost, CaseRole, Organisation, SettingChange
from mingzhang.records.casework.posting import END, GIVE, title_of
from mingzhang.records.casework.setting import propose, waiting_for
from mingzhang.records.models import User
from mingzhang.records.policy import Access
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError

KIND = SettingChange.Kind.POST


def appoint(access: Access, stated: Mapping[str, str]) -> SettingChange:
    """Propose to give a post: `username`, `role`, `line` (blank: all), `area`, `organisation`, `valid_from`, `valid_to`. Raises RefusedError."""
    must_administer(access, None)
    person = User.objects.filter(username=stated.get("username", "").strip(), is_active=True).first()
    area = Area.objects.filter(code=stated.get("area", "")).first()
    organisation = Organisation.objects.filter(key=stated.get("organisation", "")).first()
    begins, ends = _day(stated.get("valid_from", "")), _day(stated.get("valid_to", ""))
    problems = []
    if person is None:
        problems.append(Problem("E-REF", "没有这位在用的用户", "登录名", "先在“用户”里建立，或核对登录名。"))
    elif person.pk == access.user.pk:
        problems.append(Problem("own_post", "不能给自己登记岗位", person.name, "请另一位系统管理员登记。"))
    if stated.get("role") not in CaseRole.values:
        problems.append(Problem("E-CODE", "没有选择岗位", "岗位", "从列表中选择。"))
    if stated.get("line") and stated["line"] not in all_lines():
        problems.append(Problem("E-CODE", "没有这条业务线", "业务线", "从列表中选择，或留空表示全部。"))
    if stated.get("area") and area is None:
        problems.append(Problem("E-REF", "没有这个街道社区", "街道社区", "从列表中选择。"))
    if stated.get("organisation") and organisation is None:
        problems.append(Problem("E-REF", "没有这个机构", "机构", "从列表中选择。"))
    if begins is None:
        problems.append(Problem("E-DATE", "没有起始日期", "自", "填写日期，如 2021-03-05。"))
    if stated.get("valid_to") and (ends is None or (begins is not None and ends < begins)):
        problems.append(Problem("E-DATE", "结束日期不对", "至", "填写不早于起始日期的日期，或留空。"))
    if problems or person is None or begins is None:
        raise RefusedError(*problems)
    made = {
        "do": GIVE,
        "username": person.username,
        "role": stated["role"],
        "line": stated.get("line", ""),
        "area": area.code if area else "",
        "organisation": organisation.key if organisation else "",
        "valid_from": begins.isoformat(),
        "valid_to": ends.isoformat() if ends else "",
    }
    return propose(access.user, KIND, person.username[:20], made, begins, _basis(stated))


def end(access: Access, post: CasePost, version: int, last: date | None, reason: str = "") -> SettingChange:
    """Propose that a post end on a day, which still counts. Raises RefusedError, ChangedMeanwhileError."""
    must_administer(access, None)
    if last is None or last < post.valid_from:
        raise RefusedError(
            Problem("E-DATE", "结束日期不对", title_of(post), "填写不早于起始日期的日期，如 2021-12-31。")
        )
    if post.version != version:
        raise ChangedMeanwhileError(title_of(post), "其他系统管理员")
    if any(row.content.get("post") == post.pk for row in waiting_for(KIND, post.user.username[:20])):
        raise RefusedError(
            Problem("E-DUP", "这个岗位已有一项待批准的变更", title_of(post), "先批准或退回那一项。")
        )
    made = {
        "do": END,
        "username": post.user.username,
        "role": post.role,
        "line": post.line,
        "post": post.pk,
        "version": version,
        "valid_to": last.isoformat(),
    }
    return propose(access.user, KIND, post.user.username[:20], made, None, _basis({"reason": reason}))


def _basis(stated: Mapping[str, str]) -> str:
    return stated.get("reason", "").strip() or "岗位调整"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
