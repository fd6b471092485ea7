"""Ends that are final, moments of another day, and persons who withdrew.

Serves: R141 X08.
"""

import pytest

from linli.domain.cases import services
from linli.domain.cases.bars import MatterIsFinal, Recused
from linli.domain.cases.errors import NoSuchMoment
from linli.domain.cases.models import Case, Link
from linli.domain.cases.tests.builders import AT, Town, later
from linli.domain.cases.tests.trials import done, opened, publish_trial, trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    """At work since the third of November."""
    publish_trial()
    return done(opened(town.handler), "accept", town.handler, kind="plain")


def ended(case: Case, town: Town, *, on: str = "2026-11-25") -> Case:
    return done(case, "ended", town.handler, at=later(days=2), told_on=on)


def follow_up(case: Case, town: Town, *, key: str) -> Link | None:
    new = opened(town.handler, key=f"opened {key}")
    return services.link_cases(
        new.public_id,
        to=case.public_id,
        kind="follows",
        actor=town.clerk,
        at=later(days=3),
        key=key,
    )


def test_nothing_follows_an_end_that_is_final(case, town):
    ended(case, town)

    with pytest.raises(MatterIsFinal):
        follow_up(case, town, key="again")


def test_nor_does_anything_follow_what_went_before_it(case, town):
    first = case
    follow_up(first, town, key="second")
    second = Link.objects.get(other=first, kind="follows").case
    ended(done(second, "accept", town.handler, kind="plain"), town)

    with pytest.raises(MatterIsFinal):
        follow_up(first, town, key="third")


def test_what_ended_otherwise_may_be_followed_and_what_ended_finally_be_tied_as_a_duplicate(
    case, town
):
    done(case, "done", town.handler)

    assert follow_up(case, town, key="again") is not None


def test_a_final_end_is_not_opened_again(case, town):
    ended(case, town)

    with pytest.raises(MatterIsFinal):
        services.reopen_case(
            case.public_id, reason="又来", actor=town.clerk, at=later(days=3), key="r"
        )


def test_a_moment_is_that_of_the_day_that_was_told(case, town):
    assert ended(case, town).marks["told"].startswith("2026-11-25T00:00")


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-27"])
def test_a_day_before_the_matter_came_or_yet_to_come_is_refused(case, town, day):
    with pytest.raises(NoSuchMoment):
        ended(case, town, on=day)


def test_the_day_on_which_it_came_is_none_too_early(case, town):
    assert ended(case, town, on="2026-11-24").status == Case.Status.CLOSED


def test_whoever_withdrew_has_no_hand_in_the_case_any_more(case, town):
    back = done(case, "recuse", town.handler)

    with pytest.raises(Recused):
        done(back, "accept", town.handler, kind="plain")
    with pytest.raises(Recused):
        services.request_extension(
            case.public_id, extra=1, reason="要时间", actor=town.handler, at=AT, key="x"
        )


def test_a_part_may_tell_of_a_day_before_it_was_opened_but_not_before_its_whole_came(case, town):
    whole = done(opened(town.handler, key="w"), "accept", town.handler, kind="split")
    new = trial(received_at=later(days=2))
    part = services.open_part(
        whole.public_id, new, actor=town.handler, at=later(days=2), key="part"
    )
    begun = done(part, "accept", town.handler, at=later(days=2), kind="plain")

    assert ended(begun, town, on="2026-11-24").status == Case.Status.CLOSED
