"""Joint work: who may act on a case of many hands, and when it goes on.

Serves: R020 R105 R106.
"""

import re
import shutil
from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases import services
from linli.domain.cases.errors import (
    AgainstTheDutyList,
    CaseIsElsewhere,
    ItemIsDone,
    NoSuchMoment,
    SamePerson,
)
from linli.domain.cases.models import Case, Clock, Link, WorkItem
from linli.domain.cases.selectors import case_for
from linli.domain.cases.tests.builders import AT, DONE, PACKS, Town, later, new_case
from linli.domain.catalogue.services import publish_pack
from linli.kernel.errors import NotFound, NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(town: Town) -> Case:
    case = new_case(town)
    return services.dispatch_case(
        case.public_id,
        to="works",
        co_units=["water"],
        actor=town.clerk,
        at=later(minutes=5),
        key="d",
    )


def publish_changed(folder: Path, words: dict[str, str]) -> None:
    """Put the shipped pack in force with other words in its standard, as its next version."""
    pack = folder / "hotline-12345"
    shutil.copytree(PACKS / "hotline-12345", pack)
    for file in (pack / "pack.yaml", pack / "standards" / "demand.yaml"):
        text = re.sub(r"(?m)^version: .*$", 'version: "2099.1"', file.read_text(encoding="utf-8"))
        for old, new in words.items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    publish_pack(pack, actor=SYSTEM_ACTOR, at=AT)


def item(case: Case, unit: str) -> int:
    return WorkItem.objects.get(case=case, unit__code=unit, state="open", kind="main").pk


def answer(case: Case, town: Town, unit: str = "works", *, hours: int = 3) -> Case:
    actor = town.handler if unit == "works" else town.helper
    return services.complete_item(
        case.public_id,
        item(case, unit),
        outcome="answer",
        reason="已办",
        result=DONE,
        actor=actor,
        at=later(hours=hours),
        key=f"a {unit} {hours}",
    )


def sent_back_to_triage(case: Case, town: Town) -> None:
    services.return_item(
        case.public_id, item(case, "works"), reason="不属于", actor=town.handler,
        at=later(hours=1), key="r",
    )  # fmt: skip
    services.rule_objection(
        case.public_id, outcome="uphold", reason="属实", actor=town.supervisor,
        at=later(hours=2), key="u",
    )  # fmt: skip


def test_a_helper_whom_the_duty_list_does_not_name_is_refused_and_sees_nothing(town):
    case = new_case(town)
    with pytest.raises(AgainstTheDutyList):
        services.dispatch_case(
            case.public_id, to="works", co_units=["far"], actor=town.clerk, at=later(minutes=1),
            key="d",
        )  # fmt: skip
    with pytest.raises(NotFound):
        case_for(town.outsider, case.public_id)


def test_a_helper_named_twice_has_one_piece_of_work(town):
    case = new_case(town)
    services.dispatch_case(
        case.public_id, to="works", co_units=["water", "water", "works"], actor=town.clerk,
        at=later(minutes=1), key="d",
    )  # fmt: skip
    units = WorkItem.objects.filter(case=case, stage="handle").values_list("unit__code", flat=True)
    assert sorted(units) == ["water", "works"]


def test_whoever_sent_the_case_back_acts_on_it_no_more(town, joint):
    sent_back_to_triage(joint, town)
    by = {"actor": town.handler, "at": later(hours=3)}

    with pytest.raises(NotPermitted):
        services.record_contact(joint.public_id, key="c", **by)
    with pytest.raises(NotPermitted):
        services.pause_clock(joint.public_id, reason="hearing", key="p", **by)
    with pytest.raises(NotPermitted):
        services.add_note(joint.public_id, text="你好", is_public=True, key="n", **by)
    with pytest.raises(NotPermitted):
        services.propose_exclusion(
            joint.public_id, reason="malicious_repeat", evidence="x", actor=town.helper,
            at=later(hours=3), key="e",
        )  # fmt: skip


def test_a_helper_who_is_done_leaves_the_clocks_to_the_lead(town, joint):
    answer(joint, town, "water", hours=1)
    by = {"actor": town.helper, "at": later(hours=2)}

    with pytest.raises(NotPermitted):
        services.pause_clock(joint.public_id, reason="hearing", key="p", **by)
    with pytest.raises(NotPermitted):
        services.request_extension(joint.public_id, extra=1, reason="x", key="x", **by)
    services.add_note(joint.public_id, text="已移交材料", key="n", **by)


def test_more_time_asked_for_in_one_round_is_not_granted_in_the_next(town, joint):
    asked = services.request_extension(
        joint.public_id, extra=7, reason="需鉴定", actor=town.handler, at=later(hours=2), key="x"
    )
    answer(joint, town)
    services.record_follow_up(
        joint.public_id, solved="unsolved", satisfied="dissatisfied", contacted=True,
        actor=town.other_clerk, at=later(hours=4), key="f",
    )  # fmt: skip

    assert asked is not None
    with pytest.raises(ItemIsDone):
        services.decide_extension(
            joint.public_id, asked.pk, granted=True, reason="可", actor=town.supervisor,
            at=later(hours=6), key="g",
        )  # fmt: skip


def test_who_dispatched_the_round_does_not_ask_the_resident(town, joint):
    answer(joint, town)
    with pytest.raises(SamePerson):
        services.record_follow_up(
            joint.public_id, solved="solved", satisfied="satisfied", contacted=True,
            actor=town.clerk, at=later(hours=4), key="f",
        )  # fmt: skip


def test_a_case_that_a_unit_works_on_is_not_merged_away(town, joint):
    other = new_case(town, key="other")
    with pytest.raises(CaseIsElsewhere):
        services.merge_duplicate(
            joint.public_id, into=other.public_id, actor=town.clerk, at=later(hours=1), key="m"
        )


def test_a_merged_case_that_was_not_solved_stands_on_its_own_and_may_be_merged_again(town):
    case, other = new_case(town), new_case(town, key="other")
    by = {"into": other.public_id, "actor": town.clerk}
    services.merge_duplicate(case.public_id, at=later(hours=1), key="m", **by)
    services.record_feedback(
        case.public_id, solved="unsolved", satisfied="dissatisfied", at=later(hours=2), key="r"
    )
    assert not Link.objects.filter(case=case).exists()

    again = services.merge_duplicate(case.public_id, at=later(hours=3), key="m2", **by)

    assert again.status == "closed"


def test_where_all_must_answer_a_helper_who_leaves_is_waited_for_no_more(town, tmp_path):
    publish_changed(tmp_path, {"join: lead": "join: all"})
    case = new_case(town)
    services.dispatch_case(
        case.public_id, to="works", co_units=["water"], actor=town.clerk, at=later(minutes=5),
        key="d",
    )  # fmt: skip
    case = answer(case, town)
    assert case.stage == "handle"

    case = services.return_item(
        case.public_id, item(case, "water"), reason="不属于", actor=town.helper, at=later(hours=4),
        key="r",
    )  # fmt: skip

    assert case.stage == "follow_up"
    assert case.answered_at == later(hours=4)


def test_the_first_contact_is_when_the_unit_says_it_spoke(town, joint):
    services.record_contact(
        joint.public_id, contacted_at=later(hours=2), actor=town.handler, at=later(days=2), key="c"
    )
    case = case_for(town.handler, joint.public_id)
    assert case.contacted_at == later(hours=2)
    contact = Clock.objects.get(case=case, kind="first_contact")
    assert contact.facts[-1] == {"kind": "stop", "at": later(hours=2).isoformat()}


@pytest.mark.parametrize("told", [later(days=9), later(hours=-1)])
def test_a_contact_in_the_future_or_before_the_message_is_refused(town, joint, told):
    with pytest.raises(NoSuchMoment):
        services.record_contact(
            joint.public_id, contacted_at=told, actor=town.handler, at=later(days=2), key="c"
        )
    with pytest.raises(NoSuchMoment):
        services.complete_item(
            joint.public_id, item(joint, "works"), outcome="answer", reason="已办",
            result={**DONE, "contacted_at": told.isoformat()}, actor=town.handler,
            at=later(days=2), key="a",
        )  # fmt: skip


def test_an_answer_tells_when_the_unit_first_spoke(town, joint):
    services.complete_item(
        joint.public_id, item(joint, "works"), outcome="answer", reason="已办",
        result={**DONE, "contacted_at": later(hours=3).isoformat()}, actor=town.handler,
        at=later(days=2), key="a",
    )  # fmt: skip
    assert case_for(town.handler, joint.public_id).contacted_at == later(hours=3)
