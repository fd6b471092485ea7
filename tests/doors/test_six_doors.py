"""List, detail, search, export, counts and API show each person exactly the same cases.

Serves: R033 R129.
"""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.access.services import issue_token
from linli.domain.cases.models import Case, Link
from linli.domain.cases.selectors import (
    CaseFilter,
    case_for,
    cases_for,
    count_cases,
    counts_by,
    export_rows,
    inbox,
    links_of,
    notices_for,
    overdue_cases,
)
from linli.domain.cases.selectors.figures import By
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound
from tests.doors.population import AT, CAST, EXPORTS, LOOKS, Filed, Population

pytestmark = pytest.mark.django_db
EVERYBODY = sorted(CAST)
PAGE_SIZE = 50
HEADINGS: tuple[By, ...] = ("area", "matter", "stage", "status", "unit", "channel")
REF = re.compile(r'href="/desk/cases/([a-z2-7]{26})/"')


def refs(cases: list[Filed]) -> list[str]:
    return sorted(case.ref for case in cases)


def actor(population: Population, who: str) -> Actor:
    return actor_for(population.users[who], at=utc_now())


def at_the_desk(population: Population, who: str) -> Client:
    client = Client()
    client.force_login(population.users[who])
    return client


def listed(client: Client, query: str = "") -> list[str]:
    """Every case that the pages of the list link to."""
    found: list[str] = []
    for page in range(1, 9):
        html = client.get(f"/desk/cases/?page={page}&{query}").content.decode()
        rows = REF.findall(html)
        found += rows
        if len(rows) < PAGE_SIZE:
            return sorted(found)
    raise AssertionError("the list does not end")


def key_of(population: Population, who: str) -> dict[str, str]:
    user = population.users[who]
    secret = issue_token(user, name="t", scopes=["read"], actor=SYSTEM_ACTOR, at=AT)
    return {"Authorization": f"Bearer {secret}"}


def test_the_population_has_somebody_who_sees_all_some_and_nothing(population):
    sizes = {who: len(population.seen_by(who, LOOKS)) for who in EVERYBODY}

    assert len(population.filed) >= 60
    own = [case for case in population.filed if case.respondent == "police"]
    assert own
    assert sizes["supervisor_who_is_cleared"] == len(population.filed) - len(own)
    assert sizes["supervisor_who_is_cleared"] > sizes["clerk_of_the_district"] > sizes["analyst"]
    assert sizes["nobody"] == sizes["whose_post_is_over"] == sizes["auditor"] == 0
    assert len(set(sizes.values())) > 8
    assert {role for seats in CAST.values() for role in (seat.role for seat in seats)} == set(LOOKS)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_list_holds_what_the_table_says(population, who):
    assert listed(at_the_desk(population, who)) == refs(population.seen_by(who, LOOKS))


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_case_opens_for_whom_the_table_says_and_is_absent_for_all_others(population, who):
    asked, expected = actor(population, who), population.seen_by(who, LOOKS)

    opened = [case for case in population.filed if opens(asked, case.ref)]

    assert refs(opened) == refs(expected)


def opens(asked: Actor, ref: str) -> bool:
    try:
        return bool(case_for(asked, ref))
    except NotFound:
        return False


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_page_of_a_hidden_case_is_that_of_an_absent_one(population, who):
    client, seen = at_the_desk(population, who), population.seen_by(who, LOOKS)
    hidden = [case for case in population.filed if case not in seen]

    absent = client.get("/desk/cases/nosuchcase/")
    for case in hidden[:4]:
        for page in (f"/desk/cases/{case.ref}/", f"/desk/cases/{case.number}/"):
            answer = client.get(page)
            assert (answer.status_code, answer.content) == (404, absent.content)
        acted = client.post(f"/desk/cases/{case.ref}/note/", {"key": "k", "reason": "看看"})
        assert (acted.status_code, acted.content) == (404, absent.content)
    for case in seen[:2]:
        assert client.get(f"/desk/cases/{case.ref}/").status_code == 200


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_search_finds_what_the_table_says_and_no_number_beyond_it(population, who):
    client, seen = at_the_desk(population, who), population.seen_by(who, LOOKS)
    hidden = [case for case in population.filed if case not in seen]

    assert listed(client, "q=路灯") == refs(seen)
    assert listed(client, "status=open") == _open_ones(seen)
    for case in hidden[:2]:
        assert listed(client, f"q={case.number}") == []
    for case in seen[:1]:
        assert listed(client, f"q={case.number}") == [case.ref]


def _open_ones(cases: list[Filed]) -> list[str]:
    rows = Case.objects.filter(public_id__in=refs(cases), status="open")
    return sorted(rows.values_list("public_id", flat=True))


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_export_holds_what_the_table_says_or_is_refused(population, who):
    answer = at_the_desk(population, who).get("/desk/cases/export/")
    expected = sorted(case.number for case in population.seen_by(who, EXPORTS))

    assert refs_of_export(population, who) == refs(population.seen_by(who, EXPORTS))
    if any(seat.holds and EXPORTS[seat.role][0] for seat in CAST[who]):
        sheet = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
        # The last row carries no case but the mark.
        assert sorted(row["工单编号"] for row in sheet if row["工单编号"]) == expected
    else:
        absent = at_the_desk(population, who).get("/desk/cases/nosuchcase/")
        assert (answer.status_code, answer.content) == (404, absent.content)


def refs_of_export(population: Population, who: str) -> list[str]:
    rows = export_rows(actor(population, who))
    return sorted(rows.values_list("public_id", flat=True))


@pytest.mark.parametrize("who", EVERYBODY)
def test_counts_add_up_to_what_the_table_says(population, who):
    asked, seen = actor(population, who), population.seen_by(who, LOOKS)
    still_open, areas = len(_open_ones(seen)), [case.area for case in seen]

    tallies = {by: counts_by(asked, by=by, at=AT) for by in HEADINGS}

    for found in tallies.values():
        assert sum(tally.cases for tally in found) == count_cases(asked) == len(seen)
        assert sum(tally.open for tally in found) == still_open
    assert {t.code: t.cases for t in tallies["area"]} == {a: areas.count(a) for a in areas}


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_api_gives_what_the_table_says_and_hides_the_rest(population, who):
    client, headers = Client(), key_of(population, who)
    seen = population.seen_by(who, LOOKS)
    hidden = [case for case in population.filed if case not in seen]

    pages = [client.get(f"/api/v1/cases?page={n}", headers=headers).json() for n in (1, 2, 3)]
    absent = client.get("/api/v1/cases/nosuchcase", headers=headers)

    assert sorted(row["id"] for page in pages for row in page["items"]) == refs(seen)
    assert {page["total"] for page in pages} == {len(seen)}
    for case in hidden[:3]:
        for ref in (case.ref, case.number):
            answer = client.get(f"/api/v1/cases/{ref}", headers=headers)
            assert (answer.status_code, answer.content) == (404, absent.content)
            found = client.get(f"/api/v1/cases?q={ref}", headers=headers).json()
            assert (found["items"], found["total"]) == ([], 0)
    for case in seen[:3]:
        assert client.get(f"/api/v1/cases/{case.ref}", headers=headers).json()["id"] == case.ref


@pytest.mark.parametrize("who", EVERYBODY)
def test_side_doors_show_nothing_beyond_the_table(population, who):
    asked, seen = actor(population, who), refs(population.seen_by(who, LOOKS))
    cases = Case.objects.filter(public_id__in=seen)
    later = AT + timedelta(days=400)

    waiting = {item.case.public_id for item in inbox(asked, size=200).items}
    links = [link for case in cases for link in links_of(case, asked)]
    linked = {side.public_id for link in links for side in (link.case, link.other)}
    late = {case.public_id for case in overdue_cases(asked, at=later).items}
    told = {notice.case.public_id for notice in notices_for(asked)}

    assert (waiting | linked | late | told) <= set(seen)
    assert Link.objects.exists()


def test_a_filter_narrows_and_never_widens(population):
    for who in EVERYBODY:
        asked, seen = actor(population, who), refs(population.seen_by(who, LOOKS))
        for where in (
            CaseFilter(area_path="99/"),
            CaseFilter(unit="works"),
            CaseFilter(channel="phone"),
            CaseFilter(words="看不见"),
            CaseFilter(since=AT - timedelta(days=1), until=AT + timedelta(days=1)),
        ):
            found = {case.public_id for case in cases_for(asked, where, size=200).items}
            assert found <= set(seen)
