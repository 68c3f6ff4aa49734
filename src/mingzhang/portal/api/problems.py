"""Problems as JSON (接口的错误): code, what, where, remedy, and the status that fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from pydantic import Field

from mingzhang.documents import Problem
from mingzhang.records.proposals.kind import ChangedMeanwhileError, RefusedError


class ProblemOut(Schema):
    """One problem (一个问题)."""

    code: str = Field(description="种类，不随文字改变 / stable kind")
    what: str = Field(description="什么不对 / what is wrong")
    where: str = Field(description="在哪里 / where")
    remedy: str = Field(description="怎么办 / what to do")
    severity: str = Field("error", description="error、warning 或 notice")


class Problems(Schema):
    """Why it was not done (没有办成的原因)."""

    problems: list[ProblemOut]


STATUSES = {
    400: "请求无法识别 / not understood",
    401: "没有登录或令牌无效 / not authenticated",
    403: "没有权限 / not allowed",
    404: "没有，或不在您的范围内 / not found",
    409: "打开之后已被他人修改，或现在的状态不能这样办 / changed meanwhile",
    413: "内容过大 / too large",
    422: "内容不合要求 / refused, with what to do",
    429: "请求过于频繁 / too many requests",
}
ERRORS = dict.fromkeys(STATUSES, Problems)
"""What every endpoint may answer beside its own."""

_FORBIDDEN = {"not_allowed", "own_proposal", "not_yours", "not_your_token", "E-ROLE", "E-SELF", "E-AREA"}
_CONFLICT = {"key_taken", "wrong_state", "already_closed", "E-STATE", "E-DUP"}


def status_of(refused: RefusedError) -> int:
    """The status that says what kind of refusal it is."""
    if isinstance(refused, ChangedMeanwhileError):
        return 409
    codes = {problem.code for problem in refused.problems}
    if codes & _FORBIDDEN:
        return 403
    return 409 if codes & _CONFLICT else 422


def answer(status: int, problems: Iterable[Problem]) -> JsonResponse:
    """The answer with these problems."""
    return JsonResponse({"problems": [asdict(problem) for problem in problems]}, status=status)


def told(request: HttpRequest, status: int) -> JsonResponse:
    """The answer for a status that says it all."""
    what, remedy = _WORDS[status]
    return answer(status, [Problem(_CODES[status], what, request.path[:200], remedy)])


_CODES = {
    400: "bad_request",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many_requests",
    500: "broken",
}
_WORDS = {
    400: ("请求无法识别", "检查 JSON 和参数的写法。"),
    401: ("没有登录，或令牌无效、已过期、已作废", "在请求头给出 Authorization: Bearer 令牌，或先登录。"),
    403: ("没有这项权限，或令牌的用途不含它", "请系统管理员授权，或建立含这项用途的令牌。"),
    404: ("没有这一项，或不在您的范围内", "检查地址中的代码和编号。"),
    405: ("这个地址不接受这种方法", "见接口说明。"),
    413: ("内容过大", "减小文件或分几次提交。"),
    429: ("请求过于频繁", "按 Retry-After 所说的秒数稍候再试。"),
    500: ("系统出错了，这次操作没有完成", "稍后重试；仍然出错时告诉系统管理员。"),
}
