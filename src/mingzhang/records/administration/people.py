"""People (用户管理): added with a one-time password, changed, reset, deactivated; nobody is ever deleted."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.administration.grants import keep_an_administrator
from mingzhang.records.administration.passwords import one_time_password
from mingzhang.records.administration.scope import must_manage
from mingzhang.records.models import User
from mingzhang.records.policy import Access, Action
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError
from mingzhang.records.trail import content, record

BOOK = "people"
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,39}")
_UNTOLD = ("password", "last_login", "version")
"""What the trail does not keep of a person."""


def add_person(
    access: Access, username: str, name: str, section: str = "", phone: str = ""
) -> tuple[User, str]:
    """Add a person and return the one-time password, which is kept nowhere. Raises RefusedError."""
    if not access.may_anywhere(Action.ADMINISTER):
        raise RefusedError(Problem("not_allowed", "您没有这项权限", "用户管理", "请系统管理员办理。"))
    return add_first_person(username, name, section, phone)


def add_first_person(username: str, name: str, section: str = "", phone: str = "") -> tuple[User, str]:
    """The same from the command line of the machine, which needs no grant."""
    username, name = username.strip(), name.strip()
    problems = _problems_of_names(username, name)
    if problems:
        raise RefusedError(*problems)
    password = one_time_password()
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                username,
                password,
                name,
                section=section.strip()[:60],
                phone=phone.strip()[:40],
                must_change_password=True,
            )
            record(BOOK, "建立用户", _title(person), of=person, after=content(person, *_UNTOLD))
    except IntegrityError:
        raise RefusedError(
            Problem(
                "username_taken",
                f"登录名“{username}”已被使用",
                "登录名",
                "换一个登录名；离职人员的登录名不能再用。",
            )
        ) from None
    return person, password


def change_person(
    access: Access, person: User, version: int, name: str, section: str, phone: str = ""
) -> User:
    """Change name, section and office telephone. Raises RefusedError."""
    name = name.strip()
    with transaction.atomic():
        row = _locked(access, person, version)
        if problems := _problems_of_names(row.username, name):
            raise RefusedError(*problems)
        stated = {"name": name, "section": section.strip()[:60], "phone": phone.strip()[:40]}
        return _changed(row, "修改用户", **stated)


def reset_password(access: Access, person: User, version: int) -> str:
    """Give a new one-time password; open sessions end at once. Raises RefusedError."""
    with transaction.atomic():
        row = _locked(access, person, version)
        if row.pk == access.user.pk:
            raise RefusedError(
                Problem(
                    "own_password",
                    "不能重置自己的密码",
                    row.name,
                    "用右上角的“修改密码”，或请另一位系统管理员重置。",
                )
            )
        password = one_time_password()
        row.set_password(password)
        _changed(row, "重置密码", must_change_password=True)
    return password


def set_active(access: Access, person: User, version: int, active: bool) -> User:
    """Let a person work or no longer; open sessions and tokens end at once. Raises RefusedError."""
    with transaction.atomic():
        row = _locked(access, person, version)
        if not active:
            if row.pk == access.user.pk:
                raise RefusedError(
                    Problem("own_account", "不能停用自己", row.name, "请另一位系统管理员办理。")
                )
            keep_an_administrator(row)
        return _changed(row, "启用用户" if active else "停用用户", is_active=active)


def remove_second_factor(access: Access, person: User, version: int) -> User:
    """Take the device of the one-time codes away, as when the phone is lost; the next login sets up another."""
    with transaction.atomic():
        row = _locked(access, person, version)
        if row.pk == access.user.pk:
            raise RefusedError(
                Problem(
                    "own_second_factor", "不能取消自己的一次性验证码", row.name, "请另一位系统管理员办理。"
                )
            )
        devices(row).delete()
        return _changed(row, "取消一次性验证码设备")


def unlock(access: Access, person: User) -> None:
    """Let somebody locked out after wrong passwords try again."""
    from axes.utils import reset

    with transaction.atomic():
        must_manage(access, person)
        reset(username=person.username)
        record(BOOK, "解除登录锁定", _title(person), of=person)


def is_locked_out(person: User) -> bool:
    """Whether some computer may not log in under this name now."""
    from axes.helpers import get_cool_off
    from axes.models import AccessAttempt

    found = AccessAttempt.objects.filter(
        username=person.username, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    return found.filter(attempt_time__gte=timezone.now() - get_cool_off()).exists()


def devices(person: User) -> Any:
    """The person's devices for one-time codes."""
    model = apps.get_model("otp_totp", "TOTPDevice")
    return model._default_manager.filter(user=person)


def _locked(access: Access, person: User, version: int) -> User:
    row = User.objects.select_for_update().get(pk=person.pk)
    must_manage(access, row)
    if row.version != version:
        raise ChangedMeanwhileError(f"用户“{row.name}”", f"现为第{row.version}次修改后的内容")
    return row


def _changed(row: User, action: str, **stated: Any) -> User:
    before = content(row, *_UNTOLD)
    for name, value in stated.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    record(BOOK, action, _title(row), of=row, before=before, after=content(row, *_UNTOLD))
    return row


def _title(person: User) -> str:
    return f"{person.username} {person.name}"


def _problems_of_names(username: str, name: str) -> list[Problem]:
    problems = []
    if not _USERNAME.fullmatch(username):
        problems.append(
            Problem(
                "username_wrong",
                "登录名不合要求",
                "登录名",
                "用 3 至 40 个英文字母、数字、点、横线，以字母开头。",
            )
        )
    if not 0 < len(name) <= 40:
        problems.append(Problem("name_missing", "没有姓名，或姓名过长", "姓名", "填写真实姓名，至多 40 字。"))
    return problems
