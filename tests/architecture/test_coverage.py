"""Every requirement that we say is served is served by something and shown by a test."""

from pathlib import Path

import pytest

from linli.config.coverage import Line, coverage
from tests.architecture.sources import ROOT, text

LISTED = """\
- {id: R009, title: 名录, title_en: Directory, status: served}
- {id: X06, title: 日历, title_en: Calendar, status: part, missing: 缺, missing_en: lack}
"""


def test_each_requirement_named_or_listed_has_a_server_and_a_test():
    assert [(line.id, line.fault) for line in coverage() if line.fault] == []


def test_what_names_a_test_names_one_that_stands():
    for line in coverage():
        for where in (*line.served_by, *line.shown_by):
            path, _, name = where.partition("::")
            assert (ROOT / path).is_file()
            assert not name or f" {name}(" in text(Path(path)) or f" {name}:" in text(Path(path))


def lines_of(
    folder: Path, *, served: str = "", shown: str = "", listed: str = LISTED
) -> dict[str, Line]:
    for name, content in {
        "docs/requirements.yaml": listed,
        "packs/base/pack.yaml": "serves: [X06]\n",
        "linli/one.py": f'"""One.\n\n{served}\n"""\n',
        "tests/test_one.py": f'def test_one():\n    """{shown}"""\n',
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return {line.id: line for line in coverage(folder)}


def test_a_requirement_is_joined_with_its_modules_packs_and_tests(tmp_path):
    lines = lines_of(tmp_path, served="Serves: R009 X06.", shown="Serves: R009, X06.")

    assert lines["X06"].served_by == ["linli/one.py", "packs/base/pack.yaml"]
    assert lines["X06"].shown_by == ["tests/test_one.py::test_one"]
    assert [line.fault for line in lines.values()] == ["", ""]


@pytest.mark.parametrize(
    ("served", "shown", "faults"),
    [
        ("", "Serves: R009 X06.", {"R009": "unserved", "X06": ""}),
        ("Serves: R009.", "Serves: R009.", {"R009": "", "X06": "unshown"}),
        (
            "Serves: R009 R010.",
            "Serves: R009 R010 X06.",
            {"R009": "", "R010": "unlisted", "X06": ""},
        ),
    ],
)
def test_what_nothing_serves_shows_or_lists_is_a_fault(tmp_path, served, shown, faults):
    found = lines_of(tmp_path, served=served, shown=shown)
    assert {name: line.fault for name, line in found.items()} == faults


def test_what_is_served_in_part_says_what_is_missing_and_nothing_else_does(tmp_path):
    listed = LISTED.replace("status: served", "status: part").replace(
        "status: part, m", "status: served, m"
    )
    found = lines_of(tmp_path, served="Serves: R009 X06.", shown="Serves: R009 X06.", listed=listed)
    assert [line.fault for line in found.values()] == ["unsaid", "unsaid"]
