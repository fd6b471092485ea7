"""Each act on its page: offered to whom it belongs, carried out, refused with a sentence.

Serves: R019 R020 R106 R108 R109 R134.
"""

from datetime import date

import pytest
from django.test import Client

from linli.domain.cases.selectors import Case, WorkItem, items_of, links_of
from linli.domain.cases.services import answer_directly, dispatch_case, fire_timers, return_item
from linli.domain.cases.tests.builders import Town, build_town, later, new_case
from linli.domain.organisations.selectors import Member, Post, unit_by_code
from linli.domain.places.selectors import area_by_code
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def opened(town: Town, key: str = "k0") -> Case:
    return new_case(town, key=key, at=utc_now())


def dispatched(town: Town) -> Case:
    case = opened(town)
    return dispatch_case(
        case.public_id, to="works", actor=town.clerk, at=utc_now(), key="dispatched"
    )


def url(case: Case, act: str = "") -> str:
    return f"/desk/cases/{case.public_id}/{act}{'/' if act else ''}"


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def offered(client: Client, case: Case) -> set[str]:
    page = client.get(url(case)).content.decode()
    return {part.split("/")[0] for part in page.split(f"/desk/cases/{case.public_id}/")[1:]}


def side(case: Case, stage: str, town: Town) -> WorkItem:
    return next(item for item in items_of(case) if item.stage == stage)


def test_each_sees_what_is_theirs_to_do(town):
    case = opened(town)
    clerk, handler, supervisor = (
        signed_in(town, name) for name in ("clerk", "handler", "supervisor")
    )
    assert {"dispatch", "answer-now", "route", "link", "merge"} <= offered(clerk, case)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=utc_now(), key="d")
    assert {"answer", "return", "contact", "extend", "pause", "exclude"} <= offered(handler, case)
    assert not {"dispatch", "merge", "rule"} & offered(clerk, case)
    assert {"urge", "pause"} <= offered(supervisor, case)
    assert not {"answer", "return", "extend"} & offered(supervisor, case)


def test_first_contact_is_recorded_once(town):
    case, handler = dispatched(town), signed_in(town, "handler")
    for _ in range(2):
        assert handler.post(url(case, "contact"), {"key": "c"}).status_code == 302
    assert fresh(case).contacted_at is not None
    assert "contact" not in offered(handler, case)


def test_an_extension_names_what_the_standard_lets_and_is_decided_by_another(town):
    case, handler = dispatched(town), signed_in(town, "handler")
    supervisor = signed_in(town, "supervisor")
    form = handler.get(url(case, "extend")).content.decode()
    assert "最多 7天" in form or "最多 7个自然日" in form or "最多 7" in form
    too_much = handler.post(url(case, "extend"), {"key": "x", "extra": "400", "reason": "料未到"})
    assert too_much.status_code == 422
    assert "料未到" in too_much.content.decode()
    due = fresh(case).due_at
    handler.post(url(case, "extend"), {"key": "x1", "extra": "2", "reason": "料未到"})
    assert "料未到" in supervisor.get(url(case, "decide-extension")).content.decode()
    granted = {"key": "x2", "granted": "yes", "reason": "属实"}
    assert supervisor.post(url(case, "decide-extension"), granted).status_code == 302
    moved = fresh(case).due_at
    assert due is not None
    assert moved is not None
    assert moved > due
    assert supervisor.post(url(case, "decide-extension"), granted).status_code == 302


def test_a_clock_stops_for_a_listed_reason_and_runs_again(town):
    case, handler = dispatched(town), signed_in(town, "handler")
    assert "鉴定、检测或评估" in handler.get(url(case, "pause")).content.decode()
    refused = handler.post(url(case, "pause"), {"key": "p", "reason": "tired"})
    assert refused.status_code == 422
    handler.post(url(case, "pause"), {"key": "p1", "reason": "expert_opinion"})
    page = handler.get(url(case)).content.decode()
    assert "时限已停表" in page
    assert "鉴定、检测或评估" in page
    handler.post(url(case, "resume"), {"key": "p2"})
    assert fresh(case).held_at is None


def test_an_exclusion_takes_two_persons_and_a_listed_reason(town):
    case, handler = dispatched(town), signed_in(town, "handler")
    supervisor = signed_in(town, "supervisor")
    said = {"key": "e", "reason": "false_info", "evidence": "现场照片"}
    assert handler.post(url(case, "exclude"), said).status_code == 302
    assert handler.get(url(case, "decide-exclusion")).status_code == 404
    form = supervisor.get(url(case, "decide-exclusion")).content.decode()
    assert "情况不实" in form
    assert "现场照片" in form
    supervisor.post(
        url(case, "decide-exclusion"), {"key": "e1", "granted": "yes", "reason": "核实"}
    )
    assert fresh(case).exclusion == "false_info"
    assert "已剔除" in supervisor.get(url(case)).content.decode()


def test_a_return_tells_until_when_and_is_ruled_by_the_supervisor(town):
    case, handler = dispatched(town), signed_in(town, "handler")
    supervisor = signed_in(town, "supervisor")
    assert "前退单" in handler.get(url(case, "return")).content.decode()
    handler.post(url(case, "return"), {"key": "r", "reason": "不属本单位职责"})
    form = supervisor.get(url(case, "rule")).content.decode()
    assert "维持原派单" in form
    assert "异议成立重新派单" in form
    supervisor.post(url(case, "rule"), {"key": "r1", "outcome": "reject", "reason": "属你单位"})
    assert fresh(case).stage == "handle"


def test_a_return_is_not_offered_after_its_window(town):
    case = new_case(town, at=later(days=-30))
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(days=-30), key="d")
    handler = signed_in(town, "handler")
    assert "return" not in offered(handler, case)
    assert handler.get(url(case, "return")).status_code == 409


def test_cases_are_linked_by_number_and_merged_after_a_warning(town):
    one, two, three = (opened(town, key) for key in ("a", "b", "c"))
    clerk = signed_in(town, "clerk")
    clerk.post(url(one, "link"), {"key": "l", "to": two.number, "kind": "follows"})
    assert [link.other_id for link in links_of(one, town.clerk)] == [two.pk]
    assert two.number in clerk.get(url(one)).content.decode()
    form = clerk.get(url(three, "merge") + f"?into={two.number}").content.decode()
    assert "并入后本件即办结" in form
    assert two.number in form
    unknown = clerk.post(url(three, "merge"), {"key": "m", "into": "20200101-000001-1"})
    assert unknown.status_code == 422
    clerk.post(url(three, "merge"), {"key": "m1", "into": two.number})
    assert fresh(three).status == "closed"


def test_a_part_is_linked_to_its_whole_and_holds_it_open(town):
    whole, part = opened(town, "a"), opened(town, "b")
    clerk = signed_in(town, "clerk")
    clerk.post(url(part, "link"), {"key": "l", "to": whole.number, "kind": "part"})
    refused = clerk.post(
        url(whole, "route"), {"key": "r", "route": "route_statutory", "reason": ""}
    )
    assert refused.status_code == 422
    assert part.number in refused.content.decode()


def test_a_closed_case_is_opened_again_within_the_window_alone(town):
    case = opened(town)
    clerk = signed_in(town, "other_clerk")
    answer_directly(case.public_id, answer="已告知", actor=town.clerk, at=utc_now(), key="a")
    said = {"key": "f", "contacted": "yes", "solved": "solved", "satisfied": "satisfied"}
    assert clerk.post(url(case, "follow-up"), said).status_code == 302
    assert "reopen" in offered(clerk, case)
    clerk.post(url(case, "reopen"), {"key": "o", "reason": "又坏了"})
    assert fresh(case).status == "open"
    assert "reopen" not in offered(clerk, case)


def test_a_supervision_is_shown_and_lifted_by_the_supervisor(town):
    case = dispatched(town)
    fire_timers(at=later(days=400))
    supervisor, handler = signed_in(town, "supervisor"), signed_in(town, "handler")
    assert "督办员正在跟踪本件" in handler.get(url(case)).content.decode()
    assert handler.post(url(case, "lift"), {"key": "s", "reason": "x"}).status_code == 404
    supervisor.post(url(case, "lift"), {"key": "s", "reason": "已到场处理"})
    assert side(case, "supervision", town).outcome == "lifted"
    assert "已到场处理" in supervisor.get(url(case)).content.decode()


def test_what_the_form_of_a_stage_requires_is_asked_at_its_field(town):
    case, handler = dispatched(town), signed_in(town, "handler")
    refused = handler.post(url(case, "answer"), {"key": "a", "reason": "已停工"})
    assert refused.status_code == 422
    assert "“办理结果”还没有选择" in refused.content.decode()
    assert "已停工" in refused.content.decode()
    said = {"key": "a", "reason": "已停工", "result": "done"}
    assert handler.post(url(case, "answer"), said).status_code == 302
    clerk = signed_in(town, "other_clerk")
    asked = clerk.post(
        url(case, "follow-up"), {"key": "f", "solved": "solved", "satisfied": "basic"}
    )
    assert asked.status_code == 422
    assert "“是否联系到本人”还没有选择" in asked.content.decode()


def test_a_note_may_be_for_the_resident_too(town):
    case, clerk = opened(town), signed_in(town, "clerk")
    clerk.post(url(case, "note"), {"key": "n", "reason": "已电话说明", "is_public": "on"})
    assert "反映人也能看到" in clerk.get(url(case)).content.decode()


def test_text_is_as_long_as_the_packs_let(town):
    case, clerk = opened(town), signed_in(town, "clerk")
    answer = clerk.post(url(case, "note"), {"key": "n", "reason": "长" * 2001})
    assert answer.status_code == 422
    assert "2000" in answer.content.decode()


def test_looking_at_the_person_is_a_post_and_leaves_a_record(town):
    case, clerk = opened(town), signed_in(town, "clerk")
    assert clerk.get(url(case, "person")).status_code == 405
    assert clerk.post(url(case, "person")).status_code == 200
    assert signed_in(town, "outsider").post(url(case, "person")).status_code == 404


@pytest.mark.parametrize("act", ["answer", "return", "pause", "decide-extension", "lift", "rule"])
def test_an_outsider_finds_no_act(town, act):
    case = dispatched(town)
    outsider = signed_in(town, "outsider")
    assert outsider.get(url(case, act)).status_code == 404
    assert outsider.post(url(case, act), {"key": "k", "reason": "x"}).status_code == 404


def test_history_names_reasons_and_outcomes_not_codes(town):
    case, clerk = dispatched(town), signed_in(town, "clerk")
    item = next(i for i in items_of(case) if i.stage == "handle")
    return_item(
        case.public_id, item.pk, reason="不属职责", actor=town.handler, at=utc_now(), key="r"
    )
    page = clerk.get(url(case)).content.decode()
    assert "不属职责" in page
    assert "route_" not in page


def test_an_act_that_another_post_grants_elsewhere_is_absent_on_this_case(town):
    """Serves: R033."""
    case, handler = dispatched(town), signed_in(town, "handler")
    post = Post.objects.create(code="desk", name="desk", role="clerk", unit=unit_by_code("far"))
    elsewhere = area_by_code("990101002")
    Member.objects.create(
        user_id=town.handler.user_id,
        post=post,
        area=elsewhere,
        area_path=elsewhere.path,
        valid_from=date(2020, 1, 1),
    )
    absent = handler.get("/desk/cases/nosuchcase/dispatch/")

    for answer in (handler.get(url(case, "dispatch")), handler.post(url(case, "dispatch"))):
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert handler.get(url(case)).status_code == 200
