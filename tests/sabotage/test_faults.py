"""Every planted fault still fits where it is to be planted, and changes something.

Whether the tests find it is measured by `linli bench sabotage`, which takes minutes.
"""

import ast
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from django.template import engines

from linli.config.bench._sabotage_faults import FOLDER, read_faults, read_numbers

ROOT = Path(__file__).parents[2]
AREAS = {
    "access",
    "audit",
    "clocks",
    "engine",
    "figures",
    "input",
    "privacy",
    "races",
    "shield",
    "vault",
}
FAULTS = read_faults(ROOT)
NUMBERS = read_numbers()


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def meaning(path, text):
    """What a program, a table or a page says, layout and remarks left out; fails to read junk."""
    if path.endswith(".py"):
        return ast.dump(ast.parse(text))
    if path.endswith((".yaml", ".yml")):
        return yaml.safe_load(text)
    assert path.endswith(".html")
    engines["django"].from_string(text)
    HTMLParser().feed(text)
    return text


@pytest.mark.parametrize("area", sorted(AREAS))
def test_each_fault_fits_once_and_changes_what_is_meant(area):
    for fault in (fault for fault in FAULTS if fault.area == area):
        before = text_of(fault.file)
        after = fault.planted_in(before)

        assert meaning(fault.file, after) != meaning(fault.file, before), fault.name
        assert "/tests/" not in fault.file
        assert fault.file.startswith("linli/")


def test_the_tests_that_should_find_a_fault_are_there():
    named = {test for fault in FAULTS for test in fault.tests}

    for path, _, name in (test.partition("::") for test in named):
        assert not name or f"def {name}(" in text_of(path), path
        assert (ROOT / path).is_file(), path


def test_there_are_enough_faults_in_every_area_and_no_two_bear_one_name():
    assert len(FAULTS) >= NUMBERS.least_tried.value
    assert (
        {fault.area for fault in FAULTS}
        == AREAS
        == {p.stem for p in (ROOT / FOLDER).glob("*.yaml")}
    )
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_a_fault_that_fits_nowhere_or_twice_is_told():
    fault = FAULTS[0]

    for text in ("", f"{fault.old}\n{fault.old}"):
        with pytest.raises(ValueError, match=fault.name):
            fault.planted_in(text)


@pytest.mark.parametrize(
    ("caught", "tried", "is_enough"),
    [(58, 60, True), (57, 60, False), (76, 78, True), (75, 78, False), (5, 5, True), (0, 0, False)],
)
def test_fifty_eight_of_sixty_are_enough_and_as_large_a_share_of_more(caught, tried, is_enough):
    assert NUMBERS.is_enough(caught, tried=tried) is is_enough
