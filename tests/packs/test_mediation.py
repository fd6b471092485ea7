"""What the law on people's mediation says, as the pack has it.

Serves: R140.
"""

import pytest

from linli.domain.catalogue.rules.stage import StageDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.kernel.units import Limit, LimitUnit
from tests.packs.shipped import content_of

DAYS = LimitUnit.NATURAL_DAY


def standard(code: str = "mediation") -> StandardDef:
    """A standard of the pack."""
    return next(one for one in content_of("mediation").standards if one.standard == code)


def stage(key: str, *, of: str = "mediation") -> StageDef:
    """A stage of a standard."""
    found = standard(of).stage(key)
    assert found is not None
    return found


@pytest.mark.parametrize(("said", "to"), [(False, "tell_ways"), (True, None)])
def test_where_one_side_refuses_there_is_no_mediation(said: bool, to: str | None) -> None:
    way = stage("willing").way("asked")

    assert way is not None
    assert way.decide is not None
    row = way.decide.row_for({"both_willing": said, "rights_told": True})
    assert (row.to if row else None) == to
    assert way.to == "choose"


def test_both_ask_the_court_within_thirty_days_of_the_day_of_effect() -> None:
    limit = stage("apply", of="judicial_confirmation").own_limit
    way = stage("weigh", of="judicial_confirmation").way("weighed")

    assert limit is not None
    assert (limit.limit, limit.start, limit.source) == (
        Limit(30, DAYS),
        "decided",
        "rmtj-2010-art33",
    )
    assert way is not None
    assert (way.marks, way.marked_on) == ("decided", "effective_on")


def test_one_side_alone_does_not_get_to_the_court_nor_does_what_is_about_status() -> None:
    applied = stage("apply", of="judicial_confirmation").way("applied")
    weighed = stage("weigh", of="judicial_confirmation").way("weighed")

    assert applied is not None
    assert weighed is not None
    assert applied.target({"both_apply": False}) == "apply"
    assert applied.target({"both_apply": True}) == "court_accepts"
    assert weighed.target({"of_status": True}) == "closed"


@pytest.mark.parametrize(
    ("key", "days"), [("visit_first", 7), ("visit_second", 30), ("visit_third", 90)]
)
def test_return_visits_count_from_the_day_of_effect_and_say_that_no_text_bears_them(
    key: str, days: int
) -> None:
    limit = stage(key).own_limit

    assert limit is not None
    assert (limit.limit, limit.start) == (Limit(days, DAYS), "decided")
    assert limit.confidence == "unverified"


def test_danger_goes_to_the_police_from_before_and_during_the_talks() -> None:
    for key in ("willing", "talks"):
        way = stage(key).way("escalates")
        assert way is not None
        assert way.to == "police"
    assert "rmtj-2010-art25" in stage("police").basis


def test_the_times_of_both_places_stand_as_data_and_the_default_is_unverified() -> None:
    clocks = {clock.code: clock.limit for clock in standard().clocks}
    known = {one.code: one for one in content_of("mediation").parameters}

    assert clocks["general"].source == "sz-2022-art25"
    assert clocks["one_month"].source == "nb-art27"
    assert clocks["general"].confidence == clocks["one_month"].confidence == "unverified"
    assert known["mediation.limit_shenzhen"].confidence == "verified"


def test_sides_are_named_and_never_judged() -> None:
    fields = {field.code: field.kind for field in standard().fields}

    assert (fields["side_a"], fields["side_b"]) == ("line", "line")


def test_talks_may_be_adjourned_and_the_mediator_changed_or_withdrawn() -> None:
    talks = stage("talks")

    assert {way.code for way in talks.back} == {"recess", "change_mediator", "recuse"}
    assert [way.code for way in talks.ways if way.recuses] == ["recuse"]
