"""`linli coverage` speaks both languages and JSON, and its exit code tells of gaps."""

import json

import pytest
from click.testing import CliRunner

from linli.config.cli.coverage import command


def printed(*words: str, lang: str = "zh_CN.UTF-8") -> str:
    found = CliRunner().invoke(command, words, env={"LANG": lang, "LC_ALL": ""})
    assert found.exit_code == 0, found.output
    return found.output


def test_each_requirement_is_printed_with_what_serves_it_and_which_test_shows_it():
    told = printed()
    assert told.index("R009") < told.index("R134") < told.index("X02")
    assert "满足：linli/domain/organisations/services/duties.py" in told
    assert "证明：linli/domain/organisations/tests/test_duties.py::" in told


def test_what_is_served_in_part_says_what_is_missing_in_the_readers_language():
    assert "尚缺：" in printed()
    assert "missing: " in printed(lang="en_GB.UTF-8")


@pytest.mark.parametrize("words", [("--json",), ("--json", "--missing")])
def test_json_is_the_only_thing_on_standard_output(words):
    lines = json.loads(printed(*words))
    assert all(line["shown_by"] and line["served_by"] for line in lines)
    assert bool(lines) is ("--missing" not in words)
