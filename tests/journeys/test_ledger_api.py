"""A ledger as another system uses it.

Serves: R017 R081.
"""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.access.services import issue_token
from linli.domain.ledgers.models import Record
from linli.domain.ledgers.tests.builders import AT, Town, build_town
from linli.domain.organisations.models import Member, Post, Unit
from linli.domain.places.models import Area

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/ledgers"
ROOM = {"title": "礼堂", "place": "9901", "seats": 40, "phone": "02500000000"}


@pytest.fixture
def town() -> Town:
    return build_town()


def key_of(actor: Actor) -> dict[str, str]:
    """A key of an account that holds the actor's post."""
    held = actor.holdings[0]
    area = Area.objects.get(path=held.area_path)
    unit = Unit.objects.filter(pk=held.unit_id).first() or Unit.objects.create(
        code=f"of-{actor.name}", name=actor.name, kind="center", area=area, area_path=area.path
    )
    user = User.objects.get(username=actor.name)
    post = Post.objects.create(code=actor.name, name=actor.name, role=held.role, unit=unit)
    Member.objects.create(
        user=user, post=post, area=area, area_path=area.path, valid_from=AT.date()
    )
    scopes = ["read", "act"]
    secret = issue_token(user, name="test", scopes=scopes, actor=SYSTEM_ACTOR, at=AT)
    return {"Authorization": f"Bearer {secret}"}


class Caller:
    """Another system, with an account's key."""

    def __init__(self, actor: Actor) -> None:
        self.headers, self.count = key_of(actor), 0

    def send(self, method: str, path: str, body: object = None, *, key: str = "") -> Any:
        self.count += 1
        headers = {**self.headers, "Idempotency-Key": key or f"command-{self.count}"}
        return Client().generic(
            method, f"{ADDRESS}{path}", _json(body), "application/json", headers=headers
        )


def _json(body: object) -> str:
    return json.dumps(body) if body is not None else ""


def test_a_record_is_entered_once_read_changed_moved_and_exported(town: Town):
    clerk, supervisor = Caller(town.clerk), Caller(town.supervisor)

    first = clerk.send("POST", "/room/records", {"data": ROOM}, key="0123456789")
    again = clerk.send("POST", "/room/records", {"data": ROOM}, key="0123456789")
    number = first.json()["number"]
    place = f"/room/records/{number}"
    changed = clerk.send("PATCH", place, {"data": {"taken": 10}, "seen": 1, "reason": "核对"})
    moved = clerk.send("POST", f"{place}/moves", {"move": "shut_down", "reason": "装修"})
    decided = supervisor.send("POST", f"{place}/decisions", {"granted": True})

    assert [a.status_code for a in (first, again, changed, moved, decided)] == [
        201,
        200,
        201,
        201,
        201,
    ]
    assert again.json()["id"] == first.json()["id"]
    assert (changed.json()["data"]["share"], changed.json()["seq"]) == (0.25, 2)
    assert (moved.json()["state"], decided.json()["status"]) == ("open", "closed")
    told = [fact["activity"] for fact in clerk.send("GET", f"{place}/history").json()]
    assert told == ["record_moved", "record_move_proposed", "record_changed", "record_added"]
    lines = list(
        csv.reader(StringIO(clerk.send("GET", "/room/export").content.decode("utf-8-sig")))
    )
    assert (lines[0][:2], lines[1][:2]) == (["编号", "名称"], [number, "礼堂"])
    assert "02500000000" not in str(lines)


def test_lists_are_narrowed_put_in_order_and_paged(town: Town):
    clerk = Caller(town.clerk)
    for seats in (5, 30, 40):
        data = {"title": f"厅{seats}", "place": "9901", "seats": seats}
        clerk.send("POST", "/room/records", {"data": data})

    page = clerk.send("GET", "/room/records?where=seats=10..&order=-seats&size=1").json()
    rest = clerk.send(
        "GET", f"/room/records?where=seats=10..&order=-seats&size=1&after={page['after']}"
    ).json()

    assert (page["total"], [row["title"] for row in page["items"]]) == (2, ["厅40"])
    assert ([row["title"] for row in rest["items"]], rest["after"]) == (["厅30"], "")
    ledgers = {row["ledger"]: row for row in clerk.send("GET", "").json()}
    assert ledgers["room"]["open_records"] == 3
    assert ledgers["room"]["definition"]["title_field"] == "title"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/room/records", {"data": {"title": "x"}}, 422),
        ("POST", "/room/records", {"data": {}, "colour": 1}, 422),
        ("POST", "/garden/records", {"data": {}}, 404),
        ("GET", "/room/records?where=colour=red", None, 422),
        ("GET", "/room/records?where=seats", None, 422),
        ("GET", "/room/records?order=phone", None, 422),
        ("GET", "/room/records/R-000000", None, 404),
        ("GET", "/garden/records", None, 404),
        ("GET", "/garden/export", None, 404),
    ],
)
def test_what_cannot_be_taken_is_a_problem(
    town: Town, method: str, path: str, body: object, status: int
):
    answer = Caller(town.clerk).send(method, path, body)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert Record.objects.count() == 0


def test_who_may_not_look_is_answered_as_if_nothing_were_there(town: Town):
    number = Caller(town.clerk).send("POST", "/room/records", {"data": ROOM}).json()["number"]
    stranger = Caller(town.neighbour)

    absent = stranger.send("GET", "/room/records/R-999999")
    forbidden = stranger.send("GET", f"/room/records/{number}")

    assert (absent.status_code, absent.content) == (forbidden.status_code, forbidden.content)
    assert stranger.send("GET", "/room/records").json()["total"] == 0
    assert stranger.send("GET", f"/booking/records/{number}").status_code == 404
