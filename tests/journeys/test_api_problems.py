"""Whatever goes wrong with the API is a problem document in the language that was asked for.

Serves: R081.
"""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linli.api.answers import ProblemAnswers
from linli.domain.cases.tests.builders import build_town
from tests.journeys.test_api_road import headers_for

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def town():
    return build_town()


def ask(method: str, path: str, lang: str, body: object = None, **headers: str):
    client = Client(raise_request_exception=False)
    sent = {} if body is None else {"data": body, "content_type": "application/json"}
    return getattr(client, method)(path, headers={"Accept-Language": lang, **headers}, **sent)


def told(answer) -> dict[str, object]:
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    return body


def sentences(body: dict[str, object]) -> list[str]:
    return [body["detail"], *(fault["detail"] for fault in body.get("errors") or ())]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/nothing", 404),
        ("delete", "/api/v1/cases", 405),
        ("put", "/api/v1/messages", 405),
    ],
)
def test_an_address_or_method_that_is_not_there_is_a_problem(method, path, status, lang):
    answer = ask(method, path, lang)

    assert answer.status_code == status
    assert bool(CHINESE.search(told(answer)["detail"])) == (lang == "zh-hans")
    assert status != 405 or answer["Allow"]


def message(town, body: object, lang: str):
    headers = {**headers_for(town, "clerk", ["message"]), "Idempotency-Key": "0123456789"}
    return ask("post", "/api/v1/messages", lang, body, **headers)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"body": "x" * (17 * 1024 * 1024)}, 413),
        ("[" * 200_000, 400),
        ('{"body": ' + "9" * 10_000 + "}", 400),
        ("[]", 422),
        ("7", 422),
        ({"body": 7, "lng": "x", "received_at": "soon", "extra": 1}, 422),
        ({"body": "x", "received_at": "2026-11-24T08:00:00"}, 422),
        ({"body": "x", "received_at": "1999-11-24T08:00:00Z"}, 422),
        ({"body": "x", "received_at": "0001-01-01T00:00:00+08:00"}, 422),
        ({"body": "", "channel": "", "lng": 1}, 422),
    ],
)
def test_a_body_that_cannot_be_taken_is_a_problem_in_the_language_asked(town, body, status, lang):
    answer = message(town, body, lang)

    assert answer.status_code == status
    for sentence in sentences(told(answer)):
        assert bool(CHINESE.search(sentence)) == (lang == "zh-hans"), sentence


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_parameters_that_cannot_be_taken_are_told_in_the_language_asked(town, lang):
    headers = headers_for(town, "clerk", ["read"])
    answer = ask("get", "/api/v1/cases?page=x&status=lost&q=%00", lang, **headers)

    assert len(told(answer)["errors"]) == 3
    for sentence in sentences(told(answer)):
        assert bool(CHINESE.search(sentence)) == (lang == "zh-hans"), sentence


def test_a_fault_of_ours_is_a_problem_with_a_reference_and_tells_nothing_else():
    request = RequestFactory().get("/api/v1/cases")
    request.LANGUAGE_CODE = "en"
    answer = ProblemAnswers(lambda _request: HttpResponse("secret of the inside", status=500))(
        request
    )

    assert answer.status_code == 500
    assert re.search(r"reference [0-9A-F]{8}", told(answer)["detail"])
    assert b"secret" not in answer.content
