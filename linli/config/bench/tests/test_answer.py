import json

import click
from click.testing import CliRunner

from linli.config.bench._answer import answer, json_option
from linli.config.cli.bench import command as bench


def run(*arguments: str, is_good: bool = True):
    @click.command()
    @json_option
    def measured(as_json: bool) -> None:
        answer({"kills": 2, "lost": 0}, as_json=as_json, is_good=is_good)

    return CliRunner().invoke(measured, arguments)


def test_json_is_one_object_and_nothing_else():
    assert json.loads(run("--json").stdout) == {"kills": 2, "lost": 0}


def test_without_json_each_figure_has_a_line():
    assert run().stdout.splitlines() == ["kills  2", "lost   0"]


def test_figures_that_break_a_promise_end_with_code_one():
    assert (run("--json").exit_code, run("--json", is_good=False).exit_code) == (0, 1)


def test_every_bench_is_found_by_its_file_and_tells_its_units():
    listed = bench.list_commands(click.Context(bench))

    assert {"crash", "load"} <= set(listed)
    for name in listed:
        said = CliRunner().invoke(bench, [name, "--help"])
        assert (said.exit_code, "--json" in said.stdout) == (0, True), name


def test_files_with_a_leading_underscore_are_no_benches():
    assert not [name for name in bench.list_commands(click.Context(bench)) if name[0] in "-_"]
