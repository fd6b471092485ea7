"""Counts, roll-ups and rates over many random cases, against plain reckoning.

Serves: R014 R129.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from linli.domain.access.selectors import Actor, Holding
from linli.domain.cases.models import Case, Clock, Feedback
from linli.domain.cases.rules.clocks import is_overdue
from linli.domain.cases.rules.rates import CaseOutcome, Rate, rate_of
from linli.domain.cases.selectors import (
    Board,
    CaseFilter,
    Figures,
    Levels,
    Span,
    board_of,
    cases_within,
    three_rates,
)
from linli.domain.cases.tests.builders import AT, STREET, Town, add_area, add_unit, build_town
from linli.domain.cases.tests.crowd import add_crowd
from linli.domain.catalogue.models import Matter
from linli.domain.catalogue.selectors import standard_by_code
from linli.domain.places.models import Area

pytestmark = pytest.mark.django_db
MONTH = Span(AT - timedelta(days=30), AT)
TODAY = Span(AT - timedelta(hours=10), AT + timedelta(hours=14))
COMMUNITIES = Levels("community", STREET)


@pytest.fixture
def town() -> Town:
    town = build_town()
    street = Area.objects.get(path=STREET)
    first = Area.objects.get(code="990101001001")
    add_area("990101001002", "community", street)
    for serial in (1, 2, 3):
        add_area(f"990101001001{serial:03}", "grid", first)
    add_unit("fire", street)
    add_crowd(town, size=400, seed=11, at=AT)
    return town


def board(actor: Actor, levels: Levels = COMMUNITIES, **narrowed: str) -> Board:
    where = CaseFilter(**narrowed)  # type: ignore[arg-type]  # only texts are narrowed here
    return board_of(actor, at=AT, period=MONTH, today=TODAY, levels=levels, where=where)


def counted(cases: Iterable[Case]) -> Figures:
    """The figures, case by case."""
    found: Counter[str] = Counter()
    for case in cases:
        is_open = case.status == "open"
        found["received"] += within(MONTH, case.received_at)
        found["closed"] += within(MONTH, case.closed_at)
        found["open"] += is_open
        found["overdue"] += is_open and is_overdue(case.due_at, held_at=case.held_at, at=AT)
        found["due_today"] += is_open and case.held_at is None and within(TODAY, case.due_at)
    return Figures(**found)


def within(span: Span, moment: datetime | None) -> bool:
    return moment is not None and span.since <= moment < span.until


def test_the_total_is_what_is_counted_case_by_case(town: Town):
    assert board(town.supervisor).total == counted(cases_within(town.supervisor))
    assert board(town.supervisor).total.open > 0


def test_each_branch_holds_all_that_lies_below_it(town: Town):
    for branch in board(town.supervisor).areas:
        below = Case.objects.filter(area_path__startswith=branch.path)
        assert branch.figures == counted(below)
    for branch in board(town.supervisor).matters:
        below = cases_within(town.supervisor).filter(matter__path__startswith=branch.path)
        assert branch.figures == counted(below)


@pytest.mark.parametrize("path", [STREET, f"{STREET}990101001001/"])
def test_a_place_is_the_sum_of_what_lies_below_and_its_own(town: Town, path: str):
    kind = "community" if path == STREET else "grid"

    found = board(town.supervisor, Levels(kind, path), area_path=path)

    own = counted(cases_within(town.supervisor).filter(area_path=path))
    assert found.total.less(branch.figures for branch in found.areas) == own
    assert not own.is_nothing


def test_units_and_matter_classes_add_up_to_the_whole(town: Town):
    found = board(town.supervisor)

    assert found.total.less(branch.figures for branch in found.units).is_nothing
    assert found.total.less(branch.figures for branch in found.matters).is_nothing
    assert {branch.code for branch in found.units} >= {"", "works", "water", "fire"}


def test_a_class_opens_into_its_topics(town: Town):
    root = Matter.objects.get(code="environment")
    levels = replace(COMMUNITIES, matter_level=2, matter_path=root.path)

    found = board(town.supervisor, levels, matter_path=root.path)

    assert len(found.matters) > 1
    assert found.total.less(branch.figures for branch in found.matters).is_nothing


def test_a_place_without_cases_is_shown_with_noughts(town: Town):
    add_area("990101001003", "community", Area.objects.get(path=STREET))

    found = {branch.code: branch for branch in board(town.supervisor).areas}

    assert found["990101001003"].figures.is_nothing
    assert found["990101001001"].has_below
    assert not found["990101001003"].has_below


def test_nobody_counts_beyond_the_own_reach(town: Town):
    part = f"{STREET}990101001002/"
    leader = Actor(1, "leader", (Holding("leader", 0, "", part),))

    found = board(leader)

    assert found.total == counted(Case.objects.filter(area_path__startswith=part))
    assert found.total.less(b.figures for b in found.areas if b.path == part).is_nothing
    assert board(Actor(2, "admin", (Holding("admin", 0, "", STREET),))).total == Figures()


def test_board_and_rates_ask_once_each(town: Town, django_assert_num_queries):
    with django_assert_num_queries(1):
        board(town.supervisor)
    with django_assert_num_queries(2):
        three_rates(town.supervisor, since=MONTH.since, until=MONTH.until, at=AT)


@pytest.mark.parametrize("narrowed", [{}, {"area_path": f"{STREET}990101001001/"}])
def test_the_database_reckons_the_rates_as_the_rule_does(town: Town, narrowed: dict[str, str]):
    where = CaseFilter(**narrowed)  # type: ignore[arg-type]  # only texts are narrowed here

    found = three_rates(town.supervisor, since=MONTH.since, until=MONTH.until, at=AT, where=where)

    period = replace(where, since=MONTH.since, until=MONTH.until)
    dispatched = cases_within(town.supervisor, where=period).filter(lead_unit__isnull=False)
    assert found == one_by_one(dispatched)
    assert all(rate.denominator and rate.excluded and rate.waiting for rate in found)


def one_by_one(cases: Iterable[Case]) -> list[Rate]:
    """The rates as the rule gives them, each case looked at by itself."""
    outcomes = [outcome(case, at=AT) for case in cases]
    return [rate_of(rate, outcomes) for rate in standard_by_code("demand", AT).definition.rates]


def outcome(case: Case, *, at: datetime) -> CaseOutcome:
    facts = set()
    dues = [c.due_at for c in Clock.objects.filter(case=case, kind="first_contact") if c.due_at]
    until = at if case.held_at is None else min(at, case.held_at)
    if case.contacted_at or any(due <= until for due in dues):
        facts.add("due")
    if case.contacted_at and any(due >= case.contacted_at for due in dues):
        facts.add("contacted_in_time")
    last = Feedback.objects.filter(case=case).order_by("given_at", "id").last()
    if last and last.solved != "unreachable":
        facts |= {"followed_up", last.solved, last.satisfied}
    return CaseOutcome(frozenset(facts), bool(case.exclusion))
