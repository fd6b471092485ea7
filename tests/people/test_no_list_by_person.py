"""No list, count or export can be sorted, grouped or narrowed by a person.

Serves: X01.
"""

import re
from dataclasses import fields
from typing import get_args

import pytest
from django.db import transaction
from django.test import Client

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.domain.cases.selectors import CaseFilter
from linli.domain.cases.selectors.figures import By
from linli.domain.cases.tests.builders import AT, build_town, new_case
from linli.web.desk.tests.builders import signed_in
from linli.web.ui.case_lists import CaseQuery

pytestmark = pytest.mark.django_db
WAYS = ("sort", "order", "order_by", "by", "group", "group_by", "orderby", "o", "show", "level")
PERSONS = (
    "reporter",
    "reporter_name",
    "phone",
    "user",
    "-user_id",
    "person",
    "assignee",
    "address",
)
LISTS = {
    "/desk/": "handler",
    "/desk/cases/": "clerk",
    "/desk/overdue/": "supervisor",
    "/desk/notices/": "supervisor",
    "/cockpit/": "supervisor",
    "/cockpit/areas.json": "supervisor",
}
OF_PERSONS = re.compile(
    r"person|reporter|resident|phone|user|assignee|address|petitioner|household|citizen|party"
)
# What differs from answer to answer, and links that only repeat the address asked for.
PASSING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|(?:href|action|value|data-\w+)="[^"]*"'
    r"|\d\d:\d\d(?::\d\d)?"
)


@pytest.fixture(scope="module")
def doors(django_db_setup, django_db_blocker):
    """Everybody signed in, with some cases to be listed; gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        town = build_town()
        for number in range(3):
            new_case(town, key=f"k{number}")
        found = {who: signed_in(town, who) for who in set(LISTS.values())}
        reader = User.objects.get(pk=town.clerk.user_id)
        key = issue_token(reader, name="t", scopes=["read"], actor=SYSTEM_ACTOR, at=AT)
        found["api"] = {"Authorization": f"Bearer {key}"}
        yield found
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", LISTS)
def test_asking_a_page_for_an_order_by_person_changes_nothing(address, doors):
    """Serves: X01."""
    client = doors[LISTS[address]]
    plain = PASSING.sub("", client.get(address).content.decode())
    asked = {way: "" for way in WAYS}
    for person in PERSONS:
        answer = client.get(address, dict.fromkeys(asked, person))
        assert answer.status_code in (200, 404, 422)
        if answer.status_code == 200:
            assert PASSING.sub("", answer.content.decode()) == plain


def test_nor_does_asking_the_api(doors):
    plain = Client().get("/api/v1/cases", headers=doors["api"])
    for person in PERSONS:
        asked = dict.fromkeys(WAYS, person)
        answer = Client().get("/api/v1/cases", asked, headers=doors["api"])
        assert answer.status_code == 422 or answer.json() == plain.json()


def test_no_parameter_that_narrows_groups_or_orders_names_a_person():
    document = Client().get("/api/v1/openapi.json").json()
    of_api = {
        one["name"]
        for ways in document["paths"].values()
        for operation in ways.values()
        for one in operation.get("parameters", [])
        if one["in"] == "query"
    }
    narrowing = {one.name for kind in (CaseFilter, CaseQuery) for one in fields(kind)}

    assert _of_persons({*of_api, *narrowing, *get_args(By)}) == []
    assert {"area", "matter", "unit"} <= {*narrowing, *get_args(By)}


def test_a_planted_parameter_is_found():
    assert _of_persons({"area", "reporter_id", "assignee"}) == ["assignee", "reporter_id"]


def _of_persons(names):
    return sorted(name for name in names if OF_PERSONS.search(name))
