"""Whatever count the public sees comes through the one door of releases.

A page that counted cases by itself would change as cases come in; none may.

Serves: R129 X01.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from linli.config.walling import tell
from linli.domain.access import wall
from linli.domain.cases.models import Case
from linli.domain.figures.selectors import PLACE, WHOLE, Key
from linli.domain.figures.services import draft_release, prepare_release, publish_release
from linli.domain.figures.tests.builders import AT, Office, fill

pytestmark = pytest.mark.django_db
FULL = [[40, 30, 0], [25, 50, 0], [20, 45, 4]]
MORE = [[13, 17, 19], [11, 23, 29], [7, 5, 3]]
PARAMETER = re.compile(r"<[^>]*>")
PASSING = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|csrf-token" content="[^"]*"'
)
RELEASED = ("/figures/1/", "/figures/1/figures.csv", "/figures/1/?place=990101001")


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """October, released; everything is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = Office()
        fill(found, FULL)
        prepared = prepare_release("2026-10", actor=found.analyst, at=AT)
        publish_release(prepared.public_id, actor=found.leader, at=AT)
        yield found
        transaction.set_rollback(True)


def addresses(resolver: URLResolver | None = None, above: str = "/") -> Iterator[str]:
    """Every address of the program, a plain value where it takes one."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = above + PARAMETER.sub("1", str(entry.pattern)).replace("^", "").replace("$", "")
        if isinstance(entry, URLResolver):
            yield from addresses(entry, here)
        else:
            yield here


def public() -> dict[str, bytes]:
    """What nobody in particular is shown, by address."""
    client, found = Client(), {}
    for address in sorted({*addresses(), *RELEASED, "/api/v1/figures/1"}):
        answer = client.get(address)
        if answer.status_code == 200:
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[address] = PASSING.sub(b"", body)
    return found


def test_no_public_page_changes_as_cases_come_in(office):
    """Serves: X01."""
    before = public()
    fill(office, MORE, on=AT)
    after = public()

    assert [address for address in before if after.get(address) != before[address]] == []
    assert before.keys() == after.keys()
    assert {"/", "/track/", "/figures/", *RELEASED, "/api/v1/figures"} <= before.keys()
    assert len(before) > 15


def test_a_page_that_counted_by_itself_would_be_seen(office):
    client = Client()
    shown = client.get(reverse("portal:release", args=[1])).content

    assert b"214" in shown  # what October had in all
    assert b"214" not in client.get("/").content


def test_small_counts_stand_in_no_public_answer(office):
    for address in RELEASED:
        text = Client().get(address).content.decode()
        told = re.findall(r'table__number">\s*([0-9,]+)\s*<|,([0-9]+),yes', text)
        numbers = [int((one or other).replace(",", "")) for one, other in told]
        assert numbers
        assert [number for number in numbers if number < 10] == []
    figures = Client().get("/api/v1/figures/1").json()["figures"]
    assert [one for one in figures if one["cases"] is not None and one["cases"] < 10] == []
    assert any(one["cases"] is None for one in figures)


def test_nothing_finer_than_a_community_is_told(office):
    figures = Client().get("/api/v1/figures/1").json()["figures"]
    places = {one["row"].rstrip("+") for one in figures if one["table"] == "place"}

    assert {len(code) for code in places} <= {0, 9, 12}


def test_sealed_cases_are_counted_though_the_wall_hides_them_from_who_prepares(office):
    september = datetime(2026, 9, 15, 2, 0, tzinfo=UTC)
    fill(office, FULL, on=september)
    Case.objects.filter(received_at=september).update(confidentiality="sealed")

    with wall.standing(), connection.execute_wrapper(tell), connection.cursor() as cursor:
        wall.see_as(office.analyst)
        cursor.execute("SET LOCAL ROLE linli_web")
        seen = Case.objects.filter(received_at=september).count()
        draft = draft_release("2026-09", actor=office.analyst, at=AT)
        cursor.execute("RESET ROLE")

    assert (seen, draft.shown[Key(PLACE, WHOLE, WHOLE)]) == (0, 214)


def test_there_is_nothing_before_it_is_published(office):
    assert Client().get("/figures/2/").status_code == 404
    assert Client().get("/api/v1/figures/2").status_code == 404
