"""Notices reach whom they are for, are counted in the navigation, and are seen once.

Serves: R020 R134.
"""

import pytest

from linli.domain.cases.selectors import Case, items_of, waiting_counts
from linli.domain.cases.services import dispatch_case, notify, return_item
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
URL = "/desk/notices/"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    case = new_case(town, at=utc_now())
    case = dispatch_case(case.public_id, to="works", actor=town.clerk, at=utc_now(), key="d")
    notify(case.public_id, kind="case_dispatched", at=utc_now())
    return case


def test_the_unit_is_told_what_happened_and_where(town, case):
    handler = signed_in(town, "handler")
    page = handler.get(URL).content.decode()
    assert case.title in page
    assert "派单" in page
    assert "条未读" in handler.get("/desk/").content.decode()


def test_marking_as_seen_empties_the_page_and_the_count(town, case):
    handler = signed_in(town, "handler")
    handler.post(URL, {"at": utc_now().isoformat()})
    assert "没有未读的通知" in handler.get(URL).content.decode()
    assert "条未读" not in handler.get("/desk/").content.decode()


def test_what_came_while_the_page_was_read_stays_unseen(town, case):
    handler = signed_in(town, "handler")
    read_at = utc_now()
    notify(case.public_id, kind="case_urged", at=utc_now())
    handler.post(URL, {"at": read_at.isoformat()})
    assert waiting_counts(town.handler, ["notices"], at=utc_now())["notices"] == 1


def test_other_units_are_told_nothing_and_mark_nothing(town, case):
    helper = signed_in(town, "helper")
    assert case.title not in helper.get(URL).content.decode()
    helper.post(URL, {"at": "nonsense"})
    assert waiting_counts(town.handler, ["notices"], at=utc_now())["notices"] == 1


def test_a_return_tells_the_supervisors_of_the_place(town, case):
    item = next(item for item in items_of(case) if item.stage == "handle")
    return_item(case.public_id, item.pk, reason="x", actor=town.handler, at=utc_now(), key="r")
    notify(case.public_id, kind="case_returned", at=utc_now())
    page = signed_in(town, "supervisor").get(URL).content.decode()
    assert case.title in page
    assert "退单" in page
    assert case.title not in signed_in(town, "outsider").get(URL).content.decode()
