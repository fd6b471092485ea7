"""The API as another system uses it.

Serves: R081 R134.
"""

from dataclasses import replace

import pytest
from django.test import Client

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import AT, Town, build_town, new_case
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def headers_for(town: Town, name: str, scopes: list[str]) -> dict[str, str]:
    signed_in(town, name)
    user = User.objects.get(pk=getattr(town, name).user_id)
    secret = issue_token(user, name="test", scopes=scopes, actor=SYSTEM_ACTOR, at=AT)
    return {"Authorization": f"Bearer {secret}"}


def test_a_message_posted_twice_opens_one_case(town):
    headers = {**headers_for(town, "clerk", ["message"]), "Idempotency-Key": "0123456789"}
    body = {"body": "路灯坏了", "area": "990101001001"}
    first = Client().post("/api/v1/messages", body, "application/json", headers=headers)
    second = Client().post("/api/v1/messages", body, "application/json", headers=headers)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["number"] == second.json()["number"]
    assert Case.objects.count() == 1


def test_two_accounts_may_happen_on_the_same_idempotency_key(town):
    far = replace(town.outsider.holdings[0], role="clerk")
    town = replace(town, outsider=replace(town.outsider, holdings=(far,)))
    for name in ("clerk", "outsider"):
        headers = {**headers_for(town, name, ["message"]), "Idempotency-Key": "0123456789"}
        body = {"body": f"路灯坏了，{name} 记录", "area": "990101001001"}
        answer = Client().post("/api/v1/messages", body, "application/json", headers=headers)
        assert (answer.status_code, answer.json()["is_repeat"]) == (201, False), name


@pytest.mark.parametrize(
    ("body", "key", "status"),
    [
        ({"body": " "}, "0123456789", 422),
        ({"body": "x", "nonsense": 1}, "0123456789", 422),
        ({"body": "路灯坏了", "area": "990101001001"}, "", 422),
    ],
)
def test_what_cannot_be_taken_is_a_problem_with_its_field(town, body, key, status):
    headers = {**headers_for(town, "clerk", ["message"]), "Idempotency-Key": key}
    answer = Client().post("/api/v1/messages", body, "application/json", headers=headers)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


NUMBERED = {"body": "路灯坏了", "source": "district", "source_id": "A-1"}


def send(headers: dict[str, str], key: str, **body: object):
    body = {**NUMBERED, "area": "990101001001", **body}
    headers = {**headers, "Idempotency-Key": key}
    return Client().post("/api/v1/messages", body, "application/json", headers=headers)


@pytest.mark.parametrize("changed", [{"body": "井盖没了"}, {"title": "别的"}, {"address": "别处"}])
def test_a_known_number_with_other_words_is_a_conflict_and_loses_nothing_unsaid(town, changed):
    headers = headers_for(town, "clerk", ["message"])
    assert send(headers, "0123456789").status_code == 201
    answer = send(headers, "9876543210", **changed)

    assert (answer.status_code, answer.json()["field"]) == (409, "source_id")
    assert Case.objects.count() == 1


def test_a_known_number_names_its_case_only_to_those_who_may_see_it(town):
    clerk = headers_for(town, "clerk", ["message"])
    far = replace(town.outsider.holdings[0], role="clerk")
    town = replace(town, outsider=replace(town.outsider, holdings=(far,)))
    other = headers_for(town, "outsider", ["message"])
    first = send(clerk, "0123456789").json()
    again, told = send(clerk, "9876543210").json(), send(other, "0123456789").json()

    assert (again["case"], again["is_repeat"]) == (first["case"], True)
    assert (told["case"], told["number"], told["receipt"], told["is_repeat"]) == ("", "", "", True)


def test_a_key_opens_only_its_scope_and_only_what_its_account_may_see(town):
    case = new_case(town)
    seen = Client().get("/api/v1/cases", headers=headers_for(town, "clerk", ["read"]))
    assert [row["number"] for row in seen.json()["items"]] == [case.number]
    other = headers_for(town, "outsider", ["read"])
    hidden = Client().get(f"/api/v1/cases/{case.public_id}", headers=other)
    absent = Client().get("/api/v1/cases/nosuchcase", headers=other)
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert Client().get("/api/v1/cases").status_code == 401
    assert (
        Client().post("/api/v1/messages", {}, "application/json", headers=other).status_code == 401
    )


def test_the_api_describes_itself(town):
    document = Client().get("/api/v1/openapi.json").json()
    assert "/api/v1/messages" in document["paths"]
