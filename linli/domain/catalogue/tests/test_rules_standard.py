"""A standard that cannot be walked does not load."""

import pytest

from linli.domain.catalogue.rules.terms import LimitDef
from linli.domain.catalogue.tests.builders import SMALL, edited, load, said

FILE = "standards/wish.yaml"
WINDOW = "limit: {value: 15, unit: natural_day, start: closed, source: law-art1}"
SEVEN, NOUGHT = (
    f"{{value: {value}, unit: {unit}, valid_from: 2026-01-01, source: law-art1}}"
    for value, unit in ((7, "share"), (0, "items"))
)
RATE = f"""\
rates:
  - code: solved
    name: 解决率
    name_en: Solved
    numerator: [solved]
    denominator: followed_up
    weights: {{solved: {SEVEN}}}
    minimum_sample: {NOUGHT}
    source: law-art1
"""
FAULTS = [
    (
        ("to: closed", "to: heaven"),
        [
            f"{FILE}:20: No outcome of the standard leads to closed, so no case could end. Let the"
            " last stage lead `to: closed`.",
            f"{FILE}:43: “done” leads to the stage “heaven”, which the standard does not have. Use"
            " one of: look, work, closed.",
        ],
    ),
    (
        ("to: work", "to: closed"),
        [
            f"{FILE}:32: The stage “work” cannot be reached from the first stage “look” and would"
            " never be used. Connect or remove it.",
        ],
    ),
    (
        (
            "    outcomes:\n      - {code: done, name: 办结, name_en: Done, to: closed}\n",
            "",
        ),
        [
            f"{FILE}:20: No outcome of the standard leads to closed, so no case could end. Let the"
            " last stage lead `to: closed`.",
            f"{FILE}:32: The stage “work” has no way out, so a case would stop there. Give it an"
            " outcome.",
        ],
    ),
    (
        ("    limit: {clock: case}\n", ""),
        [
            f"{FILE}:32: “limit” is missing (in stages[2]). An entry must be complete to be"
            " published. Add the key.",
        ],
    ),
    (
        ("key: work", "key: look"),
        [
            f"{FILE}:31: “send” leads to the stage “work”, which the standard does not have. Use"
            " one of: look, closed.",
            f"{FILE}:32: “look” occurs twice (first at {FILE}:21), so a reference could mean"
            " either. Rename one.",
        ],
    ),
    (
        ("code: wrong", "code: done"),
        [
            f"{FILE}:45: “done” occurs twice (first at {FILE}:43), so a reference could mean"
            " either. Rename one.",
        ],
    ),
    (
        ("default_clock: general", "default_clock: slow"),
        [
            f"{FILE}:8: The standard “wish” has no clock class “slow”, so no limit could be"
            " counted. Use one of: general, quick.",
        ],
    ),
    (
        ("default_clock: general", "default_clock: general\ndanger_clock: loud"),
        [
            f"{FILE}:9: The standard “wish” has no clock class “loud”, so no limit could be"
            " counted. Use one of: general, quick.",
        ],
    ),
    (
        ("role: clerk", "role: clerk\n    each: units"),
        [
            f"{FILE}:21: The first stage “look” says each: units, but no unit is named when a case"
            " opens, so it would stand still. Put a stage of a role before it.",
        ],
    ),
    (
        ("default_clock: general", f"default_clock: general\nreopen: {{to: closed, {WINDOW}}}"),
        [
            f"{FILE}:9: reopen.to says closed, so a reopened case would end at once. Name a stage.",
        ],
    ),
    (
        ("default_clock: general", f"default_clock: general\n{RATE}"),
        [
            f"{FILE}:15: The rate “solved” gives “solved” a weight outside 0 to 1, so it could pass"
            " 100%. Correct it.",
            f"{FILE}:16: The minimum_sample of the rate “solved” is below 1, so it would be shown"
            " without any case. Write 1 or more.",
        ],
    ),
    (
        ("form: [answer]", "form: [answer]\n    basis: [law-art9]"),
        [
            f"{FILE}:41: The source “law-art9” is not in this pack's sources.yaml, so nothing bears"
            " this out. List the source or correct the id.",
        ],
    ),
    (
        ("form: [answer]", "form: [answer, photo]"),
        [
            f"{FILE}:40: The form field “photo” is not defined under `fields`, so no page could"
            " show it. Define it or correct the code.",
        ],
    ),
    (
        ("kind: text", "kind: choice"),
        [
            f"{FILE}:19: The choice field “answer” offers no choices. List them under `choices`.",
        ],
    ),
    (
        ("limit: {value: 1, unit: working_day,", "limit: {value: 1,"),
        [
            f"{FILE}:29: “unit” is missing (in stages[1].limit). An entry must be complete to be"
            " published. Add the key.",
        ],
    ),
    (
        ("limit: {value: 1, unit: working_day,", "limit: {value: 0, unit: working_day,"),
        [
            f"{FILE}:29: stages[1].limit.value is “0”, which is out of range (≥ 1). Check number"
            " and unit.",
        ],
    ),
    (
        ("valid_from: 2026-01-01\nsource", "source"),
        [
            f"{FILE}:1: “valid_from” is missing (in {FILE}). An entry must be complete to be"
            " published. Add the key.",
        ],
    ),
    (
        ("name_en: Done, to: closed", "name_en: Done, to: closed, marks: told, marked_on: answer"),
        [
            f"{FILE}:43: The way “done” takes its moment from “answer”, which must be a date that"
            " it asks for, with a moment in `marks`. Name the moment, and put the field under"
            " `needs`.",
        ],
    ),
    (
        ("name_en: Back, to: look", "name_en: Back, to: look, final: true"),
        [
            f"{FILE}:45: The way “wrong” is final but does not always end the case. Let it lead to"
            " closed, without a rule table.",
        ],
    ),
    (
        (
            "form: [answer]",
            "form: [answer]\n    reckons: [{field: answer, by: risk_level, of: wish, chance: p,"
            " impact: q, weight: w}]",
        ),
        [
            f"{FILE}:41: What is reckoned as “answer” must be a field of the kind choice that no"
            " form asks, else somebody could write it by hand. Correct the field.",
        ],
    ),
]


@pytest.mark.parametrize(("edit", "expected"), FAULTS)
def test_each_fault_of_a_standard_has_its_sentence(
    edit: tuple[str, str], expected: list[str]
) -> None:
    found = said(edited(FILE, *edit))

    assert [text for text in found if text.startswith("standards/")] == expected


def test_a_stage_from_which_no_path_leads_to_the_end_is_named() -> None:
    text = SMALL[FILE].replace(
        "to: work}\n",
        "to: work}\n      - {code: end, name: 了结, name_en: End, to: closed}\n",
    )
    text = text.replace("name_en: Done, to: closed", "name_en: Done, to: work")
    text = text.replace("name_en: Back, to: look", "name_en: Back, to: work")

    assert said({**SMALL, FILE: text}) == [
        f"{FILE}:33: From the stage “work” no path leads to closed. Give it, or a stage after it, a"
        " way there."
    ]


def test_stages_clocks_and_ways_are_found_by_code() -> None:
    content = load(SMALL).content
    assert content is not None
    wish = content.standards[0]
    work = wish.stage("work")

    assert wish.first_stage.key == "look"
    assert work is not None
    assert work.own_limit is None
    assert work.is_back("wrong")
    assert not work.is_back("done")
    way = work.way("done")
    assert way is not None
    assert way.to == "closed"
    assert isinstance(wish.first_stage.own_limit, LimitDef)
    assert wish.clock_for_type("anything") == "general"


def test_the_limit_of_a_clock_class_keeps_its_unit() -> None:
    content = load(SMALL).content
    assert content is not None
    clock = content.standards[0].clock("quick")

    assert clock is not None
    assert clock.limit.limit.text("en") == "4 hours"
