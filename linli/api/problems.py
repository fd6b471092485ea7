"""Errors of the platform as problem+json (RFC 9457), in one place."""

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from linli.api.faults import sentences
from linli.kernel import errors

KIND = "application/problem+json"
STATUS: Mapping[type[errors.LinliError], int] = {
    errors.NotFound: 404,
    errors.NotPermitted: 403,
    errors.WrongState: 409,
    errors.Rejected: 422,
    errors.Unavailable: 503,
}

SHAPE = (
    "请求内容不符合接口约定，请按 errors 逐项更正。",
    "The request is not as the description says; correct it by the list in errors.",
)
UNKNOWN = (
    "缺少有效的密钥，或密钥没有所需的权限范围。",
    "There is no valid key, or it lacks the scope that this needs.",
)
UNREADABLE = (
    "请求正文不是有效的 JSON，什么也没有保存。请检查格式和 UTF-8 编码后再提交。",
    "The body is not valid JSON, so nothing was kept. Check its form and that it is UTF-8.",
)


def problem(status: int, title: str, detail: str, **more: object) -> HttpResponse:
    """Return one problem document."""
    body = {"type": "about:blank", "status": status, "title": title, "detail": detail, **more}
    text = json.dumps({k: v for k, v in body.items() if v is not None}, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=KIND)


def register(api: NinjaAPI) -> None:
    """Teach an API to answer every error as a problem."""

    @api.exception_handler(errors.LinliError)
    def _ours(request: HttpRequest, error: errors.LinliError) -> HttpResponse:
        status = next((n for kind, n in STATUS.items() if isinstance(error, kind)), 500)
        lang = getattr(request, "LANGUAGE_CODE", "zh-hans")
        detail = error.message(lang)
        faults = getattr(error, "faults", None)
        told = [{"field": f.field, "detail": f.message(lang)} for f in faults] if faults else None
        answer = problem(status, error.code, detail, field=error.field, errors=told)
        if isinstance(error, errors.Unavailable):
            answer["Retry-After"] = str(error.retry_after_s)
        return answer

    @api.exception_handler(ValidationError)
    def _shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
        told = [
            {
                "field": ".".join(str(part) for part in fault["loc"]),
                "detail": said(request, *sentences(fault)),
            }
            for fault in error.errors
        ]
        return problem(422, "rejected", said(request, *SHAPE), errors=told)

    @api.exception_handler(AuthenticationError)
    def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, "not_signed_in", said(request, *UNKNOWN))

    @api.exception_handler(HttpError)
    def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 400:
            return problem(400, "unreadable", said(request, *UNREADABLE))
        return problem(error.status_code, "error", str(error))


def said(request: HttpRequest, zh: str, en: str) -> str:
    """Return the sentence in the language of the request."""
    return en if getattr(request, "LANGUAGE_CODE", "").startswith("en") else zh
