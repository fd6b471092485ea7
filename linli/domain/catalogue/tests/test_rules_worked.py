"""Worked examples that cannot happen as written are named with file and line.

Serves: R105.
"""

import pytest

from linli.domain.catalogue.tests.builders import SMALL, load, said

FILE = "examples/worked_wish.yaml"
WORKED = """\
- worked: one
  title: 一件
  title_en: One case
  standard: wish
  matter: noise.building
  received: "2026-03-02 09:30"
  steps:
    - {at: "2026-03-02 10:00", do: wait, expect: {stage: closed}}
    - {at: "2026-03-02 24:00", do: timers}
"""
FAULTS = [
    (("standard: wish", "standard: hope"), "4: No pack supplies the standard “hope”"),
    (("noise.building", "noise.singing"), "5: The matter “noise.singing” "),
    (("03-02 24:00", "02-30 24:00"), "9: “2026-02-30 24:00” is no day of the calendar"),
    (("03-02 24:00", "03-01 24:00"), "9: In the worked example “one”, 2026-03-01 24:00 comes"),
    (("do: timers", "do: dispatch"), "9: This step of the worked example (dispatch) does not say"),
    (("do: timers", "do: complete, outcome: hop"), "9: The standard has no way “hop”."),
    (("stage: closed", "stage: limbo"), "8: The standard has no stage “limbo”."),
    (("24:00", "25:00"), "9: [1].steps[2].at is “2026-03-02 25:00”"),
    (("title: 一件", "source: law-art9\n  title: 一件"), "2: The source “law-art9” "),
]


def test_a_worked_example_is_part_of_the_content_and_of_its_hash() -> None:
    plain, content = load(SMALL).content, load({**SMALL, FILE: WORKED}).content

    assert plain is not None
    assert content is not None
    assert [worked.worked for worked in content.worked] == ["one"]
    assert plain.sha256 != content.sha256
    assert "worked" not in plain.body


@pytest.mark.parametrize(("edit", "sentence"), FAULTS)
def test_a_fault_of_a_worked_example_is_named(edit: tuple[str, str], sentence: str) -> None:
    problems = said({**SMALL, FILE: WORKED.replace(*edit)})

    assert any(problem.startswith(f"{FILE}:{sentence}") for problem in problems), problems


def test_an_example_stands_once_in_a_pack() -> None:
    problems = said({**SMALL, FILE: WORKED + WORKED})

    assert any("“one”" in problem for problem in problems), problems
