import pytest

from linli.domain.audit.models import Journal
from linli.domain.cases.services import Revision, dispatch_case
from linli.domain.cases.tests.builders import later, new_case
from linli.domain.needs.errors import NoReading
from linli.domain.needs.models import Reading
from linli.domain.needs.selectors import duplicates_of, reading_of
from linli.domain.needs.services import decide_reading
from linli.domain.needs.tests.builders import COMMUNITY, build_read_town, receive, said
from linli.kernel.errors import NotFound, NotPermitted, WrongState

pytestmark = pytest.mark.django_db
DECISION = Revision("environment.noise.entertainment", COMMUNITY, "complaint", "urgent")


@pytest.fixture
def town():
    return build_read_town().cast


def decide(town, ref, *, actor=None, decision=DECISION):
    return decide_reading(ref, decision, actor=actor or town.clerk, at=later(hours=1), key="d1")


def test_the_decision_stands_beside_the_suggestion(town):
    received = receive(said())

    case = decide(town, received.case.public_id)

    reading = Reading.objects.get(message=received.message)
    assert case.matter.code == reading.decided_matter == DECISION.matter
    assert (reading.decided_urgency, reading.decided_by) == ("urgent", town.clerk.user_id)
    assert reading.matters[0]["code"] == received.case.matter.code != DECISION.matter


def test_the_fact_tells_what_was_suggested_and_what_was_decided(town):
    received = receive(said())

    decide(town, received.case.public_id)

    fact = Journal.objects.get(event="reading_decided")
    assert received.case.matter.code in fact.payload
    assert DECISION.matter in fact.payload


def test_deciding_twice_with_one_key_is_deciding_once(town):
    ref = receive(said()).case.public_id

    decide(town, ref)
    decide(town, ref)

    assert Journal.objects.filter(event="reading_decided").count() == 1


def test_who_may_not_sort_may_not_decide(town):
    ref = receive(said()).case.public_id

    with pytest.raises(NotFound):
        decide(town, ref, actor=town.outsider)
    with pytest.raises(NotPermitted):
        decide(town, ref, actor=town.supervisor)
    assert Reading.objects.get().decided_at is None


def test_a_case_without_a_message_has_no_reading(town):
    case = new_case(town)

    assert reading_of(town.clerk, case.public_id) is None
    with pytest.raises(NoReading):
        decide(town, case.public_id)


def test_after_dispatch_it_is_too_late(town):
    ref = receive(said()).case.public_id
    dispatch_case(ref, to="works", actor=town.clerk, at=later(hours=1), key="go")

    with pytest.raises(WrongState):
        decide(town, ref)


def test_a_reading_is_seen_through_its_case_alone(town):
    ref = receive(said()).case.public_id

    assert reading_of(town.clerk, ref) is not None
    with pytest.raises(NotFound):
        reading_of(town.outsider, ref)


def test_like_cases_out_of_reach_are_left_out(town):
    receive(said(), key="k1")
    second = receive(said(), key="k2", at=later(hours=1))
    reading = reading_of(town.clerk, second.case.public_id)

    assert reading is not None
    assert len(duplicates_of(town.clerk, reading)) == 1
    assert duplicates_of(town.outsider, reading) == []
