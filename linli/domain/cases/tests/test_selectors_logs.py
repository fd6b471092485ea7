"""What a log of cases holds: the facts in order, for whom it may hold them, and nobody's name.

Serves: R105 X01.
"""

from dataclasses import fields, replace

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases import services
from linli.domain.cases.models import Case, CaseEvent, Link, WorkItem
from linli.domain.cases.selectors import logs
from linli.domain.cases.selectors.logs import log_cases
from linli.domain.cases.tests.builders import DONE, Town, later, new_case
from linli.methods.process.logs import LogCase, LogEvent, LogItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town: Town) -> Town:
    """The cast, named as people are."""
    names = {"clerk": "赵一", "handler": "钱二", "helper": "孙三"}
    named = {post: replace(getattr(town, post), name=name) for post, name in names.items()}
    return replace(town, **named)


@pytest.fixture
def handled(town: Town) -> Case:
    """A case that two units worked on and answered in one moment."""
    case = new_case(town)
    services.dispatch_case(
        case.public_id, to="works", co_units=["water"], actor=town.clerk, at=later(hours=1), key="d"
    )
    for unit, actor in (("water", town.helper), ("works", town.handler)):
        item = WorkItem.objects.get(case=case, unit__code=unit, state="open")
        services.complete_item(
            case.public_id,
            item.pk,
            outcome="answer",
            reason="已经办好，王五",
            result=DONE,
            actor=actor,
            at=later(hours=2),
            key=unit,
        )
    return Case.objects.get(pk=case.pk)


def test_facts_stand_in_the_order_of_their_case_also_within_one_moment(handled, town):
    [log] = log_cases(SYSTEM_ACTOR)
    rows = CaseEvent.objects.filter(case=handled).order_by("seq")

    assert (log.id, log.standard) == (handled.public_id, "demand")
    assert (log.version, log.matter) == (handled.standard.version, handled.matter.code)
    assert [(one.seq, one.activity) for one in log.events] == list(
        rows.values_list("seq", "activity")
    )
    at_once = [one.seq for one in log.events if one.at == later(hours=2)]
    assert len(at_once) >= 2
    assert at_once == sorted(at_once)
    done = [(one.unit, one.role) for one in log.events if one.activity == "item_completed"]
    assert done == [("water", "handler"), ("works", "handler")]
    assert {one.unit for one in log.items if one.stage == "handle"} == {"works", "water"}


def test_nobody_is_named_and_nothing_that_was_written_is_there(handled, town):
    [log] = log_cases(SYSTEM_ACTOR)
    names = set(CaseEvent.objects.values_list("actor_name", flat=True))

    assert names == {"赵一", "钱二", "孙三"}
    text = repr(log)
    assert not [name for name in names if name in text]
    assert handled.title not in text and handled.body not in text and "王五" not in text
    held = {one.name for kind in (LogCase, LogEvent, LogItem) for one in fields(kind)}
    assert not held & {"actor", "actor_id", "actor_name", "attrs", "title", "body", "number"}


def test_it_holds_what_one_may_export_and_no_more(handled, town):
    assert [one.id for one in log_cases(town.supervisor)] == [handled.public_id]
    assert list(log_cases(town.handler)) == []
    assert list(log_cases(town.outsider)) == []


def test_it_can_hold_one_standard_alone(handled, town):
    assert len(list(log_cases(SYSTEM_ACTOR, standard="demand"))) == 1
    assert list(log_cases(SYSTEM_ACTOR, standard="other")) == []


def test_what_a_case_is_to_another_is_said_where_both_are_there(handled, town):
    later_one = new_case(town, key="k1")
    link = {"linked_at": later(hours=3), "linked_by": "test"}
    Link.objects.create(case=later_one, other=handled, kind="follows", **link)

    first, second = log_cases(SYSTEM_ACTOR)
    assert (first.links, second.links) == ([], [("follows", handled.public_id)])
    Case.objects.filter(pk=handled.pk).update(confidentiality="sealed")
    [alone] = log_cases(town.supervisor)
    assert alone.links == []


def test_a_long_log_is_read_in_batches(town, monkeypatch, django_assert_num_queries):
    refs = [new_case(town, key=f"k{number}").public_id for number in range(5)]
    monkeypatch.setattr(logs, "BATCH", 2)

    with django_assert_num_queries(4 * 3 + 1):
        found = list(log_cases(SYSTEM_ACTOR))

    assert [one.id for one in found] == refs
    assert all(one.events for one in found)
