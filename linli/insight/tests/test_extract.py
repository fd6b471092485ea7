"""The extract counts cases by day, place, matter, unit and channel, and holds nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from linli.domain.audit.selectors import facts_about
from linli.domain.cases.selectors import Case
from linli.domain.cases.tests.builders import AT, add_area, build_town, leaf_matter, new_case
from linli.domain.places.selectors import Area
from linli.insight.extract import make_extract
from linli.insight.models import DailyCount

pytestmark = pytest.mark.django_db
COMMUNITY = "99/9901/990101/990101001/990101001001/"


@pytest.fixture
def town():
    return build_town()


def test_cases_of_one_day_and_place_are_one_row(town):
    """Serves: X01."""
    for number in range(3):
        new_case(town, key=f"k{number}")

    assert make_extract(at=AT) == 1

    row = DailyCount.objects.get()
    assert (row.day, row.received, row.closed) == (date(2026, 11, 24), 3, 0)
    assert (row.matter_code, row.unit_code) == (leaf_matter(), "")


def test_a_case_of_a_grid_counts_for_its_community(town):
    grid = add_area("990101001001_1", "grid", Area.objects.get(path=COMMUNITY))
    Case.objects.filter(pk=new_case(town).pk).update(area=grid, area_path=grid.path)

    make_extract(at=AT)

    assert DailyCount.objects.get().area_path == COMMUNITY


def test_a_day_is_a_local_day_and_closing_counts_on_its_own(town):
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    case = new_case(town)
    Case.objects.filter(pk=case.pk).update(
        received_at=late, closed_at=late + timedelta(days=1), status="closed"
    )

    make_extract(at=AT)

    found = DailyCount.objects.order_by("day").values_list("day", "received", "closed")
    assert list(found) == [(date(2026, 11, 25), 1, 0), (date(2026, 11, 26), 0, 1)]


def test_making_it_twice_is_making_it_once_and_the_journal_knows(town):
    new_case(town)
    make_extract(at=AT)

    assert make_extract(at=AT) == DailyCount.objects.count() == 1
    assert len(facts_about("extract", "insight_dailycount")) == 2


def test_analytics_read_it_as_their_own_role(town):
    new_case(town)
    make_extract(at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_insight")
        cursor.execute("SELECT sum(received) FROM insight_dailycount")
        assert cursor.fetchone()[0] == 1
        cursor.execute("RESET ROLE")
