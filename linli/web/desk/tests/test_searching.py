"""The list of cases, narrowed by its address alone.

Serves: R011 R129 X10.
"""

import pytest
from django.test import Client

from linli.domain.cases.selectors import Case
from linli.domain.cases.services import dispatch_case
from linli.domain.cases.tests.builders import Town, build_town, later, new_case
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def clerk(town: Town) -> Client:
    return signed_in(town, "clerk")


@pytest.fixture
def cases(town: Town) -> dict[str, Case]:
    """One dispatched and old, one fresh, one by letter about water."""
    old = new_case(town, key="a", at=later(days=-40), title="老工地噪声", urgency="urgent")
    dispatch_case(old.public_id, to="works", actor=town.clerk, at=later(days=-39), key="d")
    return {
        "old": old,
        "fresh": new_case(town, key="b", at=utc_now(), title="新工地噪声"),
        "letter": new_case(town, key="c", at=utc_now(), title="水管漏水", channel="letter"),
    }


def found(client: Client, query: str) -> set[str]:
    page = client.get(f"/desk/cases/?{query}")
    assert page.status_code == 200
    text = page.content.decode()
    return {title for title in ("老工地噪声", "新工地噪声", "水管漏水") if f">{title}<" in text}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"老工地噪声", "新工地噪声", "水管漏水"}),
        ("q=漏水", {"水管漏水"}),
        ("stage=handle", {"老工地噪声"}),
        ("unit=works", {"老工地噪声"}),
        ("due=overdue", {"老工地噪声"}),
        ("urgency=urgent", {"老工地噪声"}),
        ("channel=letter", {"水管漏水"}),
        ("until=2026-11-01", {"老工地噪声"}),
        ("since=2026-11-01", {"新工地噪声", "水管漏水"}),
        (
            "matter=environment&area=990101001001&status=open",
            {"老工地噪声", "新工地噪声", "水管漏水"},
        ),
        ("area=990101002", set()),
        ("q=工地&due=overdue", {"老工地噪声"}),
    ],
)
def test_each_part_of_the_address_narrows_the_list(clerk, cases, query, titles):
    assert found(clerk, query) == titles


def test_each_condition_is_shown_and_can_be_taken_away_alone(clerk, cases):
    page = clerk.get("/desk/cases/?q=工地&stage=handle&area=990101001001").content.decode()
    assert "环节：承办" in page
    assert "区域：990101001001" in page
    assert 'href="?q=%E5%B7%A5%E5%9C%B0&amp;area=990101001001"' in page
    assert '<option value="handle" selected>' in page


def test_a_condition_that_came_by_a_link_is_kept_and_named(clerk, cases):
    page = clerk.get("/desk/cases/?matter=environment.noise.traffic&closed_since=2026-01-01")
    text = page.content.decode()
    assert 'name="closed_since" value="2026-01-01"' in text
    assert '<option value="environment.noise.traffic" selected>' in text


def test_a_day_that_is_none_lists_nothing_and_says_so(clerk, cases):
    page = clerk.get("/desk/cases/?since=someday")
    assert page.status_code == 422
    assert "受理日期从" in page.content.decode()
    assert ">新工地噪声<" not in page.content.decode()


def test_the_export_holds_what_the_list_holds(clerk, cases):
    text = b"".join(clerk.get("/desk/cases/export/?q=漏水")).decode()
    assert "水管漏水" in text
    assert "工地" not in text


def test_a_narrowed_list_asks_few_questions(clerk, cases, django_assert_max_num_queries):
    clerk.get("/desk/cases/")
    with django_assert_max_num_queries(15):
        clerk.get("/desk/cases/?q=工地&due=overdue&area=990101001001&unit=works&matter=environment")
