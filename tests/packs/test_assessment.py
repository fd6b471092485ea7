"""The assessment of major decisions: gate, thresholds, and what is reckoned from factors.

Serves: R139.
"""

import pytest

from linli.domain.catalogue.rules.stage import OutcomeDef, StageDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.methods.stability import Marks
from tests.packs.shipped import content_of

PREFIX = "assessment."


def standard(code: str = "stability_assessment") -> StandardDef:
    """A standard of the pack."""
    return next(one for one in content_of("assessment").standards if one.standard == code)


def stage(key: str) -> StageDef:
    """A stage of the assessment."""
    found = standard().stage(key)
    assert found is not None
    return found


def way(key: str, code: str) -> OutcomeDef:
    """A way out of a stage."""
    found = stage(key).way(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("level", "objects", "to"),
    [
        ("low", "few", "track"),
        ("low", "part", "adjust"),
        ("low", "most", "halt"),
        ("medium", "few", "adjust"),
        ("medium", "most", "halt"),
        ("high", "few", "halt"),
        ("high", "part", "halt"),
    ],
)
def test_the_gate_lets_pass_what_is_low_alone(level: str, objects: str, to: str) -> None:
    gate = way("conclude", "conclude")

    assert gate.target({"level_after": level, "objection_share": objects}) == to


def test_without_a_level_nothing_passes_the_gate() -> None:
    assert way("conclude", "conclude").target({}) == "adjust"


@pytest.mark.parametrize(
    ("days", "told", "to"),
    [(30, None, "identify"), (29, None, "survey"), (29, True, "identify"), (0, False, "survey")],
)
def test_public_comment_lasts_thirty_days_unless_the_shorter_time_was_explained(
    days: int, told: bool | None, to: str
) -> None:
    least = next(
        one
        for one in content_of("assessment").parameters
        if one.code.endswith("comment_days_least")
    )

    assert least.value == 30
    assert way("survey", "surveyed").target({"comment_days": days, "shortened_told": told}) == to


def test_both_indexes_and_levels_are_reckoned_from_the_factors() -> None:
    reckons = stage("identify").reckons

    assert {(one.field, one.by, one.chance) for one in reckons} == {
        ("index_before", "risk_index", "p_before"),
        ("level_before", "risk_level", "p_before"),
        ("index_after", "risk_index", "p_after"),
        ("level_after", "risk_level", "p_after"),
    }
    factor = standard("stability_factor")
    for one in reckons:
        for code in (one.chance, one.impact, one.weight):
            assert factor.field(code) is not None


def test_every_threshold_is_a_parameter_and_none_claims_to_be_verified() -> None:
    known = {one.code.removeprefix(PREFIX): one for one in content_of("assessment").parameters}

    marks = Marks.of({code: one.value for code, one in known.items()})
    assert marks.index__high_above > marks.index__medium_from
    thresholds = [
        known[name] for name in known if name.split(".")[0] in ("factor", "index", "count")
    ]
    assert {one.confidence for one in thresholds} == {"unverified"}
    assert known["comment_days_least"].confidence == "verified"


def test_tracking_ends_by_itself_once_all_measures_are_carried_out() -> None:
    parts = stage("track").parts

    assert parts is not None
    assert (parts.join, parts.then) == ("all", "measures_done")


def test_whoever_looks_at_the_effect_or_decides_had_no_hand_in_the_assessment() -> None:
    assert stage("conclude").second_person
    assert stage("effect").second_person
