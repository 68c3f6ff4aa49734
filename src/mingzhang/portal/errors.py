"""Pages for what went wrong (错误页): what, where, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from mingzhang.portal.showing import render


def _page(request: HttpRequest, status: int, title: str, text: str, remedy: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        from mingzhang.portal.api.problems import told

        return told(request, status)
    number = getattr(request, "number", "")
    return render(
        request, "errors/error.html", status=status, title=title, text=text, remedy=remedy, number=number
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(
        request, 400, "请求无法识别", "提交的内容过大、不完整或格式不对。", "返回上一页，检查后重新提交。"
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(
        request,
        403,
        "没有权限",
        "您的角色不能打开这一页或办理这件事。",
        "需要时请系统管理员授权，或请有权限的同事办理。",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(
        request, 404, "没有这一页", "地址有误，或您没有查看这个单位的权限。", "从左侧菜单或首页重新进入。"
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        "系统出错了",
        "这次操作没有完成，已经记入日志；账簿没有改动。",
        "稍后重试；仍然出错时把下面的编号告诉系统管理员。",
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened too long ago, or comes from elsewhere."""
    return _page(
        request,
        403,
        "页面已过期",
        "这个页面打开得太久，或不是从本系统提交的，内容没有保存。",
        "返回上一页，刷新后重新提交。",
    )
