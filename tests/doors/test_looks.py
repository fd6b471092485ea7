"""Whatever shows what a resident said writes down who looked; a route that forgets to fails here.

Every address of the program is asked for as everybody. Where a case's words come back, the journal
must have gained a row about it.
"""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.domain.audit.models import Journal
from linli.domain.cases.models import Case, WorkItem
from linli.kernel.clock import utc_now
from tests.doors.population import Population

pytestmark = pytest.mark.django_db
CANARY = "canary-731-song"
LOOKING = ("personal_data_viewed", "cases_listed", "rows_exported")
EVERYBODY = tuple(
    f"{role}_of_the_district" for role in ("clerk", "supervisor", "analyst", "leader", "auditor")
)
WORKING = ("works", "depot", "water", "estate", "police")
# What stands in an address, and what it is filled with.
KINDS = {"act": "note", "step": "what", "name": "street_lights"}


def addresses() -> Iterator[str]:
    """Every address of the program as a pattern, those of the API included."""
    yield from _below("/", get_resolver().url_patterns)


def _below(start: str, patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        here = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(here, pattern.url_patterns)
        else:
            yield here


PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


def filled(pattern: str, ref: str) -> str:
    """Put a case, or a likely value, into an address."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return ref if name == "ref" else KINDS.get(name, "1")

    return PARAMETER.sub(value, pattern.strip("^$")).replace("^", "").replace("$", "")


@pytest.fixture
def case(population: Population) -> Case:
    """An open ordinary case in which a unit has work, its words marked."""
    free = [one.ref for one in population.filed if one.level == "ordinary" and not one.respondent]
    item = WorkItem.objects.filter(
        case__public_id__in=free, case__status="open", state="open", unit__code__in=WORKING
    ).first()
    assert item is not None
    marked = item.case
    marked.title = marked.body = marked.search_text = f"{CANARY}。"
    marked.save(update_fields=["title", "body", "search_text"])
    return marked


def working(case: Case) -> str:
    """The unit that has open work in the case."""
    item = WorkItem.objects.filter(case=case, state="open", unit__code__in=WORKING).first()
    assert item is not None
    assert item.unit is not None
    return item.unit.code


def signed_in(client: Client) -> bool:
    """Whether the client still has a session."""
    cookie = client.cookies.get("sessionid")
    return cookie is not None and bool(cookie.value)


def words_of(answer: HttpResponseBase) -> str:
    parts = getattr(answer, "streaming_content", None) or [getattr(answer, "content", b"")]
    return b"".join(parts).decode(errors="replace")


def is_noted(ref: str, after: int) -> bool:
    rows = Journal.objects.filter(id__gt=after, event__in=LOOKING)
    return any(
        row.subject_id == ref
        or ref in json.loads(row.payload).get("refs", ())
        or row.event == "rows_exported"
        for row in rows
    )


def last_row() -> int:
    return Journal.objects.order_by("-id").values_list("id", flat=True).first() or 0


def test_every_route_that_shows_a_case_writes_the_look_down(population, case):
    """Serves: X02 R109."""
    showing: set[str] = set()
    silent: set[str] = set()
    for who in (*EVERYBODY, f"handler_at_{working(case)}"):
        client = Client(raise_request_exception=False)
        secret = issue_token(
            population.users[who], name="t", scopes=("read",), actor=SYSTEM_ACTOR, at=utc_now()
        )
        for pattern in addresses():
            url = filled(pattern, case.public_id)
            auth = {"Authorization": f"Bearer {secret}"} if "/api/" in url else {}
            for method in ("get", "post"):
                if not signed_in(client):
                    client.force_login(population.users[who])  # one of the addresses signs out
                before = last_row()
                with transaction.atomic():
                    ask = client.get if method == "get" else client.post
                    text = words_of(ask(url, {"asked": "1", "q": case.number}, headers=auth))
                    if CANARY in text:
                        showing.add(pattern)
                        if not is_noted(case.public_id, before):
                            silent.add(f"{who} {url}")
                    transaction.set_rollback(True)

    assert silent == set()
    assert {
        "/desk/",
        "/desk/cases/",
        "/desk/cases/export/",
        "/desk/cases/<str:ref>/",
        "/desk/cases/<str:ref>/<slug:act>/",
        "/desk/cases/<str:ref>/person/",
        "/api/v1/cases",
        "/api/v1/cases/<ref>",
    } <= showing


@pytest.mark.parametrize(
    "url", ["/desk/cases/{ref}/", "/desk/cases/", "/desk/cases/export/", "/desk/cases/{ref}/note/"]
)
def test_nothing_is_shown_where_the_look_cannot_be_written_down(population, case, url):
    """Serves: X02."""
    client = Client(raise_request_exception=False)
    client.force_login(population.users["clerk_of_the_district"])
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE audit_journal ADD CONSTRAINT full_up CHECK (id < 0) NOT VALID"
            )
        answer = client.get(url.format(ref=case.public_id), {"q": case.number})
        transaction.set_rollback(True)

    assert answer.status_code >= 500
    assert CANARY not in words_of(answer)


def test_a_look_says_in_what_post_and_whether_there_was_work(population, case):
    for who, role, office, purpose in (
        ("clerk_of_the_district", "clerk", "police", "look_up"),
        (f"handler_at_{working(case)}", "handler", working(case), "task"),
    ):
        client = Client()
        client.force_login(population.users[who])
        before = last_row()
        client.get(f"/desk/cases/{case.public_id}/")
        row = Journal.objects.get(id__gt=before, event="personal_data_viewed")
        said = json.loads(row.payload)
        assert (said["role"], said["office"], said["purpose"]) == (role, office, purpose)
