"""Error pages: one mapping from kernel errors, and Django's own handlers.

Absent and forbidden answer the same bytes: the page says nothing about the address, carries no
token and no name, and is the same for everybody who reads the same language.
"""

import logging
import secrets
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from linli.kernel.errors import (
    LinliError,
    NotFound,
    NotPermitted,
    Rejected,
    Unavailable,
    WrongState,
)

log = logging.getLogger("linli.web")


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says: what is so, and what to do. Source texts, translated when shown."""

    status: int
    title: str
    text: str
    advice: str


BAD_REQUEST = ErrorPage(
    400,
    gettext_noop("这次提交没有被接受"),
    gettext_noop("送来的内容不完整，或者格式与页面要求不同。没有写入任何内容。"),
    gettext_noop("返回上一页核对后再提交。"),
)
STALE = ErrorPage(
    403,
    gettext_noop("页面已失效，没有提交"),
    gettext_noop("为防止他人冒用，表单需要由本站打开并在有效时间内提交。没有写入任何内容。"),
    gettext_noop("返回上一页，刷新后再提交。浏览器须允许本站的 Cookie。"),
)
NOT_FOUND = ErrorPage(
    404,
    gettext_noop("没有找到这个页面"),
    gettext_noop("地址可能有误，或者内容不在可查看的范围内。"),
    gettext_noop("核对地址或编号；从首页重新进入。"),
)
MOVED_ON = ErrorPage(
    409,
    gettext_noop("情况已有变化，没有提交"),
    gettext_noop("打开页面之后，这件事已被他人处理或进入下一环节。没有写入任何内容。"),
    gettext_noop("返回并刷新页面，按现在的状态处理。"),
)
FAULT = ErrorPage(
    500,
    gettext_noop("系统出错，这一步没有完成"),
    gettext_noop("问题出在我们这边，已经记录。"),
    gettext_noop("过几分钟再试；仍然不行，请把下面的编号告诉管理员。"),
)
DOWN = ErrorPage(
    503,
    gettext_noop("暂时不能办理"),
    gettext_noop("所依赖的一部分系统没有回应。没有写入任何内容。"),
    gettext_noop("过几分钟再试。"),
)

PAGES: tuple[tuple[type[LinliError], ErrorPage], ...] = (
    (NotFound, NOT_FOUND),
    (NotPermitted, NOT_FOUND),
    (WrongState, MOVED_ON),
    (Rejected, BAD_REQUEST),
    (Unavailable, DOWN),
)


def page_for_error(request: HttpRequest, error: LinliError) -> HttpResponse:
    """Answer an error of the platform with its page.

    The error's own sentence is shown, except where it would tell that something exists.
    """
    page = next((page for kind, page in PAGES if isinstance(error, kind)), FAULT)
    if page in (NOT_FOUND, FAULT):
        return _answer(page)
    answer = _answer(page, text=error.message(get_language() or "zh-hans"))
    if isinstance(error, Unavailable):
        answer["Retry-After"] = str(error.retry_after_s)
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django could not read (handler400)."""
    return _answer(BAD_REQUEST)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an absent page, and a forbidden one alike (handler404 and handler403)."""
    return _answer(NOT_FOUND)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid token (CSRF_FAILURE_VIEW)."""
    return _answer(STALE)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer an error of ours (handler500) with a reference that the log holds too."""
    reference = secrets.token_hex(4).upper()
    log.error("fault shown to a person, reference %s", reference, exc_info=True)
    return _answer(FAULT, reference=reference)


def _answer(page: ErrorPage, *, text: str = "", reference: str = "") -> HttpResponse:
    """Render without a request: no session, no token, no person can slip into the page."""
    words = {
        "title": _(page.title),
        "text": text or _(page.text),
        "advice": _(page.advice),
        "reference": reference,
    }
    response = HttpResponse(render_to_string("ui/error.html", words), status=page.status)
    response["Cache-Control"] = "no-store"
    return response
