"""The page of a case in which everything has happened asks no more than any other.

Serves: R134.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TypedDict

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases import services
from linli.domain.cases.selectors import Case, WorkItem, items_of
from linli.domain.cases.tests.builders import DONE
from linli.domain.catalogue.services import publish_pack
from linli.domain.ledgers.services import add_record
from linli.domain.ledgers.tests.builders import PACK
from linli.domain.needs.services import decide_reading
from linli.domain.needs.tests.builders import NOISE, ReadTown, build_read_town, receive, said
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
# Neither the matter nor the place that the machine suggested.
OTHERWISE = services.Revision("environment.noise.traffic", "990101001", "help", "urgent")
# Four of them write the look down; one counts what a unit has to answer, one asks for holds and
# for requests about the data.
MOST = 18
Ceiling = Callable[[int], AbstractContextManager[object]]


class By(TypedDict):
    """Who, and when."""

    actor: Actor
    at: datetime


@pytest.fixture
def town() -> ReadTown:
    return build_read_town()


def opened(key: str) -> Case:
    return receive(said(NOISE), key=key, at=utc_now()).case


def open_item(case: Case, stage: str, unit: str = "") -> WorkItem:
    found = (i for i in items_of(case) if i.state == "open" and i.stage == stage)
    return next(i for i in found if not unit or (i.unit and i.unit.code == unit))


def rich(town: ReadTown) -> Case:
    """Joint work in its second round: rated, reopened, linked, noted, supervised, stopped."""
    case = opened("rich")
    came_in(town, case)
    was_answered_in_vain(town, case)
    ref, by = case.public_id, By(actor=town.cast.handler, at=utc_now())
    services.request_extension(ref, extra=1, reason="等检测", key="e", **by)
    services.propose_exclusion(ref, reason="false_info", evidence="照片", key="x", **by)
    services.add_note(ref, text="已约现场", is_public=True, key="n", **by)
    services.urge_case(ref, reason="催", actor=town.cast.supervisor, at=utc_now(), key="u")
    services.pause_clock(ref, reason="hearing", key="p", **by)
    services.notify(ref, kind="case_urged", at=utc_now())
    return case


def came_in(town: ReadTown, case: Case) -> None:
    """Corrected, with a whole and a part, against a unit, sensitive, handed to two."""
    ref, whole, part = case.public_id, opened("whole").public_id, opened("part").public_id
    by = By(actor=town.cast.clerk, at=utc_now())
    services.link_cases(ref, to=whole, kind="part", key="l1", **by)
    services.link_cases(part, to=ref, kind="part", key="l2", **by)
    decide_reading(ref, OTHERWISE, key="r", **by)
    services.name_respondent(ref, unit="far", reason="来电所述", key="w", **by)
    services.classify_case(ref, level="sensitive", reason="涉企", key="c", **by)
    services.dispatch_case(ref, to="works", co_units=["water"], key="d", **by)


def was_answered_in_vain(town: ReadTown, case: Case) -> None:
    """Answered, and not solved in the resident's eyes."""
    services.complete_item(
        case.public_id,
        open_item(case, "handle", "works").pk,
        outcome="answer",
        reason="已停工",
        result=DONE,
        actor=town.cast.handler,
        at=utc_now(),
        key="a",
    )
    services.record_follow_up(
        case.public_id,
        solved="unsolved",
        satisfied="dissatisfied",
        contacted=True,
        actor=town.cast.other_clerk,
        at=utc_now(),
        key="f",
    )


@pytest.mark.parametrize("who", ["handler", "helper", "clerk", "supervisor"])
def test_whoever_looks_the_page_asks_few_questions(
    town: ReadTown, who: str, django_assert_max_num_queries: Ceiling
):
    case, person = rich(town), signed_in(town.cast, who)
    person.get("/desk/")
    with django_assert_max_num_queries(MOST):
        page = person.get(f"/desk/cases/{case.public_id}/")
    text = page.content.decode()
    for part in ("已停工", "已约现场", "时限已停表", "上级工单" if who == "clerk" else "未解决"):
        assert part in text


def test_records_that_name_a_case_stand_on_its_page_for_whoever_may_see_them(town: ReadTown):
    publish_pack(PACK, actor=SYSTEM_ACTOR, at=utc_now())
    case = rich(town)
    held = By(actor=town.cast.handler, at=utc_now())
    hall = add_record("room", given={"title": "议事厅", "place": case.area.code}, key="h", **held)
    given = {"what": "议事会", "room": hall.number, "case": case.number}
    record = add_record("booking", given=given, key="b", **held)

    shown = signed_in(town.cast, "handler").get(f"/desk/cases/{case.public_id}/").content.decode()
    hidden = signed_in(town.cast, "clerk").get(f"/desk/cases/{case.public_id}/").content.decode()

    assert f'href="/desk/ledgers/booking/{record.public_id}/"' in shown
    assert "议事会" in shown
    assert record.number not in hidden
