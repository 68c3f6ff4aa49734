"""Logging in (登录): the password, then a one-time code for those who approve or administer."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as verified
from django_otp.plugins.otp_totp.models import TOTPDevice
from markupsafe import Markup

from mingzhang.portal.access import anybody
from mingzhang.portal.showing import render
from mingzhang.records.acting import acting
from mingzhang.records.models import User
from mingzhang.records.policy import Access
from mingzhang.records.trail import record

_BACKEND = "mingzhang.portal.login.ActiveUsers"
PEOPLE = "people"
"""The book of people in the trail."""


@anybody
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    error = ""
    if request.method == "POST":
        person = authenticate(
            request,
            username=request.POST.get("username", "")[:40],
            password=request.POST.get("password", "")[:200],
        )
        if getattr(request, "axes_locked_out", False):
            return render(request, "login/locked.html", status=429)
        if isinstance(person, User):
            login(request, person, backend=_BACKEND)
            with acting(person.name):
                record(PEOPLE, "登录", person.username, of=person)
            return redirect(_safe(request, wanted))
        error = "用户名或密码不正确"
    return render(
        request,
        "login/login.html",
        status=401 if error else 200,
        error=error,
        next=wanted,
        username=request.POST.get("username", ""),
    )


@anybody
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        with acting(request.user.name):
            record(PEOPLE, "退出", request.user.username, of=request.user)
    logout(request)
    return redirect("home")


@anybody
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    if not request.user.is_authenticated:
        return redirect("login")
    person, errors = request.user, []
    if request.method == "POST":
        old, new = request.POST.get("old", ""), request.POST.get("new", "")
        if not person.check_password(old):
            errors.append("原密码不正确")
        elif new != request.POST.get("again", ""):
            errors.append("两次输入的新密码不一致")
        elif new == old:
            errors.append("新密码不能与原密码相同")
        else:
            try:
                validate_password(new, person)
            except ValidationError as weak:
                errors += weak.messages
        if not errors:
            person.set_password(new)
            person.must_change_password, person.password_changed_at = False, timezone.now()
            person.save()
            update_session_auth_hash(request, person)
            with acting(person.name):
                record(PEOPLE, "修改密码", person.username, of=person)
            return redirect("desk")
    return render(
        request,
        "login/password.html",
        errors=errors,
        rules=password_validators_help_texts(),
        forced=person.must_change_password,
        status=422 if errors else 200,
    )


@anybody
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time code; who has no device yet sets one up by scanning."""
    person = request.user
    if not person.is_authenticated:
        return redirect("login")
    if person.is_verified() or not (settings.SECOND_FACTOR and Access(person).needs_second_factor):
        return redirect("desk")
    device = TOTPDevice.objects.filter(user=person, confirmed=True).first()
    fresh = device is None
    if device is None:
        device, _ = TOTPDevice.objects.get_or_create(user=person, confirmed=False, defaults={"name": "手机"})
    error = ""
    if request.method == "POST":
        allowed, _ = device.verify_is_allowed()
        if not allowed:
            error = "连续输错，请稍候再试"
        elif device.verify_token(request.POST.get("code", "").replace(" ", "")[:8]):
            if fresh:
                device.confirmed = True
                device.save()
                with acting(person.name):
                    record(PEOPLE, "启用一次性验证码", person.username, of=person)
            verified(request, device)
            return redirect(_safe(request, request.GET.get("next") or ""))
        else:
            error = "验证码不正确或已过期，请输入手机上正在显示的六位数字"
    code = segno.make(device.config_url).svg_inline(scale=4, border=2) if fresh else ""
    return render(
        request,
        "login/second_factor.html",
        error=error,
        fresh=fresh,
        code=Markup(code),
        status=422 if error else 200,
    )


def _safe(request: HttpRequest, wanted: str) -> str:
    """An address of this site, else the desk."""
    fits = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and fits else settings.LOGIN_REDIRECT_URL
