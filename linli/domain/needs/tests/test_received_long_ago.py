"""Messages of years for which the packs say no hours, and of years that no calendar knows."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from linli.domain.cases.models import Case
from linli.domain.needs.errors import ReceivedInFuture, ReceivedTooEarly
from linli.domain.needs.services import NewMessage
from linli.domain.needs.tests.builders import COMMUNITY, NOISE, build_read_town, receive
from linli.domain.needs.tests.test_services_importing import counts, good, table, take

pytestmark = pytest.mark.django_db
EAST = timezone(timedelta(hours=8))


@pytest.fixture(autouse=True)
def town():
    return build_read_town()


def told(at: datetime) -> NewMessage:
    return NewMessage("api", NOISE, area=COMMUNITY, received_at=at)


def test_a_message_from_before_the_first_hours_in_force_opens_a_case_with_a_limit():
    assert receive(told(datetime(2018, 12, 31, 10, tzinfo=EAST))).case.due_at is not None


@pytest.mark.parametrize(
    ("received_at", "fault"),
    [
        (datetime(1999, 12, 31, 10, tzinfo=EAST), ReceivedTooEarly),
        (datetime(1, 1, 1, 0, 30, tzinfo=EAST), ReceivedTooEarly),
        (datetime(1, 1, 1, tzinfo=UTC), ReceivedTooEarly),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), ReceivedInFuture),
        (datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=12))), ReceivedInFuture),
    ],
)
def test_a_moment_that_no_calendar_knows_is_refused_by_its_field(received_at, fault):
    with pytest.raises(fault) as caught:
        receive(told(received_at))

    assert caught.value.field == "received_at"
    assert not Case.objects.exists()


@pytest.mark.parametrize("is_trial", [True, False])
def test_an_old_row_stops_no_import(is_trial):
    rows = [
        good(source_id="A1", received_at="2018-12-31 10:00"),
        good(source_id="A2", received_at="1999-12-31 10:00", body=f"{NOISE}二"),
        good(source_id="A3", received_at="0001-01-01 00:30", body=f"{NOISE}三"),
        good(source_id="A4", body=f"{NOISE}四"),
    ]
    came = take(table(*rows), is_trial=is_trial)

    assert counts(came) == (2, 0, 2)
    assert [(one.number, one.faults[0].field) for one in came.refused] == [
        (3, "received_at"),
        (4, "received_at"),
    ]
