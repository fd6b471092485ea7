"""What packs put in force is read through one door."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue import selectors
from linli.domain.catalogue.errors import (
    NoCalendar,
    NoClock,
    NoParameter,
    NoStandard,
    NoSuchMatter,
)
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.builders import SMALL, write
from linli.kernel.units import Limit, LimitUnit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
Queries = Callable[[int], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def _published(tmp_path: Path) -> None:
    publish_pack(write(tmp_path), actor=SYSTEM_ACTOR, at=AT)


def test_the_tree_comes_in_one_query_parents_first(django_assert_num_queries: Queries) -> None:
    with django_assert_num_queries(1):
        tree = selectors.matter_tree()

    assert [matter.code for matter in tree] == ["noise", "noise.building", "noise.dancing"]
    assert [matter.code for matter in selectors.matters_leaf(AT)] == [
        "noise.building",
        "noise.dancing",
    ]


def test_a_matter_outside_its_validity_is_not_in_the_tree_of_that_day() -> None:
    assert selectors.matter_tree(datetime(2025, 6, 1, tzinfo=UTC)) == []


def test_an_unknown_matter_says_so() -> None:
    with pytest.raises(NoSuchMatter, match="目录里没有事项“dog”"):
        selectors.matter_by_code("dog")
    with pytest.raises(NoSuchMatter):
        selectors.standard_for("dog", AT)


def test_the_standard_of_a_matter_is_typed_and_the_version_of_the_day() -> None:
    version = selectors.standard_for("noise.dancing", AT)

    assert (version.code, version.version) == ("wish", "2026.1")
    assert version.definition.first_stage.key == "look"
    assert version.definition is selectors.standard_version("wish", "2026.1").definition


def test_no_standard_before_its_validity() -> None:
    with pytest.raises(NoStandard, match="2025-12-31"):
        selectors.standard_for("noise", datetime(2025, 12, 31, 12, tzinfo=UTC))


def test_the_day_is_the_local_one() -> None:
    last_evening_in_utc = datetime(2025, 12, 31, 17, tzinfo=UTC)

    assert selectors.standard_for("noise", last_evening_in_utc).version == "2026.1"


def test_a_clock_class_gives_its_limit_and_an_empty_one_the_default() -> None:
    version = selectors.standard_for("noise", AT)

    assert selectors.clock_limit(version, "quick").limit == Limit(4, LimitUnit.HOUR)
    assert selectors.clock_limit(version.definition, "").value == 7
    with pytest.raises(NoClock, match="没有时限档“slow”"):
        selectors.clock_limit(version, "slow")


def test_a_parameter_comes_with_unit_and_source() -> None:
    found = selectors.parameter("lights.yellow", AT)

    assert (found.value, found.unit, found.source.article) == (0.7, "share", "第一条")
    with pytest.raises(NoParameter, match="lights.blue"):
        selectors.parameter("lights.blue", AT)


def test_the_value_in_force_is_the_latest_that_has_begun(tmp_path: Path) -> None:
    text = SMALL["parameters.yaml"] + SMALL["parameters.yaml"].replace("0.7", "0.8").replace(
        "2026-01-01", "2026-12-01"
    )
    head = SMALL["pack.yaml"].replace("2026.1", "2026.2")
    files = {**SMALL, "parameters.yaml": text, "pack.yaml": head}
    publish_pack(write(tmp_path, files), actor=SYSTEM_ACTOR, at=AT)

    assert selectors.parameter("lights.yellow", AT).value == 0.7
    assert selectors.parameter("lights.yellow", datetime(2026, 12, 2, tzinfo=UTC)).value == 0.8
    assert [p.value for p in selectors.parameters_in_force(AT)] == [0.7]


def test_the_calendar_counts_by_the_notice_and_is_cached(
    django_assert_num_queries: Queries,
) -> None:
    calendar = selectors.calendar("CN", AT)

    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 4))
    with django_assert_num_queries(1):
        assert selectors.calendar("CN", AT) is calendar


def test_a_year_without_notice_is_provisional() -> None:
    calendar = selectors.calendar("CN", AT)
    limit = Limit(3, LimitUnit.WORKING_DAY)

    assert calendar.add(datetime(2026, 12, 30, 2, tzinfo=UTC), limit).provisional
    assert not calendar.add(datetime(2026, 3, 2, 2, tzinfo=UTC), limit).provisional


def test_a_provisional_year_is_counted_by_the_weekday_rule(tmp_path: Path) -> None:
    year = SMALL["calendar/2026.yaml"].replace("confirmed", "provisional")
    head = SMALL["pack.yaml"].replace("2026.1", "2026.2")
    files = {**SMALL, "calendar/2026.yaml": year, "pack.yaml": head}
    publish_pack(write(tmp_path, files), actor=SYSTEM_ACTOR, at=AT)

    calendar = selectors.calendar("CN", AT)

    assert calendar.is_working_day(date(2026, 1, 2))
    assert calendar.confirmed_years == frozenset()


def test_a_new_publication_renews_the_calendar(tmp_path: Path) -> None:
    before = selectors.calendar("CN", AT)
    year = SMALL["calendar/2026.yaml"] + "  - 2026-02-14\n"
    head = SMALL["pack.yaml"].replace("2026.1", "2026.2")
    files = {**SMALL, "calendar/2026.yaml": year, "pack.yaml": head}
    publish_pack(write(tmp_path, files), actor=SYSTEM_ACTOR, at=AT)

    after = selectors.calendar("CN", AT)

    assert not before.is_working_day(date(2026, 2, 14))
    assert after.is_working_day(date(2026, 2, 14))


def test_a_region_without_hours_cannot_count() -> None:
    with pytest.raises(NoCalendar, match="没有工作时间"):
        selectors.calendar("XX", AT)


def test_sentences_words_and_sources_are_listed() -> None:
    assert [(e.matter_code, e.text) for e in selectors.examples()][0] == (
        "noise.building",
        "半夜工地还在打桩",
    )
    assert [word.word for word in selectors.urgency_words()] == ["着火了"]
    assert [source.code for source in selectors.sources("small")] == ["law-art1", "ours"]
    assert [pack.code for pack in selectors.packs_in_force()] == ["small"]
    assert [version.code for version in selectors.standards_in_force(AT)] == ["wish"]
