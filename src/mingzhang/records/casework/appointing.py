"""Posts given and ended (岗位登记) by an administrator of the whole installation; nobody appoints oneself, no post is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from mingzhang.documents import Problem
from mingzhang.records.administration.scope import must_administer
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Area, CasePost, CaseRole, Organisation
from mingzhang.records.models import User
from mingzhang.records.policy import Access
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import content, record

BOOK = "posts"


def appoint(access: Access, stated: Mapping[str, str]) -> CasePost:
    """Give a post: `username`, `role`, `line` (blank: all), `area`, `organisation`, `valid_from`, `valid_to`. Raises RefusedError."""
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
    with transaction.atomic():
        post = CasePost.objects.create(
            user=person,
            role=stated["role"],
            line=stated.get("line", ""),
            area=area,
            organisation=organisation,
            valid_from=begins,
            valid_to=ends,
        )
        record(BOOK, "登记岗位", _title(post), of=post, after=content(post))
    return post


def end(access: Access, post: CasePost, version: int, last: date | None) -> CasePost:
    """Let a post end on a day, which still counts. Raises RefusedError, ChangedMeanwhileError."""
    must_administer(access, None)
    if last is None or last < post.valid_from:
        raise RefusedError(
            Problem("E-DATE", "结束日期不对", _title(post), "填写不早于起始日期的日期，如 2021-12-31。")
        )
    with transaction.atomic():
        row = CasePost.objects.select_for_update(of=("self",)).select_related("user").get(pk=post.pk)
        if row.version != version:
            raise ChangedMeanwhileError(_title(row), "其他系统管理员")
        before = content(row)
        row.valid_to = last
        row.version += 1
        row.save(update_fields=["valid_to", "version"])
        record(BOOK, "结束岗位", _title(row), of=row, before=before, after=content(row))
    return row


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _title(post: CasePost) -> str:
    return f"{post.user.name} {post.get_role_display()}"
