import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from linli.domain.access.selectors import RESIDENT_ACTOR, Actor, Holding
from linli.web.ui.actors import actor_of
from linli.web.ui.navigation import items_for


def empty(request) -> HttpResponse:
    return HttpResponse()


desk = [path(f"{name}/", empty, name=name) for name in ("inbox", "intake", "cases", "overdue")]
urlpatterns = [
    path("desk/", include((desk, "desk"))),
    path("cockpit/", include(([path("", empty, name="home")], "cockpit"))),
]
pytestmark = pytest.mark.urls(__name__)


def labels(role: str) -> list[str]:
    actor = Actor(1, "李", (Holding(role, 1, "u1", "11/"),))
    return [item.label for item in items_for("desk", actor=actor, path="/desk/cases/")]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("clerk", ["待办", "受理", "工单", "超期"]),
        ("handler", ["待办", "工单", "超期"]),
        ("supervisor", ["待办", "工单", "超期", "看板"]),
        ("leader", ["工单", "超期", "看板"]),
        ("auditor", []),
    ],
)
def test_the_menu_holds_only_what_the_role_may_open(role: str, seen: list[str]):
    assert labels(role) == seen


def test_the_current_entry_is_marked_also_on_the_pages_below():
    actor = Actor(1, "李", (Holding("clerk", 1, "u1", "11/"),))
    items = items_for("desk", actor=actor, path="/desk/cases/20261124-000123-7/")
    assert [item.label for item in items if item.is_current] == ["工单"]


def test_an_entry_whose_address_is_not_served_is_left_out():
    assert items_for("portal", actor=RESIDENT_ACTOR, path="/") == []


def test_who_is_not_signed_in_acts_as_a_resident():
    assert actor_of(RequestFactory().get("/")) == RESIDENT_ACTOR
