"""Demands are many-voiced, the same for a seed, and their truth holds."""

import json
import re
from collections import Counter
from datetime import date

import pytest

from linli.town.demands import DemandSet, make_demands
from linli.town.geography import Geography, make_geography
from linli.town.matters import leaf_matters
from linli.town.planted import read_planted
from linli.town.rhythm import ZONE
from linli.town.topics import lines, read_topics
from linli.town.truth import truth_of, write_truth

LAST_DAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def ground() -> Geography:
    return make_geography(seed=1)


@pytest.fixture(scope="module")
def town(ground) -> DemandSet:
    return make_demands(ground, seed=1, until=LAST_DAY)


def test_people_have_more_than_three_hundred_sentences():
    sentences = {text for topic in read_topics() for text in topic.texts}
    planted = {text for issue in read_planted().issues for text in lines(issue.texts)}

    assert len(sentences) >= 600
    assert len(planted) >= 80
    assert not sentences & planted


def test_every_topic_is_a_leaf_of_the_matter_tree():
    assert {topic.matter for topic in read_topics()} <= set(leaf_matters())


def test_demands_cover_a_hundred_matters(town):
    assert len({demand.matter for demand in town.demands}) >= 100


def test_the_size_asked_for_is_the_size_given(ground, town):
    small = make_demands(ground, seed=3, until=LAST_DAY, size=200, days=60)

    assert len(town.demands) == 12_000
    assert len(small.demands) == 200


def test_no_slot_of_a_sentence_stays_open(town):
    open_slots = [d.body for d in town.demands if re.search(r"\{\w+\}", d.title + d.body)]

    assert open_slots == []


def test_hardly_two_messages_are_the_same_words(town):
    assert len({demand.body for demand in town.demands}) > 0.98 * len(town.demands)


def test_telephone_numbers_are_ones_that_nobody_has(town):
    assert all(re.fullmatch(r"1[3-9]\d0000\d{4}", d.reporter.phone) for d in town.demands)


def test_demands_come_in_order_and_inside_the_span(town):
    days = [d.received_at.astimezone(ZONE).date() for d in town.demands]

    assert [d.received_at for d in town.demands] == sorted(d.received_at for d in town.demands)
    assert min(days) >= town.span.first
    assert max(days) <= town.span.last


def test_heating_is_a_matter_of_winter_and_oil_fume_of_summer(town):
    months = Counter((d.matter, d.received_at.month) for d in town.demands if not d.issue)

    assert months["construction.utility.heating", 12] > 50
    assert months["construction.utility.heating", 7] == 0
    assert months["environment.air.fume", 7] > months["environment.air.fume", 12]


def test_a_point_lies_in_the_grid_of_its_demand(ground, town):
    with_point = [d for d in town.demands if d.lng is not None]

    assert len(with_point) > 0.3 * len(town.demands)
    for demand in with_point[:500]:
        west, south, east, north = ground.polygons[demand.grid_code].bounds
        assert west - 1e-5 <= demand.lng <= east + 1e-5
        assert south - 1e-5 <= demand.lat <= north + 1e-5


def test_every_report_of_a_planted_issue_names_its_place(town):
    names = {issue.key: issue.names for issue in town.issues}
    reports = [d for d in town.demands if d.issue]

    assert len(names) >= 12
    assert len(reports) > 400
    for demand in reports:
        assert any(name in demand.body for name in names[demand.issue]), demand.body


def test_issues_share_one_matter_and_one_grid(town):
    truth = truth_of(town)

    for issue in truth["issues"]:
        told = [truth["messages"][id_] for id_ in issue["messages"]]
        assert {message["matter"] for message in told} == {issue["matter"]}
        assert {message["grid"] for message in told} == {issue["grid"]}
        assert len(told) >= 6


def test_one_issue_rises_until_the_end(town):
    rising = truth_of(town)["rising"]

    assert rising is not None
    weeks = [count for _, count in rising["weeks"]]
    assert rising["issue"] == read_planted().rising
    assert sum(weeks[-3:]) > 3 * sum(weeks[:3])


def test_a_repeat_comes_later_at_the_same_place_about_the_same_matter(town):
    by_id = {demand.id: demand for demand in town.demands}
    repeats = [d for d in town.demands if d.duplicate_of]

    assert len(repeats) > 600
    for repeat in repeats:
        origin = by_id[repeat.duplicate_of]
        assert origin.received_at < repeat.received_at
        assert (origin.matter, origin.place) == (repeat.matter, repeat.place)
        assert (origin.reporter == repeat.reporter) is repeat.same_person
        assert not origin.duplicate_of


def test_the_same_seed_gives_the_same_demands_and_another_seed_others(ground):
    first = make_demands(ground, seed=5, until=LAST_DAY, size=300, days=90)
    again = make_demands(ground, seed=5, until=LAST_DAY, size=300, days=90)
    other = make_demands(ground, seed=6, until=LAST_DAY, size=300, days=90)

    assert first == again
    assert first.demands != other.demands


def test_a_truth_file_reads_back_as_it_was(town, tmp_path):
    truth = truth_of(town)
    write_truth(truth, path=tmp_path / "truth.json")

    read = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert read["messages"] == truth["messages"]
    assert [issue["key"] for issue in read["issues"]] == [i["key"] for i in truth["issues"]]
    assert read["slow_unit"]["unit"] == "housing_bureau"
