"""Parts as cases of their own: the whole waits for them, and goes on once.

Serves: R020 R106.
"""

import pytest

from linli.domain.cases import services
from linli.domain.cases.errors import PartsAreOpen
from linli.domain.cases.models import Case, CaseEvent, Link
from linli.domain.cases.tests.builders import AT, Town, later
from linli.domain.cases.tests.trials import done, opened, publish_trial, trial
from linli.kernel.errors import NotPermitted, Rejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(town: Town) -> Case:
    publish_trial()
    return done(opened(town.handler), "accept", town.handler, kind="split")


def part_of(whole: Case, town: Town, key: str) -> Case:
    return services.open_part(whole.public_id, trial(), actor=town.handler, at=AT, key=key)


def closed(part: Case, town: Town) -> Case:
    return done(part, "decline", town.handler, at=later(hours=1), kind="plain", proof="已查")


def test_the_whole_goes_on_once_all_its_parts_are_closed(whole, town):
    first, second = part_of(whole, town, "p1"), part_of(whole, town, "p2")

    closed(first, town)
    assert services.advance_wholes(first.public_id, at=later(hours=2)) == 0
    closed(second, town)
    came = [services.advance_wholes(second.public_id, at=later(hours=2)) for _ in range(3)]

    whole.refresh_from_db()
    assert (came, whole.stage) == ([1, 0, 0], "decide")
    assert CaseEvent.objects.filter(case=whole, activity="parts_joined").count() == 1


def test_the_sweeper_finds_what_the_reaction_missed(whole, town):
    closed(part_of(whole, town, "p1"), town)

    assert services.advance_waiting(at=later(hours=2)) == 1
    assert services.advance_waiting(at=later(hours=2)) == 0


def test_nobody_leaves_the_stage_by_hand_before_its_parts_are_closed(whole, town):
    part_of(whole, town, "p1")

    with pytest.raises(PartsAreOpen):
        done(whole, "joined", town.handler)


def test_a_part_is_opened_once_however_often_it_is_sent(whole, town):
    assert part_of(whole, town, "p1").pk == part_of(whole, town, "p1").pk
    assert Link.objects.filter(other=whole, kind="part").count() == 1


def test_a_stage_takes_only_parts_of_the_matters_that_it_names(whole, town):
    with pytest.raises(Rejected):
        services.open_part(
            whole.public_id, trial(matter="environment"), actor=town.handler, at=AT, key="p"
        )


def test_who_has_no_work_in_the_whole_opens_no_part(whole, town):
    with pytest.raises(NotPermitted):
        services.open_part(whole.public_id, trial(), actor=town.clerk, at=AT, key="p")
