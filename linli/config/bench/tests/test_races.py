"""The race bench knows every command, and finds what no serial order explains.

Serves: R109 X02.
"""

from types import SimpleNamespace
from typing import cast

import pytest

from linli.config.bench._races_acts import ACTS, APART, commands, unraced
from linli.config.bench._races_check import Came, faults_of_answers
from linli.config.bench._races_replay import Replay, Told
from linli.domain.catalogue.selectors import StandardDef


def way(code, to):
    return SimpleNamespace(code=code, to=to)


def stage(key, outcomes=(), back=(), each="none"):
    ways = {one.code: one for one in (*outcomes, *back)}
    return SimpleNamespace(
        key=key,
        each=each,
        join="lead",
        extend=None,
        way=ways.get,
        is_back=lambda code: code in {one.code for one in back},
    )


STAGES = {
    "triage": stage("triage", [way("dispatch", "handle"), way("route", "closed")]),
    "handle": stage("handle", [way("answer", "ask")], [way("return", "objection")], each="units"),
    "ask": stage("ask", [way("solved", "closed")], [way("unsolved", "handle")]),
}
STANDARD = cast(
    StandardDef,
    SimpleNamespace(
        first_stage=STAGES["triage"],
        stage=STAGES.get,
        leads_to=lambda name: {"dispatch": "handle", "return": "objection"}[name],
    ),
)
Fact = tuple[str, str, dict[str, object]]
OPENED: Fact = ("case_opened", "triage", {})
DISPATCHED: Fact = ("case_dispatched", "triage", {"lead": "works"})
ANSWERED: Fact = ("item_completed", "handle", {"outcome": "answer"})
SOLVED: Fact = ("feedback_recorded", "ask", {"solved": "solved", "by": "clerk"})
CLOSED: Fact = ("case_closed", "closed", {"outcome": "solved"})
ROAD = [OPENED, DISPATCHED, ANSWERED, SOLVED, CLOSED]


def replayed(*facts):
    told = [Told(seq, *fact) for seq, fact in enumerate(facts, start=1)]
    return Replay(STANDARD, level="ordinary").tell(told)


def kinds(*facts):
    return {fault.partition(":")[0] for fault in replayed(*facts).faults}


def test_every_command_is_in_some_race_or_apart_for_a_reason():
    assert unraced() == frozenset()
    assert ACTS.keys() | APART.keys() == commands()


def test_an_honest_road_is_told_again_without_a_fault():
    told = replayed(*ROAD)

    assert (told.faults, told.is_open, told.stages) == ([], False, {"closed"})


def test_a_clock_that_runs_on_because_the_work_moved_belongs_to_the_stage_left():
    facts = [
        OPENED,
        ("clock_paused", "triage", {}),
        DISPATCHED,
        ("clock_resumed", "triage", {"due": ""}),
        ANSWERED,
    ]

    assert kinds(*facts) == set()


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ([OPENED, DISPATCHED, DISPATCHED], "double_dispatch"),
        ([OPENED, DISPATCHED, ("case_dispatched", "handle", {})], "double_dispatch"),
        ([*ROAD, CLOSED], "closed_twice"),
        ([OPENED, CLOSED], "closed_twice"),
        (ROAD[:-1], "half"),
        ([OPENED, ANSWERED], "not_allowed"),
        ([OPENED, DISPATCHED, ANSWERED, ANSWERED], "not_allowed"),
        ([OPENED, ("clock_paused", "triage", {}), ("clock_paused", "triage", {})], "not_allowed"),
        ([OPENED, ("clock_resumed", "triage", {})], "not_allowed"),
        ([OPENED, ("case_reopened", "triage", {})], "not_allowed"),
        ([*ROAD, ("case_urged", "closed", {})], "not_allowed"),
        ([OPENED, ("extension_decided", "triage", {"extra": 1})], "not_allowed"),
        ([OPENED, ("case_classified", "triage", {"level": "ordinary"})], "not_allowed"),
    ],
)
def test_what_no_serial_order_explains_is_found(planted, kind):
    assert kind in kinds(*planted)


def test_a_gap_in_a_history_is_found():
    told = Replay(STANDARD).tell([Told(1, *OPENED), Told(3, *DISPATCHED)])

    assert [fault.partition(":")[0] for fault in told.faults] == ["gap"]


def test_an_answer_of_yes_that_no_history_bears_is_a_lost_update():
    came = [Came("add_note", "a", "done"), Came("add_note", "b", "done")]

    assert +faults_of_answers(came, {"a": 1}) == {"lost_updates": 1}


def test_a_key_that_is_there_twice_and_a_refusal_that_was_carried_out_are_found(capsys):
    came = [
        Came("add_note", "a", "done"),
        Came("urge_case", "b", "CaseIsClosed"),
        Came("urge_case", "c", "error OperationalError: deadlock"),
        Came("notify", "d", "done"),
    ]

    found = +faults_of_answers(came, {"a": 2, "b": 1})

    assert found == {"keys_twice": 1, "refused_but_done": 1, "errors": 1}
    assert "deadlock" in capsys.readouterr().err


def test_a_key_refused_to_one_thread_and_granted_to_the_next_is_no_fault():
    came = [Came("dispatch_case", "a", "CaseIsElsewhere"), Came("dispatch_case", "a", "done")]

    assert +faults_of_answers(came, {"a": 1}) == {}
