"""Who decides sees what the decision rests on, and the history says who did what.

Serves: R015 R019.
"""

import re

import pytest

from linli.domain.cases.selectors import Case, items_of
from linli.domain.cases.services import complete_item, dispatch_case, return_item, rule_objection
from linli.domain.cases.tests.builders import DONE, Town, build_town, later, new_case
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def returned(town: Town) -> Case:
    case = new_case(town)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(minutes=5), key="d")
    item = next(item.pk for item in items_of(case) if item.state == "open")
    return return_item(
        case.public_id,
        item,
        reason="夜间施工由水务管",
        actor=town.handler,
        at=later(hours=1),
        key="r",
    )


def test_whoever_rules_reads_the_message_the_objection_and_the_duty_list(town, returned):
    page = signed_in(town, "supervisor").get(f"/desk/cases/{returned.public_id}/rule/")
    text = page.content.decode()

    assert "工地半夜还在打桩" in text
    assert "夜间施工由水务管" in text
    assert "职责清单列有该事项" in text


def test_the_unit_that_was_freed_is_not_chosen_beforehand(town, returned):
    rule_objection(
        returned.public_id,
        outcome="uphold",
        reason="确属水务",
        actor=town.supervisor,
        at=later(hours=2),
        key="u",
    )
    text = signed_in(town, "clerk").get(f"/desk/cases/{returned.public_id}/dispatch/")

    page = text.content.decode()
    chosen = re.findall(r'name="to"[^>]*value="([a-z]+)"[^>]*checked', page)
    assert chosen == ["water"]
    assert "确属水务" in page


def test_the_history_names_the_outcome_of_the_stage_and_who_dispatched(town):
    case = new_case(town)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(minutes=5), key="d")
    item = next(item.pk for item in items_of(case) if item.state == "open")
    complete_item(
        case.public_id,
        item,
        outcome="answer",
        reason="已停工",
        result=DONE,
        actor=town.handler,
        at=later(hours=1),
        key="a",
    )
    page = signed_in(town, "clerk").get(f"/desk/cases/{case.public_id}/").content.decode()
    history = page[page.index("经过") :] if "经过" in page else page

    assert "直接答复" not in history
    assert re.search(r"派单.{0,400}clerk", history, re.DOTALL)
