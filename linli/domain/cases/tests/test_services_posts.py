"""Whose a piece of work is: its unit's, through somebody who handles there."""

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.selectors import inbox
from linli.domain.cases.services import complete_item, dispatch_case, request_extension
from linli.domain.cases.tests.builders import AT, Town, later, new_case
from linli.domain.organisations.models import Unit
from linli.kernel.errors import NotPermitted, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    """Led by works, with the help of water."""
    new = new_case(town)
    return dispatch_case(
        new.public_id, to="works", co_units=["water"], actor=town.clerk, at=AT, key="d"
    )


@pytest.fixture
def of_two_posts(town: Town) -> Actor:
    """Handles for water, and is the clerk who sits in works, of a place without cases."""
    works = Unit.objects.get(code="works")
    seat = Holding("clerk", works.pk, "works", "99/9901/990101/990101002/")
    return Actor(town.helper.user_id, "two posts", (*town.helper.holdings, seat))


def item_of(case: Case, unit: str) -> WorkItem:
    return WorkItem.objects.get(case=case, unit__code=unit, state="open")


def test_the_inbox_holds_the_work_of_units_handled_not_of_every_seat(case, of_two_posts):
    assert [item.pk for item in inbox(of_two_posts).items] == [item_of(case, "water").pk]


def test_a_seat_in_a_unit_does_not_let_a_clerk_do_the_units_work(case, of_two_posts):
    item = item_of(case, "works")
    with pytest.raises(NotPermitted):
        complete_item(case.public_id, item.pk, outcome="answer", actor=of_two_posts, at=AT, key="a")


def test_a_side_item_is_not_work_of_the_stage_and_is_refused(case, town):
    side = request_extension(
        case.public_id, extra=1, reason="等检测", actor=town.handler, at=later(hours=1), key="e"
    )
    assert side is not None
    with pytest.raises(WrongState):
        complete_item(case.public_id, side.pk, outcome="answer", actor=SYSTEM_ACTOR, at=AT, key="a")
