"""The cockpit's page, asked as each of the cast would ask.

Serves: R014 R019 R033 R129 R134 X02.
"""

import re

import pytest
from django.test import Client

from linli.domain.cases.selectors import Case
from linli.domain.cases.tests.builders import Town, build_town
from linli.domain.catalogue.selectors import Matter
from linli.web.cockpit.tests.builders import COMMUNITY, OTHER_COMMUNITY, busy_street, signed_in

pytestmark = pytest.mark.django_db
LINKED = re.compile(r'<a href="(/desk/cases/\?[^"]+)">([\d,]+)</a>')
TILE = re.compile(
    r'number-tile__figure">([\d,]+).*?number-tile__links">\s*<a href="(/desk/cases/\?[^"]+)"', re.S
)
SHOWN = re.compile(r"共 ([\d,]+) 条")


@pytest.fixture
def town() -> Town:
    return busy_street()


@pytest.fixture
def leader(town: Town) -> Client:
    return signed_in("leader")


def page(client: Client, address: str = "/cockpit/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def unescaped(address: str) -> str:
    return address.replace("&amp;", "&")


def listed(client: Client, address: str) -> int:
    """How many cases the desk's list of an address says that it holds."""
    found = SHOWN.search(page(client, unescaped(address)))
    return int(found[1].replace(",", "")) if found else 0


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_each_headline_number_is_the_length_of_its_list(leader: Client):
    tiles = TILE.findall(page(leader))

    assert len(tiles) == 5
    assert [number(value) for value, _ in tiles] == [listed(leader, url) for _, url in tiles]
    assert all(number(value) for value, _ in tiles[:2])


@pytest.mark.parametrize("narrowed", ["", f"?area={COMMUNITY}&period=90", "?period=last-month"])
def test_each_figure_of_a_table_is_the_length_of_its_list(leader: Client, narrowed: str):
    found = LINKED.findall(page(leader, f"/cockpit/{narrowed}"))

    assert len(found) > 20
    for url, value in found[::4]:
        assert listed(leader, url) == number(value), url


def test_figures_of_a_matter_and_its_topics_are_the_lengths_of_their_lists(leader: Client):
    root = Matter.objects.get(code="environment")

    opened = page(leader, f"/cockpit/?matter={root.code}&period=90")

    assert root.name in opened
    for url, value in LINKED.findall(opened)[::5]:
        assert f"matter={root.code}" in url
        assert listed(leader, url) == number(value), url


def test_a_street_opens_into_communities_and_a_community_into_grids(leader: Client):
    assert f"area={COMMUNITY}" in page(leader)
    opened = page(leader, f"/cockpit/?area={COMMUNITY}")
    assert f"area={COMMUNITY}001" in opened
    assert "area=990101001&amp;" in opened, "the way back up is there"
    assert "未落到以上区域" in opened, "cases of the community without a grid are a row"
    assert f"area={COMMUNITY}003" in page(leader, "/cockpit/?level=grid")
    assert page(leader, f"/cockpit/?area={COMMUNITY}001")


def test_whoever_leads_a_community_sees_no_other(town: Town):
    leader = signed_in("leader", code=COMMUNITY)

    whole = page(leader, "/cockpit/?period=90")

    assert OTHER_COMMUNITY not in whole
    within = Case.objects.filter(status="open", area_path__contains=f"/{COMMUNITY}/").count()
    assert number(TILE.findall(whole)[0][0]) == within


def test_a_place_out_of_reach_answers_as_one_that_does_not_exist(town: Town):
    leader = signed_in("leader", code=COMMUNITY)

    absent = leader.get("/cockpit/?area=nosuchplace")

    for beside_above_or_away in (OTHER_COMMUNITY, "990101001", "990101002"):
        hidden = leader.get(f"/cockpit/?area={beside_above_or_away}")
        assert (hidden.status_code, hidden.content) == (404, absent.content)


@pytest.mark.parametrize("role", ["clerk", "handler", "admin", "auditor"])
def test_whom_no_post_lets_in_finds_nothing_there(role: str):
    build_town()
    client = signed_in(role)

    absent = client.get("/nosuchpage/")

    for address in ("/cockpit/", "/cockpit/areas.json"):
        refused = client.get(address)
        assert (refused.status_code, refused.content) == (404, absent.content)
    assert "/cockpit/" not in page(client, "/desk/")


def test_a_visitor_is_sent_to_sign_in_and_comes_back():
    assert Client().get("/cockpit/").headers["Location"].endswith("?next=/cockpit/")


def test_who_may_look_finds_the_way_from_the_desk(town: Town):
    for role in ("leader", "supervisor", "analyst"):
        client = signed_in(role)
        assert 'href="/cockpit/"' in page(client, "/desk/")
        assert "看板" in page(client)


def test_the_page_reads_in_english_too(leader: Client):
    leader.cookies["django_language"] = "en"

    whole = page(leader)

    for words in ("Overview", "Overdue", "Due today", "Response rate", "excluded", "By matter"):
        assert words in whole
    assert "环境保护" not in whole
    assert '<span class="number-tile__unit">cases' in whole


def test_all_figures_stand_in_the_page_before_any_script_runs(leader: Client):
    whole = page(leader)

    assert whole.count('<table class="table tallies"') == 3
    assert "÷" in whole
    assert "<form" in whole
    assert not re.search(r"<script(?![^>]*src=)", whole)


def test_no_person_is_named(leader: Client):
    assert "路灯不亮" not in page(leader), "not even the title of a case"


def test_days_that_make_no_span_come_back_with_the_field_named(leader: Client):
    for days, words in (
        ("since=2026-03-02&until=2026-03-01", "对调"),
        ("since=2026-03-02", "“至”还没有填写"),
        ("since=gestern&until=2026-03-01", "“自”的格式不对"),
    ):
        response = leader.get(f"/cockpit/?{days}")
        assert response.status_code == 422
        assert words in response.content.decode()


def test_free_days_are_kept_by_every_way_on(leader: Client):
    whole = page(leader, "/cockpit/?since=2026-10-01&until=2026-10-31")

    assert f"area={COMMUNITY}&amp;since=2026-10-01&amp;until=2026-10-31" in whole
    assert "2026-10-01～2026-10-31" in whole


def test_a_small_sample_makes_no_rate(leader: Client):
    whole = page(leader, "/cockpit/?since=2001-01-01&until=2001-01-31")

    assert whole.count("样本 0 件，不足 10 件，不计算") == 3


def test_a_page_asks_few_questions(leader: Client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        page(leader, f"/cockpit/?area={COMMUNITY}&matter=environment")
