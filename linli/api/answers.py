"""Whatever goes wrong under the API's address is a problem, also before a route is found."""

import logging
import secrets
from collections.abc import Callable, Mapping

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from linli.api.problems import KIND, problem, said

PREFIX = "/api/"
log = logging.getLogger("linli.api")
Words = tuple[str, str, str]

# status → title, and the sentence in Chinese and English
WORDS: Mapping[int, Words] = {
    400: (
        "bad_request",
        "请求无法读取，什么也没有保存。请检查地址、请求头和正文后再提交。",
        "The request cannot be read, so nothing was kept. Check address, headers and body.",
    ),
    403: (
        "not_permitted",
        "这个请求不被接受，什么也没有保存。请核对密钥和权限范围。",
        "The request is not taken, so nothing was kept. Check the key and its scopes.",
    ),
    404: (
        "not_found",
        "接口没有这个地址。请对照 /api/v1/openapi.json 核对。",
        "The API has no such address. Compare it with /api/v1/openapi.json.",
    ),
    405: (
        "method_not_allowed",
        "这个地址不接受此请求方法。可用的方法见 Allow 响应头。",
        "This address does not take the method. The header Allow names those that it takes.",
    ),
    413: (
        "too_large",
        "请求正文过大，什么也没有保存。请缩短内容，或分几次提交。",
        "The body is too large, so nothing was kept. Shorten it, or send it in parts.",
    ),
    500: (
        "fault",
        "系统出错，这一步没有完成。问题出在我们这边，已经记录；请稍后用同一提交编号再试。"
        "仍然不行，请把编号 {reference} 告诉管理员。",
        "Something broke on our side and was noted; this step was not done. Try again later with "
        "the same key; if it breaks again, tell the administrator the reference {reference}.",
    ),
}


class ProblemAnswers:
    """Turns errors that came as pages or bare text into problem documents."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and look at what comes back."""
        response = self.get_response(request)
        is_ours = request.path_info.startswith(PREFIX)
        if not is_ours or response.status_code < 400 or response["Content-Type"] == KIND:
            return response
        answer = _answer(request, response.status_code)
        if response.has_header("Allow"):
            answer["Allow"] = response["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell a body that is too large from one that cannot be read."""
        if isinstance(error, RequestDataTooBig) and request.path_info.startswith(PREFIX):
            return _answer(request, 413)
        return None


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    title, zh, en = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    reference = secrets.token_hex(4).upper()
    if status >= 500:
        log.error("fault told to another system, reference %s", reference)
    return problem(status, title, said(request, zh, en).format(reference=reference))
