"""What a resident reads of a report after sending it: who has it, what was said, what comes next.

Serves: R041 R042.
"""

import re

import pytest
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.services import (
    close_by_route,
    complete_item,
    dispatch_case,
    merge_duplicate,
    record_follow_up,
)
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
CODE, OTHER_CODE = "AAAA-BBBB-CCCC-DDD1", "AAAA-BBBB-CCCC-DDD2"


@pytest.fixture
def town() -> Town:
    return build_town()


def opened(town: Town, *, code: str = CODE, key: str = "k0", **changed: object) -> Case:
    return new_case(town, at=utc_now(), receipt=code, key=key, **changed)


def answered(case: Case, words: str, *, key: str = "a") -> None:
    """Let the works unit answer the case."""
    if case.lead_unit_id is None:
        dispatch_case(case.public_id, to="works", actor=SYSTEM_ACTOR, at=utc_now(), key="d")
    item = WorkItem.objects.get(case=case, stage="handle", state="open")
    complete_item(
        case.public_id,
        item.pk,
        outcome="answer",
        reason=words,
        result={"result": "done"},
        actor=SYSTEM_ACTOR,
        at=utc_now(),
        key=key,
    )


def tracked(code: str = CODE) -> str:
    return Client().post("/track/", {"code": code}).content.decode()


def test_a_merged_report_tells_how_far_the_other_one_is_without_its_residents_words(town):
    main = opened(town, code=OTHER_CODE, key="main", body="我是三楼的老王，工地半夜打桩")
    mine = opened(town)
    merge_duplicate(mine.public_id, into=main.number, actor=town.clerk, at=utc_now(), key="m")

    before = tracked()
    answered(main, "已责令夜间停工")
    after = tracked()

    assert "已并入同一问题的另一件诉求" in before
    assert "还没有答复" in before
    assert "现在：" not in before
    assert main.number in before
    assert "已责令夜间停工" in after
    assert "老王" not in before + after


def test_a_merged_report_keeps_quiet_about_answers_to_a_confidential_one(town):
    main = opened(town, code=OTHER_CODE, key="main", confidentiality="sensitive")
    mine = opened(town)
    merge_duplicate(mine.public_id, into=main.number, actor=SYSTEM_ACTOR, at=utc_now(), key="m")
    answered(main, "已同举报人老王核实")

    assert "老王" not in tracked()


def followed_up(case: Case, town: Town) -> None:
    """Let another clerk note what the resident said on the phone."""
    said = {"solved": "solved", "satisfied": "satisfied", "contacted": True}
    record_follow_up(case.public_id, **said, actor=town.other_clerk, at=utc_now(), key="f")


def rated(words: str, *, solved: str = "unsolved") -> None:
    said = {"code": CODE, "solved": solved, "satisfied": "dissatisfied", "comment": words}
    Client().post("/track/rate/", {**said, "key": words})


def test_what_staff_noted_when_asking_back_is_not_called_the_residents_rating(town):
    case = opened(town)
    answered(case, "已责令停工")
    followed_up(case, town)

    page = tracked()

    assert "回访记录（工作人员填写）" in page
    assert "您的评价" not in page


def test_the_desk_says_who_rated(town):
    case = opened(town)
    answered(case, "已责令停工")
    followed_up(case, town)
    rated("其实昨晚又响了", solved="partly")

    page = signed_in(town, "clerk").get(f"/desk/cases/{case.public_id}/").content.decode()

    assert page.index("诉求人自己评价") < page.index("其实昨晚又响了")
    assert "回访记录（工作人员填写）" in page


def test_progress_names_the_unit_the_answer_and_the_own_words_round_by_round(town):
    case = opened(town, body="工地半夜还在打桩，孩子睡不着，请管一管。")
    answered(case, "第一次答复：已责令停工")
    rated("昨晚又响到两点")
    case.refresh_from_db()
    answered(case, "第二次答复：已立案处罚", key="a2")

    page = tracked()

    assert "孩子睡不着" in page
    assert page.count("works") > 2
    order = ("第 2 轮办理", "第二次答复", "第 1 轮办理", "第一次答复", "昨晚又响到两点", "进展")
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert {"已转承办单位", "已答复", "您作了评价", "已退回重新办理"} <= told(page)


def test_where_another_door_is_the_right_one_its_advice_is_told(town):
    case = opened(town)
    route = case.standard.definition.routes[0]
    close_by_route(
        case.public_id, route=route.code, reason="内部说明", actor=town.clerk, at=utc_now(), key="r"
    )

    assert route.advice in tracked()
    assert "内部说明" not in tracked()


def told(page: str) -> set[str]:
    """Titles of what the timeline tells."""
    return set(re.findall(r'timeline__title">([^<]+)<', page))
