"""The service: its endpoints, its description, and what it answers where something is wrong."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.portal.api import problems
from mingzhang.portal.api.guard import BearerToken, Session, TooManyRequestsError, UnfinishedLoginError
from mingzhang.portal.api.routes import (
    accounts,
    audits,
    case_figures,
    case_imports,
    casework,
    jobs,
    ledger,
    organisation,
    performance,
    plans,
    proposals,
    publications,
    trail,
)
from mingzhang.records.proposals.kind import RefusedError

DESCRIPTION = """明账的数据接口：账簿、预算、备查簿、决算数、公开版本、审核、业务办理。Data interface of Mingzhang.

请求头 `Authorization: Bearer 令牌`（在“接口令牌”页建立）；已登录的浏览器会话也可以用，修改数据须带 CSRF 令牌。
金额以整数分（`…_fen`）给出；决算数以精确的十进制文本给出，连同其坐标。列表按 `next` 翻页。
出错时返回 `problems`，每项写明 code、what、where、remedy。修改须带上看到的 `version`，他人已改的返回 409。

Amounts are integer fen; facts are exact decimals with their coordinates. Lists go on with `next`. Errors are `problems`.
A change names the `version` that was seen; 409 where somebody else was quicker."""

service = NinjaAPI(
    title="明账数据接口 Mingzhang API",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    auth=[BearerToken(), Session()],
    urls_namespace="api",
)
for path, router in (
    ("", organisation.router),
    ("", ledger.router),
    ("", plans.router),
    ("", performance.router),
    ("", proposals.router),
    ("", accounts.router),
    ("", publications.router),
    ("", audits.router),
    ("", jobs.router),
    ("", casework.router),
    ("", case_figures.router),
    ("", case_imports.router),
    ("", trail.router),
):
    service.add_router(path, router)


@service.exception_handler(RefusedError)
def _refused(request: HttpRequest, raised: RefusedError) -> HttpResponse:
    return problems.answer(problems.status_of(raised), raised.problems)


@service.exception_handler(ProblemError)
def _problem(request: HttpRequest, raised: ProblemError) -> HttpResponse:
    return problems.answer(422, [raised.problem])


@service.exception_handler(ValidationError)
def _invalid(request: HttpRequest, raised: ValidationError) -> HttpResponse:
    return problems.answer(
        422,
        [
            Problem(
                "invalid",
                f"“{'.'.join(str(part) for part in error['loc'])}”不合要求：{error['msg']}",
                request.path[:200],
                "按接口说明改正这一项。",
            )
            for error in raised.errors
        ],
    )


@service.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, raised: AuthenticationError) -> HttpResponse:
    answer = problems.told(request, 401)
    answer["WWW-Authenticate"] = 'Bearer realm="mingzhang"'
    return answer


@service.exception_handler(UnfinishedLoginError)
def _unfinished(request: HttpRequest, raised: UnfinishedLoginError) -> HttpResponse:
    told = Problem(
        "login_unfinished", "密码须修改，或还没有输入一次性验证码", request.path[:200], "先在网页上完成登录。"
    )
    return problems.answer(403, [told])


@service.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, raised: PermissionDenied) -> HttpResponse:
    return problems.told(request, 403)


@service.exception_handler(Http404)
def _missing(request: HttpRequest, raised: Http404) -> HttpResponse:
    return problems.told(request, 404)


@service.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, raised: RequestDataTooBig) -> HttpResponse:
    return problems.told(request, 413)


@service.exception_handler(TooManyRequestsError)
def _too_many(request: HttpRequest, raised: TooManyRequestsError) -> HttpResponse:
    answer = problems.told(request, 429)
    answer["Retry-After"] = str(raised.seconds)
    return answer


@service.exception_handler(HttpError)
def _http(request: HttpRequest, raised: HttpError) -> HttpResponse:
    return problems.told(request, raised.status_code if raised.status_code in (400, 403, 404, 413) else 400)
