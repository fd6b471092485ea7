"""Everybody before every door, in the size that every run can bear; `linli bench access` is whole.

Serves: R033 R129 X01.
"""

from pathlib import Path

import pytest
from django.conf import settings

import linli.domain.access
from linli.config.bench._access_cast import SPECIAL
from linli.config.bench._access_lists import visit_lists
from linli.config.bench._access_offices import METHODS
from linli.config.bench._access_oracle import Oracle, Policy
from linli.config.bench._access_routes import ANY, Table, operations, served
from linli.config.bench._access_run import IN_CI, IN_FULL, visit
from linli.config.bench._access_tally import Tally
from linli.config.bench._access_visitor import Visitor
from linli.config.bench.access import IN_CI as CELLS
from linli.domain.cases.selectors import plain_ways
from linli.domain.catalogue.selectors import standard_by_code
from linli.kernel.clock import utc_now
from linli.web.desk.acting import ACTS
from tests.doors.population import CASES, CAST, LOOKS, POLICY, SEED, Population

pytestmark = pytest.mark.django_db
DOORS = {"list", "detail", "search", "export", "count", "api", "act", "page"}
SEALED = "clerk_of_the_district"


def test_nobody_sees_more_or_less_than_the_policy_grants(population: Population):
    assert IN_CI.cases == CASES

    tally = visit(population.district, POLICY, IN_CI, seed=SEED)

    assert "\n".join(tally.told()) == ""
    assert tally.failed == 0
    assert tally.tried >= CELLS
    assert set(tally.doors) == DOORS
    assert {name for name, *_ in tally.seen} >= set(POLICY.roles)


def test_every_relation_level_and_state_stands_before_somebody(population: Population):
    oracle = Oracle(POLICY, population.district)
    found = {oracle.relation(who, case.ref) for who in CAST for case in population.filed}
    places, works, shields, levels, states = (
        {word for one in found for word in one[place].split()} for place in range(5)
    )

    assert places == {"own", "child", "parent", "sibling", "other", "none"}
    assert works == {"lead", "co_unit", "former", "merged", "other_unit", "none"}
    assert shields == {"complained_about", "part_of_it", "free", "none"}
    assert (levels, states) == ({"ordinary", "sensitive", "sealed"}, {"open", "closed"})
    assert population.district.renditions


def test_the_cast_has_somebody_who_sees_all_some_and_nothing(population: Population):
    sizes = {who: len(population.seen_by(who, LOOKS)) for who in CAST}
    police = [case for case in population.filed if case.respondent == "police"]

    assert sizes["supervisor_who_is_cleared"] == CASES - len(police) < CASES
    assert sizes["supervisor_who_is_cleared"] > sizes[SEALED] > sizes["analyst_of_the_district"]
    assert sizes["nobody"] == sizes["whose_post_is_over"] == sizes["whose_post_is_to_come"] == 0
    assert sizes["auditor_of_the_district"] == sizes["handler_at_closed"] == 0
    assert {seat.role for seats in CAST.values() for seat in seats} == set(POLICY.roles)
    assert set(SPECIAL) < set(CAST)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("[case.view, case.list, case.count, case.triage,", "[case.view, case.triage,", "leaks"),
        ("up_to: ordinary}", "up_to: sealed}", "wrong_refusals"),
    ],
)
def test_a_platform_that_does_not_follow_its_policy_is_found_out(population, old, new, kind):
    text = Path(linli.domain.access.__file__).with_name("policy.yaml").read_text(encoding="utf-8")
    assert old in text
    other = Policy.read(text.replace(old, new))
    tally = Tally(Oracle(other, population.district))
    visitor = Visitor(population.district, SEALED)

    for row in Table.of_the_platform().of("rows"):
        visit_lists(visitor, row, tally, narrowed=lambda ways: ways)

    assert getattr(tally, kind).total() > 0


def test_a_policy_with_a_word_that_the_oracle_does_not_know_is_refused():
    grant = "{acts: [case.view], over: %s}"
    head = "roles: {clerk: {}}\nacts: {case.view: {}}\ngrants: {clerk: [%s]}"

    assert Policy.read(head % (grant % "area")).lines
    with pytest.raises(ValueError, match="does not understand"):
        Policy.read(head % (grant % "city"))


def test_every_route_and_operation_has_its_row_and_no_row_is_stale():
    """Serves: X01."""
    table = Table.of_the_platform()
    rows, routes = table.methods(), served()
    in_api = {(routes[r.route], r.method) for r in table.rows if r.route.startswith("api:")}

    assert {"without a row": set(routes) - set(rows), "stale": set(rows) - set(routes)} == {
        "without a row": set(),
        "stale": set(),
    }
    assert operations() <= in_api
    assert {address for address, _ in in_api - operations()} == {"api/v1/", "api/v1/openapi.json"}
    assert {method for methods in rows.values() for method in methods} <= {ANY, "HEAD", *METHODS}


def test_every_act_on_a_case_has_its_line_and_every_act_named_is_of_the_policy():
    table = Table.of_the_platform()
    named = {act for row in table.rows for act in (*row.acts, *row.any, row.tells)} - {""}

    assert set(ACTS) <= set(table.acts)
    assert (named | set(table.acts.values())) - set(POLICY.acts) == set()


def test_every_way_out_of_a_stage_of_the_shipped_standard_has_its_line(population: Population):
    standard = standard_by_code(settings.LINLI_STANDARD, utc_now()).definition
    ways = {way.code for stage in standard.stages for way in plain_ways(standard, stage)}

    assert ways
    assert ways | set(ACTS) == set(Table.of_the_platform().acts)


def test_the_whole_matrix_asks_for_more_than_the_small_one():
    small, whole = vars(IN_CI), vars(IN_FULL)

    assert [name for name in small if small[name] >= whole[name]] == []
