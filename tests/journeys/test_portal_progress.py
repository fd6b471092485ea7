"""What a resident reads of a report after sending it: who has it, what was said, what comes next.

Serves: R041 R042.
"""

import pytest
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.services import complete_item, dispatch_case, merge_duplicate
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.kernel.clock import utc_now

pytestmark = pytest.mark.django_db
CODE, OTHER_CODE = "AAAA-BBBB-CCCC-DDD1", "AAAA-BBBB-CCCC-DDD2"


@pytest.fixture
def town() -> Town:
    return build_town()


def opened(town: Town, *, code: str = CODE, key: str = "k0", **changed: object) -> Case:
    return new_case(town, at=utc_now(), receipt=code, key=key, **changed)


def answered(case: Case, words: str) -> None:
    """Let the works unit answer the case."""
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
        key="a",
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
    assert main.number in before
    assert "已责令夜间停工" in after
    assert "老王" not in before + after


def test_a_merged_report_keeps_quiet_about_answers_to_a_confidential_one(town):
    main = opened(town, code=OTHER_CODE, key="main", confidentiality="sensitive")
    mine = opened(town)
    merge_duplicate(mine.public_id, into=main.number, actor=SYSTEM_ACTOR, at=utc_now(), key="m")
    answered(main, "已同举报人老王核实")

    assert "老王" not in tracked()
