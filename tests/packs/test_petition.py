"""What the regulation of 2022 says of petitions, as the pack has it.

Serves: R141 X08.
"""

import pytest

from linli.domain.catalogue.rules.stage import StageDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.kernel.units import Limit, LimitUnit
from tests.packs.shipped import content_of

DAYS, WORKING = LimitUnit.NATURAL_DAY, LimitUnit.WORKING_DAY


def standard(code: str) -> StandardDef:
    """A standard of the pack."""
    return next(one for one in content_of("petition").standards if one.standard == code)


def stage(key: str, *, of: str = "petition") -> StageDef:
    """A stage of a standard."""
    found = standard(of).stage(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "days", "start", "article"),
    [
        ("register", 15, "received", 22),
        ("notify", 15, "dispatched", 23),
        ("await_review", 30, "told", 35),
        ("review", 30, "opened", 35),
        ("await_recheck", 30, "told", 36),
        ("recheck", 30, "opened", 36),
    ],
)
def test_each_stage_has_the_limit_of_its_article(
    key: str, days: int, start: str, article: int
) -> None:
    limit = stage(key).own_limit

    assert limit is not None
    assert (limit.limit, limit.start) == (Limit(days, DAYS), start)
    assert (limit.source, limit.confidence) == (f"xf-2022-art{article}", "verified")


def test_handling_takes_sixty_days_from_acceptance_and_thirty_more_once() -> None:
    clock, extend = standard("petition").clock("transferred"), stage("handle").extend

    assert clock is not None
    assert (clock.limit.limit, clock.limit.start) == (Limit(60, DAYS), "accepted")
    assert extend is not None
    assert extend.most is not None
    assert (extend.times.value, extend.most.value, extend.most.unit) == (1, 30, "natural_day")
    assert extend.approver == "leader"


def test_what_is_brought_directly_is_told_within_fifteen_days_of_receipt() -> None:
    clock = standard("petition").clock("direct")

    assert clock is not None
    assert clock.first_contact is not None
    assert clock.first_contact.limit == Limit(15, DAYS)
    assert clock.first_contact.start == "received"


@pytest.mark.parametrize("code", ["petition", "petition_advice"])
def test_only_the_objection_is_counted_in_working_days(code: str) -> None:
    objection = standard(code).objection

    assert objection is not None
    assert (objection.limit.limit, objection.limit.source) == (Limit(5, WORKING), "xf-2022-art23")


@pytest.mark.parametrize(
    ("outlet", "to"),
    [
        ("judicial", "lead_in"),
        ("arbitration", "lead_in"),
        ("party_appeal", "lead_in"),
        ("administrative", "lead_in"),
        ("duty", "perform_duty"),
        ("opinion", "handle"),
    ],
)
def test_the_six_outlets_of_article_31_are_rows_of_a_table(outlet: str, to: str) -> None:
    way = stage("notify").way("accept")

    assert way is not None
    assert way.decide is not None
    row = way.decide.row_for({"outlet": outlet})
    assert row is not None
    assert (row.to, row.source) == (to, "xf-2022-art31")


def test_the_written_opinion_cannot_go_out_without_one_of_its_four_parts() -> None:
    way = stage("handle").way("opinion")

    assert way is not None
    assert {"request_text", "facts_reasons", "opinion_text", "legal_basis"} <= set(way.needs)


def test_only_the_second_review_ends_a_petition_for_good() -> None:
    ways = [(one.key, way) for one in standard("petition").stages for way in one.ways]

    assert {(key, way.code) for key, way in ways if way.final} == {
        ("recheck", "recheck_upheld"),
        ("recheck", "recheck_changed"),
    }


def test_the_time_of_a_hearing_is_not_counted() -> None:
    reasons = {reason.code: reason.source for reason in standard("petition").pause_reasons}

    assert reasons["hearing"] == "xf-2022-art36"


def test_an_accusation_is_sealed_and_has_no_helpers_and_whoever_has_an_interest_withdraws() -> None:
    accusation = standard("petition_accusation")

    assert accusation.confidentiality == "sealed"
    assert accusation.dispatch is not None
    assert not accusation.dispatch.co_units.allowed
    assert [way.code for way in accusation.stages[0].ways if way.recuses] == ["recuse"]


def test_reviews_are_for_persons_who_had_no_hand_in_it() -> None:
    assert stage("review").second_person
    assert stage("recheck").second_person


def test_every_number_of_the_regulation_is_a_parameter_with_its_article() -> None:
    values = {one.code: one for one in content_of("petition").parameters}

    assert values["petition.representatives_most"].value == 5
    field = standard("petition").field("representatives")
    assert field is not None
    assert field.at_most == values["petition.representatives_most"].value
    assert all(one.source.startswith("xf-2022-art") for one in values.values())
