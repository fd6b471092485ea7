"""The map's data: what it says, to whom, and how heavy it is.

Serves: R129.
"""

import json

import pytest
from django.test import Client

from linli.domain.cases.selectors import Case
from linli.domain.cases.tests.builders import Town
from linli.web.cockpit.tests.builders import COMMUNITY, busy_street, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return busy_street()


def areas(client: Client, query: str = "") -> dict[str, dict[str, object]]:
    response = client.get(f"/cockpit/areas.json{query}")
    assert response.status_code == 200
    return {
        feature["properties"]["code"]: feature["properties"]
        for feature in json.loads(response.content)["features"]
    }


def test_each_area_carries_its_figure_class_and_way_on(town: Town):
    found = areas(signed_in("leader"))

    open_here = Case.objects.filter(status="open", area_path__contains=f"/{COMMUNITY}/").count()
    here = found[COMMUNITY]
    assert here["value"] == f"{open_here} 件"
    assert here["class"] == max(int(str(area["class"])) for area in found.values()) == 5
    assert str(here["url"]).startswith(f"/cockpit/?area={COMMUNITY}")


def test_the_map_shows_what_came_in_when_asked(town: Town):
    leader = signed_in("leader")

    assert areas(leader, "?show=received&period=90") != areas(leader, "?period=90")


def test_the_map_ends_where_the_reach_ends(town: Town):
    leader = signed_in("leader", code=COMMUNITY)

    assert set(areas(leader)) == {f"{COMMUNITY}00{serial}" for serial in (1, 2, 3)}
    assert leader.get("/cockpit/areas.json?area=990101001").status_code == 404


def test_a_browser_that_holds_the_answer_is_told_so(town: Town):
    leader = signed_in("leader")
    first = leader.get("/cockpit/areas.json")

    again = leader.get("/cockpit/areas.json", headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    other = leader.get("/cockpit/areas.json?show=received&period=90")
    assert other.headers["ETag"] != first.headers["ETag"]
