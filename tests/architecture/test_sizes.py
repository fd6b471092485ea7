"""Hard limits; the aims are lower (half of each)."""

import pytest

from tests.architecture.sources import code_lines, files, functions, is_test, text, tree

FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, PARAMETERS = 300, 400, 40, 8
PAGE_LINES, README_LINES, DECISION_LINES = 120, 40, 60


def _too_long(paths, limit):
    return [f"{p}: {n} > {limit}" for p in paths if (n := len(text(p).splitlines())) > limit]


def test_no_source_file_is_longer_than_one_sitting():
    sources = [p for p in files(".py", under="linli") if not is_test(p)]

    assert [f"{p}: {n}" for p in sources if (n := code_lines(tree(p))) > FILE_LINES] == []


def test_no_test_file_is_longer_than_its_limit():
    assert _too_long([p for p in files(".py") if is_test(p)], TEST_FILE_LINES) == []


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{path}:{function.lineno} {function.name}: {code_lines(function)}"
        for path in files(".py", under="linli")
        for function in functions(path)
        if code_lines(function) > FUNCTION_LINES
    ]

    assert "\n".join(long) == ""


def test_no_function_takes_more_than_its_share_of_parameters():
    many = [
        f"{path}:{function.lineno} {function.name}"
        for path in files(".py", under="linli")
        if not is_test(path)
        for function in functions(path)
        if len(function.args.args) + len(function.args.kwonlyargs) > PARAMETERS
    ]

    assert "\n".join(many) == ""


@pytest.mark.parametrize("suffix", [".html", ".css", ".js"])
def test_no_template_sheet_or_script_is_longer_than_its_limit(suffix):
    assert _too_long(files(suffix, under="linli"), PAGE_LINES) == []


def test_readmes_and_decisions_stay_short():
    readmes = [p for p in files(".md", under="linli") if p.name == "README.md"]

    assert _too_long(readmes, README_LINES) == []
    assert _too_long(files(".md", under="docs/decisions"), DECISION_LINES) == []
