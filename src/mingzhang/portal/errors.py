"""Pages for what went wrong (错误页): what, where, what to do."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from mingzhang.portal.showing import render
from mingzhang.records.jobs.failures import is_full_disk, is_passing

_RETRY_SECONDS = 10


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
    """500; 503 where the database is away or busy, or the disk is full: then nothing is wrong with the request."""
    failure = sys.exc_info()[1]
    if failure is not None and is_full_disk(failure):
        return _unavailable(
            request,
            "磁盘已满",
            "这次操作没有保存，账簿没有改动。",
            "请系统管理员腾出磁盘空间，然后重新提交。",
        )
    if failure is not None and is_passing(failure):
        return _unavailable(
            request,
            "数据库暂时没有应答",
            "没有确认这次操作是否完成；已经办好的不会丢失。",
            "稍候片刻再打开本页，先看是否已经办好，没有再提交一次（同一张表单重复提交只算一次）。几分钟后仍是这样，告诉系统管理员。",
        )
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


def _unavailable(request: HttpRequest, title: str, text: str, remedy: str) -> HttpResponse:
    """503, made without the database: neither who is logged in nor what was to be said is asked."""
    if request.path.startswith("/api/"):
        from mingzhang.documents import Problem
        from mingzhang.portal.api.problems import answer

        told: HttpResponse = answer(503, [Problem("unavailable", title, request.path[:200], remedy)])
    else:
        stated = {"title": title, "text": text, "remedy": remedy, "number": getattr(request, "number", "")}
        page = get_template("errors/error.html").render({"here": None, "said": (), **stated}, request)
        told = HttpResponse(page, status=503)
    told["Retry-After"] = str(_RETRY_SECONDS)
    return told
