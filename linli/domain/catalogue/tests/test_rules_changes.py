"""What a new version would change is said item by item."""

from linli.domain.catalogue.rules.changes import Change, changes_between
from linli.domain.catalogue.tests.builders import SMALL, edited, load


def changes(files: dict[str, str]) -> list[Change]:
    """Compare the small pack with another that is sound."""
    before, after = load(SMALL).content, load(files).content
    assert before is not None
    assert after is not None
    return changes_between(before.body, after.body)


def test_the_same_pack_changes_nothing() -> None:
    assert changes(dict(SMALL)) == []


def test_a_limit_is_shown_old_and_new_with_units() -> None:
    files = edited(
        "standards/wish.yaml", "{value: 7, unit: natural_day", "{value: 5, unit: working_day"
    )

    assert changes(files) == [
        Change(
            "standards", "wish/clocks/general/limit", "changed", "7 natural_day", "5 working_day"
        )
    ]


def test_a_matter_that_is_added_removed_or_renamed_is_named_by_its_code() -> None:
    text = SMALL["matters.yaml"].replace("施工噪声", "工地噪声").replace("dancing", "dogs")

    assert [change.text() for change in changes({**SMALL, "matters.yaml": text})] == [
        "事项 noise.building/name: “施工噪声” → “工地噪声”",
        "事项 noise.dogs: 新增 “广场舞噪声”",
        "事项 noise.dancing: 移除 “广场舞噪声”",
    ]


def test_standards_are_compared_stage_by_stage() -> None:
    text = SMALL["standards/wish.yaml"].replace(
        "      - {code: done, name: 办结, name_en: Done, to: closed}\n",
        "      - {code: done, name: 办结, name_en: Done, to: closed}\n"
        "      - {code: told, name: 告知, name_en: Told, to: closed}\n",
    )

    assert [change.text("en") for change in changes({**SMALL, "standards/wish.yaml": text})] == [
        "standard wish/stages/work/outcomes/told: added “告知”"
    ]


def test_a_parameter_and_a_day_are_compared_by_value() -> None:
    files = edited("parameters.yaml", "value: 0.7", "value: 0.8")
    files["calendar/2026.yaml"] = SMALL["calendar/2026.yaml"] + "  - 2026-02-14\n"

    assert [change.text("en") for change in changes(files)] == [
        "calendar 2026/workdays/2026-02-14: added “2026-02-14”",
        "parameter lights.yellow@2026-01-01: 0.7 share → 0.8 share",
    ]


def test_sentences_are_counted_not_listed() -> None:
    files = edited("examples/noise.yaml", "    - 半夜工地还在打桩\n", "")
    found = changes(files)

    assert [(change.path, change.before[1], change.after[1]) for change in found] == [
        ("noise.building", "2", "1")
    ]
