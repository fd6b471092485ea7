"""From the cases of a month to figures that anybody may read and nobody may change."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.selectors import facts_about
from linli.domain.cases.models import Case
from linli.domain.figures import errors
from linli.domain.figures.models import Release, ReleasedCell, ReleaseGround
from linli.domain.figures.rules.sheets import PLACE, TOTAL, Key
from linli.domain.figures.selectors import (
    periods_due,
    prepared_releases,
    published_release,
    published_releases,
    tables_of,
)
from linli.domain.figures.services import draft_release, prepare_release, publish_release
from linli.domain.figures.tests.builders import AT, Office, fill
from linli.kernel.errors import NotFound, NotPermitted

pytestmark = pytest.mark.django_db
FULL = [[40, 30, 0], [25, 50, 0], [20, 45, 4]]
TOLD = 214
DECEMBER = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 15, 2, 0, tzinfo=UTC)
JANUARY = datetime(2027, 1, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The town with the cases of October, laid out once for the module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Office()
        fill(office, FULL)
        yield office
        transaction.set_rollback(True)


@pytest.fixture
def office(built):
    return built


def released(office, code="2026-10", *, at=AT):
    prepared = prepare_release(code, actor=office.analyst, at=at)
    return publish_release(prepared.public_id, actor=office.leader, at=at)


def test_a_month_is_released_by_a_second_person_under_a_number(office):
    """Serves: X01, R129."""
    release = released(office)

    tables = tables_of(published_release(1))
    assert (release.number, tables.total) == (1, TOLD)
    assert [line.cases for line in tables.by_place() if not line.heading.is_rest][0] == 70
    assert [fact.event for fact in facts_about("release", release.public_id)] == [
        "figures_prepared",
        "figures_published",
    ]


def test_a_small_count_and_its_guards_are_withheld(office):
    cells = tables_of(released(office)).cells

    assert cells[Key(PLACE, "", "health")] is None
    assert all(count is None or count >= 10 for count in cells.values())
    assert cells[TOTAL] == TOLD


def test_the_counts_behind_stay_with_the_release_and_are_not_shown(office):
    release = released(office)

    ground = {tuple(place): count for *place, count in release.ground.counts}
    assert ground["place", "", "health"] == 4
    assert 4 not in {line.cases for line in tables_of(release).by_matter()}


def test_whoever_prepared_does_not_publish(office):
    prepared = prepare_release("2026-10", actor=office.leader, at=AT)

    with pytest.raises(errors.SecondPersonNeeded):
        publish_release(prepared.public_id, actor=office.leader, at=AT)
    with pytest.raises(errors.SecondPersonNeeded):
        publish_release(prepared.public_id, actor=SYSTEM_ACTOR, at=AT)

    assert publish_release(prepared.public_id, actor=office.other_leader, at=AT).number == 1


def test_only_who_is_over_the_whole_area_prepares(office):
    with pytest.raises(NotPermitted):
        draft_release("2026-10", actor=office.street_analyst, at=AT)
    with pytest.raises(NotPermitted):
        draft_release("2026-10", actor=office.town.clerk, at=AT)
    with pytest.raises(NotPermitted):
        prepared_releases(office.town.clerk)


def test_an_analyst_prepares_and_does_not_publish(office):
    prepared = prepare_release("2026-10", actor=office.leader, at=AT)

    with pytest.raises(NotPermitted):
        publish_release(prepared.public_id, actor=office.analyst, at=AT)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("2026-13", errors.PeriodUnknown),
        ("2026-11", errors.PeriodNotDue),
        ("2026-Q4", errors.PeriodNotDue),
        ("2026-09", errors.NotReleasable),
    ],
)
def test_a_period_that_is_none_is_not_over_or_is_empty_is_refused(office, code, error):
    with pytest.raises(error):
        draft_release(code, actor=office.analyst, at=AT)


def test_figures_wait_for_their_day(office):
    early, due = datetime(2026, 11, 9, 15, 59, tzinfo=UTC), datetime(2026, 11, 9, 16, 0, tzinfo=UTC)

    with pytest.raises(errors.PeriodNotDue) as caught:
        draft_release("2026-10", actor=office.analyst, at=early)

    assert "2026-11-10" in caught.value.zh
    assert draft_release("2026-10", actor=office.analyst, at=due).cut


def test_what_is_public_is_neither_done_again_nor_split(office):
    released(office, "2026-Q4", at=JANUARY)

    for code in ("2026-Q4", "2026-10"):
        with pytest.raises(errors.PeriodReleased):
            draft_release(code, actor=office.analyst, at=JANUARY)
    assert published_releases()[0].period == "2026-Q4"


def test_a_quarter_waits_for_all_its_months_and_is_their_sum(office):
    """Serves: X01."""
    fill(office, FULL, on=NOVEMBER)
    released(office)
    with pytest.raises(errors.PartsMissing) as caught:
        draft_release("2026-Q4", actor=office.analyst, at=JANUARY)
    assert "2026-11、2026-12" in caught.value.zh

    fill(office, [[60] * 3] * 3, on=DECEMBER)
    for code in ("2026-11", "2026-12"):
        released(office, code, at=JANUARY)
    Case.objects.filter(received_at=NOVEMBER).update(received_at=JANUARY)  # changes nothing now
    quarter = released(office, "2026-Q4", at=JANUARY)

    cells = tables_of(quarter).cells
    assert cells[TOTAL] == 2 * TOLD + 540
    assert quarter.made_of == ["2026-10", "2026-11", "2026-12"]
    assert all(count is None or count >= 10 for count in cells.values())


def test_what_was_prepared_before_something_within_was_published_is_stale(office):
    quarter = prepare_release("2026-Q4", actor=office.analyst, at=JANUARY)
    released(office, at=JANUARY)

    with pytest.raises(errors.ReleaseStale):
        publish_release(quarter.public_id, actor=office.leader, at=JANUARY)


def test_preparing_again_replaces_what_was_prepared(office):
    first = prepare_release("2026-10", actor=office.analyst, at=AT)
    prepare_release("2026-10", actor=office.analyst, at=AT)

    assert Release.objects.count() == 1
    with pytest.raises(NotFound):
        publish_release(first.public_id, actor=office.leader, at=AT)
    with pytest.raises(NotFound):
        published_release(1)


FORBIDDEN = [
    "UPDATE figures_release SET headings = '{}'",
    "UPDATE figures_release SET state = 'prepared', number = NULL, published_at = NULL",
    "DELETE FROM figures_release",
    "UPDATE figures_releasedcell SET cases = 7",
    "DELETE FROM figures_releasedcell",
    'INSERT INTO figures_releasedcell (release_id, "table", row, "column", cases)'
    " SELECT id, 'place', 'x', 'y', 3 FROM figures_release",
    "UPDATE figures_releaseground SET counts = '[]'",
    "DELETE FROM figures_releaseground",
]


def test_the_database_refuses_any_change_of_what_is_public(office):
    released(office)

    assert [statement for statement in FORBIDDEN if not _refused(statement)] == []
    assert (ReleasedCell.objects.exists(), ReleaseGround.objects.count()) == (True, 1)


def test_what_is_prepared_is_not_touched_by_hand_either(office):
    prepare_release("2026-10", actor=office.analyst, at=AT)

    assert _refused(FORBIDDEN[0])
    assert _refused(FORBIDDEN[3])


def test_the_calendar_says_what_comes_next(office):
    due = [(period.code, str(day)) for period, day in periods_due(AT)]

    assert due[0] == ("2026-10", "2026-11-10")
    assert ("2026-Q3", "2026-10-10") in due


def _refused(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError:
        return True
    return False
