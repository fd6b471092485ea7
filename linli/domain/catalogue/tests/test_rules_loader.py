"""Every fault of a pack is named with file and line, in words."""

import pytest

from linli.domain.catalogue.rules.references import Known
from linli.domain.catalogue.tests.builders import SMALL, edited, load, said

UNKNOWN_SOURCE = (
    "is not in this pack's sources.yaml, so nothing bears this out. List the source or correct"
    " the id."
)
FAULTS = [
    (
        ("parameters.yaml", "  unit: share\n", ""),
        "parameters.yaml:1: “unit” is missing (in [1]). An entry must be complete to be published."
        " Add the key.",
    ),
    (
        ("parameters.yaml", "  valid_from: 2026-01-01\n", ""),
        "parameters.yaml:1: “valid_from” is missing (in [1]). An entry must be complete to be"
        " published. Add the key.",
    ),
    (
        ("parameters.yaml", "  source: law-art1\n", ""),
        "parameters.yaml:1: “source” is missing (in [1]). An entry must be complete to be"
        " published. Add the key.",
    ),
    (
        ("parameters.yaml", "source: law-art1", "source: law-art9"),
        f"parameters.yaml:7: The source “law-art9” {UNKNOWN_SOURCE}",
    ),
    (
        ("parameters.yaml", "source: law-art1", "source: ours"),
        "parameters.yaml:7: This value is our own choice (source: ours) and gives no reason. Say"
        " in `note` why it was chosen.",
    ),
    (
        ("parameters.yaml", "value: 0.7", 'value: "0.7"'),
        "parameters.yaml:4: [1].value must be a number; “0.7” cannot be used. Rewrite it.",
    ),
    (
        ("parameters.yaml", "unit: share", "unit: parsec"),
        "parameters.yaml:5: [1].unit is “parsec”, which is not among the choices. Use one of:"
        " year, natural_day, working_day, working_hour, hour, minute, second, share, times, items,"
        " characters, metre, square_metre, telephone.",
    ),
    (
        ("parameters.yaml", "valid_from: 2026-01-01", "valid_from: 20260101"),
        "parameters.yaml:6: [1].valid_from must be a date such as 2026-01-31; “20260101” cannot"
        " be used. Rewrite it.",
    ),
    (
        ("pack.yaml", 'version: "2026.1"', "version: 2026.1"),
        "pack.yaml:2: version must be text; “2026.1” cannot be used. Rewrite it.",
    ),
    (
        ("pack.yaml", "title: 小包", "titel: 小包"),
        "pack.yaml:3: “titel” is not a known key (in pack.yaml) and would have no effect. Check"
        " the spelling or remove it.",
    ),
    (
        ("pack.yaml", "valid_from: 2026-01-01", "valid_from: 2026-01-01\nrequires: [nowhere]"),
        "pack.yaml:6: The required pack “nowhere” is neither beside this one nor published. Put"
        " it there or publish it first.",
    ),
    (
        ("matters.yaml", "standard: wish", "standard: dream"),
        "matters.yaml:4: No pack supplies the standard “dream”, so the matter could not be worked."
        " Check the code, or publish the pack that holds it first.",
    ),
    (
        ("matters.yaml", "clock: quick", "clock: slow"),
        "matters.yaml:17: The standard “wish” has no clock class “slow”, so no limit could be"
        " counted. Use one of: general, quick.",
    ),
    (
        ("matters.yaml", "  standard: wish\n  clock: general\n", ""),
        "matters.yaml:15: The matter names the clock class “quick” and no standard that explains"
        " it. Add `standard`.",
    ),
    (
        ("matters.yaml", "code: noise.dancing", "code: noise.building"),
        "matters.yaml:14: “noise.building” occurs twice (first at matters.yaml:9), so a reference"
        " could mean either. Rename one.",
    ),
    (
        ("matters.yaml", "code: noise.dancing", "code: dancing"),
        "matters.yaml:14: The code “dancing” lies below “noise” and must begin with “noise.”, or"
        " tree and codes disagree. Change the code.",
    ),
    (
        ("examples/noise.yaml", "matter: noise.building", "matter: noise.dog"),
        "examples/noise.yaml:1: The matter “noise.dog” is in neither this pack nor those it"
        " requires. Check the code, or put the matter into matters.yaml first.",
    ),
    (
        ("examples/noise.yaml", "楼下装修电钻响个不停", "半夜工地还在打桩"),
        "examples/noise.yaml:4: “半夜工地还在打桩” occurs twice (first at examples/noise.yaml:3),"
        " so a reference could mean either. Rename one.",
    ),
    (
        ("urgency.yaml", "level: emergency", "level: dreadful"),
        "urgency.yaml:1: [1].level is “dreadful”, which is not among the choices. Use one of:"
        " emergency, urgent.",
    ),
    (
        ("calendar/2026.yaml", "to: 2026-01-03", "to: 2025-12-31"),
        "calendar/2026.yaml:6: The holiday “元旦” ends on 2025-12-31, before it begins on"
        " 2026-01-01. Check the dates.",
    ),
    (
        ("calendar/2026.yaml", "to: 2026-01-03", "to: 2026-01-04"),
        "calendar/2026.yaml:8: CN 2026-01-04 is named twice (also at calendar/2026.yaml:6), so it"
        " cannot be counted. Keep one.",
    ),
    (
        ("calendar/2026.yaml", "  - 2026-01-04", "  - 2026-01-05"),
        "calendar/2026.yaml:8: 2026-01-05 falls on Monday to Friday and is worked anyway. Check it"
        " against the notice.",
    ),
    (
        ("calendar/2026.yaml", "  - 2026-01-04", "  - 2027-01-02"),
        "calendar/2026.yaml:8: 2027-01-02 is neither in 2026 nor in a holiday begun at the end of"
        " the year before. Move it to the file of its year.",
    ),
    (
        ("calendar/2026.yaml", "year: 2026", "year: 2027"),
        "calendar/2026.yaml:1: The file is named for 2026 and speaks of 2027, so it is unclear"
        " which holds. Make them agree.",
    ),
    (
        ("hours.yaml", 'from: "13:30"', 'from: "11:30"'),
        "hours.yaml:4: The working period 11:30–17:30 overlaps the one before or is out of order,"
        " so time would count twice. Put them in order and apart.",
    ),
    (
        ("hours.yaml", "Asia/Shanghai", "Asia/Nowhere"),
        "hours.yaml:1: The time zone “Asia/Nowhere” is not an IANA name, so local time cannot be"
        " known. Use a name such as Asia/Shanghai.",
    ),
]


def test_the_small_pack_is_sound() -> None:
    loaded = load(SMALL)

    assert loaded.problems == ()
    assert loaded.content is not None
    assert [m.code for m in loaded.content.flat_matters] == [
        "noise",
        "noise.building",
        "noise.dancing",
    ]


@pytest.mark.parametrize(("edit", "expected"), FAULTS)
def test_a_fault_is_named_with_file_line_and_remedy(
    edit: tuple[str, str, str], expected: str
) -> None:
    assert expected in said(edited(*edit))


def test_all_faults_are_told_at_once_in_order_of_file_and_line() -> None:
    files = {
        **edited("parameters.yaml", "  unit: share\n", ""),
        "pack.yaml": SMALL["pack.yaml"].replace("title_en", "title_english"),
        "hours.yaml": SMALL["hours.yaml"].replace("source: ours", "source: hearsay"),
    }

    assert [text.split(": ")[0] for text in said(files)] == [
        "hours.yaml:6",
        "pack.yaml:1",
        "pack.yaml:4",
        "parameters.yaml:1",
    ]


def test_standard_and_clock_pass_down_the_tree() -> None:
    content = load(SMALL).content

    assert content is not None
    clocks = {matter.code: (matter.standard, matter.clock) for matter in content.flat_matters}
    assert clocks == {
        "noise": ("wish", "general"),
        "noise.building": ("wish", "general"),
        "noise.dancing": ("wish", "quick"),
    }


def test_a_file_that_a_pack_does_not_have_is_refused() -> None:
    assert said({**SMALL, "notes/today.yaml": "a: 1\n"}) == [
        "notes/today.yaml:1: A pack has no such file, so nobody would read it. Rename or remove"
        " it; the files of a pack are listed in docs/how-to/write-a-pack.md."
    ]


def test_a_pack_without_head_or_sources_is_refused() -> None:
    files = {name: text for name, text in SMALL.items() if name == "hours.yaml"}

    assert [text.split(": ")[0] for text in said(files)] == ["pack.yaml:1", "sources.yaml:1"]


def test_a_list_that_is_no_list_is_refused() -> None:
    assert said({**SMALL, "urgency.yaml": "word: 着火\n"}) == [
        'urgency.yaml:1: This file must be a list whose entries begin with "- ". Make it a list.'
    ]


def test_what_another_pack_defines_cannot_be_defined_again() -> None:
    known = Known(packs=frozenset(["other"]), owners={"matter": {"noise": "other"}})

    assert said(SMALL, known) == [
        "matters.yaml:1: “noise” is already published by the pack “other”, and two packs cannot"
        " both define it. Choose another code or change that pack."
    ]


def test_matters_of_a_pack_that_is_not_required_are_unknown() -> None:
    known = Known(packs=frozenset(["other"]), owners={"matter": {"dog": "other"}})
    files = edited("examples/noise.yaml", "matter: noise.building", "matter: dog")

    assert len(said(files, known)) == 1
    required = {**files, "pack.yaml": SMALL["pack.yaml"] + "requires: [other]\n"}
    assert said(required, known) == []


def test_remarks_and_layout_do_not_change_the_hash() -> None:
    plain, remarked = (
        load(SMALL).content,
        load({**SMALL, "pack.yaml": "# x\n" + SMALL["pack.yaml"]}),
    )

    assert plain is not None
    assert remarked.content is not None
    assert plain.sha256 == remarked.content.sha256
