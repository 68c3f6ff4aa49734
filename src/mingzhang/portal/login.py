"""Logging in (登录): who may, how strong a password must be, what a lock-out says."""

from __future__ import annotations

import string

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from mingzhang.portal.showing import render
from mingzhang.records.models import User
from mingzhang.records.present import person_present


class ActiveUsers(BaseBackend):
    """Password of an active person. An unknown name takes as long as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None
    ) -> User | None:
        """The person, or None."""
        if username is None or password is None:
            return None
        person = User.objects.filter(username=username.strip()).first()
        if person is None:
            User().set_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The person of a session; None once no longer active."""
        return person_present(user_id)


class LongEnough(MinimumLengthValidator):
    """A password has so many characters."""

    def get_error_message(self) -> str:
        """What is wrong, in Chinese."""
        return f"密码太短，至少 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        """What is asked for."""
        return f"密码至少 {self.min_length} 个字符。"


class UnlikeTheName(UserAttributeSimilarityValidator):
    """A password does not resemble the login name or the name."""

    def get_error_message(self) -> str:
        """What is wrong, in Chinese."""
        return "密码与登录名或姓名太相似。"

    def get_help_text(self) -> str:
        """What is asked for."""
        return "密码不能与登录名、姓名相似。"


class Uncommon(CommonPasswordValidator):
    """A password is none of those that everybody tries first."""

    def get_error_message(self) -> str:
        """What is wrong, in Chinese."""
        return "这个密码太常见，容易被猜中。"

    def get_help_text(self) -> str:
        """What is asked for."""
        return "密码不能是常见密码。"


class ThreeKinds:
    """A password has at least three of: small letters, capitals, digits, other characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where it has fewer."""
        kinds = (
            any(character in string.ascii_lowercase for character in password),
            any(character in string.ascii_uppercase for character in password),
            any(character.isdigit() for character in password),
            any(not character.isalnum() for character in password),
        )
        if sum(kinds) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        """What is asked for."""
        return "密码应至少包含大写字母、小写字母、数字、其他符号中的三种。"


def locked_out(
    request: HttpRequest, credentials: dict[str, str], *args: object, **kwargs: object
) -> HttpResponse:
    """The page shown after too many failures."""
    return render(request, "login/locked.html", status=429)
