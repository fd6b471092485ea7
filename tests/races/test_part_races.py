"""Several processes open a case by hand, or let a whole go on, at the same moment.

Serves: R106 R109 X02.
"""

import pytest

from linli.domain.cases.models import Case, CaseEvent, Link
from linli.domain.cases.services import advance_waiting, advance_wholes, open_by_hand, open_part
from linli.domain.cases.tests.builders import AT, Town, build_town, later
from linli.domain.cases.tests.trials import done, opened, publish_trial, trial
from tests.races.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> Town:
    town = build_town()
    publish_trial()
    return town


@pytest.fixture
def whole(town: Town) -> Case:
    return done(opened(town.handler), "accept", town.handler, kind="split")


def test_a_case_sent_by_two_hands_at_once_is_opened_once(town):
    def send() -> object:
        return open_by_hand(trial(), actor=town.handler, at=AT, key="once")

    assert race(send, send, send) == ["done"] * 3
    assert Case.objects.count() == 1


def test_a_part_sent_by_two_hands_at_once_is_opened_once(town, whole):
    def send() -> object:
        return open_part(whole.public_id, trial(), actor=town.handler, at=AT, key="once")

    assert race(send, send, over=whole) == ["done"] * 2
    assert Link.objects.filter(other=whole, kind="part").count() == 1


def test_a_whole_goes_on_once_though_reaction_and_sweeper_meet(town, whole):
    part = open_part(whole.public_id, trial(), actor=town.handler, at=AT, key="p")
    done(part, "decline", town.handler, at=later(hours=1), kind="plain", proof="已查")

    def react() -> object:
        return advance_wholes(part.public_id, at=later(hours=2))

    def sweep() -> object:
        return advance_waiting(at=later(hours=2))

    assert race(react, react, sweep, sweep, over=whole) == ["done"] * 4
    whole.refresh_from_db()
    assert whole.stage == "decide"
    assert CaseEvent.objects.filter(case=whole, activity="parts_joined").count() == 1
