"""Which stage follows: joins, ways back, rounds.

Serves: R106.
"""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.cases.rules.flow import (
    ItemView,
    Move,
    move_after,
    next_round,
    plain_ways,
)
from linli.domain.cases.tests.definitions import stage, standard

Join = Literal["all", "lead", "any"]
LEAD, HELPER, OTHER = 1, 2, 3
JOINS: list[Join] = ["all", "lead", "any"]


def at_work(*still_open: int) -> list[ItemView]:
    """The items of a lead and two helpers, of which these are open."""
    return [ItemView(n, 10 + n, n == LEAD, n in still_open) for n in (LEAD, HELPER, OTHER)]


def moves(join: Join, outcome: str, *, done: int, still_open: tuple[int, ...]) -> Move | None:
    there = stage(join=join, outcomes={"answer": "follow_up"}, back={"return": "objection"})
    return move_after(there, at_work(*still_open), done=done, outcome=outcome)


@pytest.mark.parametrize(
    ("join", "done", "still_open", "cancelled"),
    [
        # The lead's answer moves the case; helpers who are not done need not go on.
        ("lead", LEAD, (LEAD, HELPER, OTHER), (HELPER, OTHER)),
        ("lead", LEAD, (LEAD,), ()),
        # The first answer of anybody moves it.
        ("any", HELPER, (LEAD, HELPER), (LEAD,)),
        # The last one moves it.
        ("all", HELPER, (HELPER,), ()),
    ],
)
def test_an_answer_that_meets_the_join_moves_the_case(join, done, still_open, cancelled):
    found = moves(join, "answer", done=done, still_open=still_open)
    assert found == Move("follow_up", False, cancelled)


@pytest.mark.parametrize(
    ("join", "done", "still_open"),
    [
        ("lead", HELPER, (LEAD, HELPER)),
        ("all", LEAD, (LEAD, HELPER)),
        ("all", HELPER, (HELPER, OTHER)),
    ],
)
def test_an_answer_that_does_not_meet_the_join_waits_for_others(join, done, still_open):
    assert moves(join, "answer", done=done, still_open=still_open) is None


@pytest.mark.parametrize("join", JOINS)
def test_the_lead_may_send_the_whole_case_back(join):
    found = moves(join, "return", done=LEAD, still_open=(LEAD, HELPER))
    assert found == Move("objection", True, (HELPER,))


@pytest.mark.parametrize(("join", "leaves_alone"), [("all", True), ("lead", True), ("any", False)])
def test_a_helper_who_objects_leaves_alone_in_joint_work(join, leaves_alone):
    found = moves(join, "return", done=HELPER, still_open=(LEAD, HELPER))
    assert (found is None) is leaves_alone


def test_an_outcome_that_the_stage_lacks_is_refused():
    with pytest.raises(KeyError):
        moves("lead", "merge", done=LEAD, still_open=(LEAD,))


def test_a_move_to_the_end_closes():
    there = stage(join="any", outcomes={"route": "closed"})
    found = move_after(there, [ItemView(1, None, True, True)], done=1, outcome="route")
    assert found is not None
    assert found.closes


@given(
    st.sampled_from(JOINS), st.sets(st.sampled_from([LEAD, HELPER, OTHER]), min_size=1), st.data()
)
def test_a_move_cancels_exactly_what_is_left_open(join, still_open, data):
    done = data.draw(st.sampled_from(sorted(still_open)))
    for outcome in ("answer", "return"):
        found = moves(join, outcome, done=done, still_open=tuple(still_open))
        assert found is None or set(found.cancels) == still_open - {done}


@given(
    st.sampled_from(JOINS),
    st.permutations([LEAD, HELPER, OTHER]),
)
def test_whatever_the_order_of_answers_the_case_moves_exactly_once(join, order):
    still_open, moved = {LEAD, HELPER, OTHER}, 0
    for done in order:
        if done not in still_open:
            continue
        found = moves(join, "answer", done=done, still_open=tuple(still_open))
        still_open -= {done, *(found.cancels if found else ())}
        moved += found is not None
    assert (moved, still_open) == (1, set())


@given(st.integers(1, 9), st.booleans(), st.sets(st.sampled_from(["triage", "handle", "closed"])))
def test_a_round_begins_only_when_work_comes_back_to_where_it_was(current, is_back, visited):
    found = next_round(current, Move("handle", is_back, ()), visited=frozenset(visited))
    assert found == current + (is_back and "handle" in visited)


def test_units_leave_by_their_form_except_to_object():
    there = stage(join="lead", outcomes={"answer": "closed"}, back={"return": "x", "wrong": "y"})
    asked = standard().model_copy(update={"stages": (there,)})
    assert [way.code for way in plain_ways(asked, there)] == ["answer", "wrong"]


def test_roles_leave_by_their_form_where_no_command_of_its_own_takes_them():
    outcomes = {"dispatch": "handle", "solved": "closed", "filed": "closed"}
    there = stage(join="lead", outcomes=outcomes).model_copy(update={"each": "none"})
    asked = standard().model_copy(update={"stages": (there,)})
    assert [way.code for way in plain_ways(asked, there)] == ["filed"]


def test_a_ruling_is_no_plain_outcome_whatever_its_ways_are_called():
    work = stage(join="lead", outcomes={"answer": "closed"}, back={"return": "court"})
    court = stage(join="lead", outcomes={"fine": "handle"}).model_copy(
        update={"each": "none", "key": "court"}
    )
    asked = standard().model_copy(update={"stages": (work, court)})
    assert plain_ways(asked, court) == []
