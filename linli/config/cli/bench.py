"""量测 · Measure what Linli promises; one JSON object on standard output with --json."""

import ast
from importlib import import_module
from pathlib import Path

import click

FOLDER = Path(__file__).parents[1] / "bench"
PACKAGE = "linli.config.bench"


class Benches(click.Group):
    """A group whose benches are the files of `linli/config/bench`, loaded when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all benches."""
        return sorted(_files())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the file of a bench and return its command."""
        path = _files().get(cmd_name)
        if path is None:
            return None
        command = import_module(f"{PACKAGE}.{path.stem}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{path} has no click command named `command`")
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each bench with the first line of its file."""
        with formatter.section("Benches"):
            formatter.write_dl([(name, _first_line(path)) for name, path in _files().items()])


@click.command(cls=Benches)
def command() -> None:
    """量测本平台所承诺的各项指标。Measure what Linli promises; each bench has --help and --json."""


def _files() -> dict[str, Path]:
    found = sorted(FOLDER.glob("[a-z]*.py"))
    return {path.stem.rstrip("_").replace("_", "-"): path for path in found}


def _first_line(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]
