"""Posts put in force (岗位生效): what an approved change of posts does; each on the trail, no post is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mingzhang.records.casework.errors import ChangedMeanwhileError, refused
from mingzhang.records.casework.models import Area, CasePost, Organisation
from mingzhang.records.people.models import User
from mingzhang.records.trail import content, record

BOOK = "posts"
GIVE, END = "give", "end"


def put_in_force(decider: User, change: Mapping[str, Any]) -> CasePost:
    """Give or end the post that a change states; inside the transaction that approves it. Raises RefusedError, ChangedMeanwhileError."""
    if decider.username == change["username"]:
        raise refused("E-SELF", "不能批准自己的岗位", decider.name, "请局领导或另一位系统管理员批准。")
    return _give(change) if change["do"] == GIVE else _end(change)


def _give(change: Mapping[str, Any]) -> CasePost:
    person = User.objects.filter(username=change["username"], is_active=True).first()
    if person is None:
        raise refused("E-REF", "没有这位在用的用户", change["username"], "退回这项变更。")
    last = change["valid_to"]
    post = CasePost.objects.create(
        user=person,
        role=change["role"],
        line=change["line"],
        area=Area.objects.filter(code=change["area"]).first(),
        organisation=Organisation.objects.filter(key=change["organisation"]).first(),
        valid_from=date.fromisoformat(change["valid_from"]),
        valid_to=date.fromisoformat(last) if last else None,
    )
    record(BOOK, "登记岗位", title_of(post), of=post, after=content(post))
    return post


def _end(change: Mapping[str, Any]) -> CasePost:
    """The last day still counts."""
    post = CasePost.objects.select_for_update(of=("self",)).select_related("user").get(pk=change["post"])
    if post.version != change["version"]:
        raise ChangedMeanwhileError(title_of(post), "其他系统管理员")
    before = content(post)
    post.valid_to = date.fromisoformat(change["valid_to"])
    post.version += 1
    post.save(update_fields=["valid_to", "version"])
    record(BOOK, "结束岗位", title_of(post), of=post, before=before, after=content(post))
    return post


def title_of(post: CasePost) -> str:
    """How a post is called."""
    return f"{post.user.name} {post.get_role_display()}"
