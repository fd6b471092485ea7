"""The `linli` command. Each file here is a verb, found by its name and loaded when called.

A verb's file has `command`, a click command; a trailing underscore keeps clear of Python's own
words (`import_.py` is `linli import`), a leading one says that it is no verb.
"""

import ast
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from linli.config.cli._speech import language
from linli.kernel.errors import LinliError

FOLDER = Path(__file__).parent


class Verbs(click.Group):
    """A group whose verbs are files; help reads their first line without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all verbs."""
        return sorted(_files())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the file of a verb and return its command."""
        path = _files().get(cmd_name)
        if path is None:
            return None
        command = import_module(f"{__name__}.{path.stem}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{path} has no click command named `command`")
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each verb with the first line of its file."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(path)) for name, path in _files().items()])


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="linli")
def linli() -> None:
    """Linli 邻里: one open platform for governing at the grassroots."""


def main() -> None:
    """Run the command; what cannot be done is told in a sentence, not in a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    try:
        linli(prog_name="linli")
    except LinliError as error:
        click.echo(error.message(language()), err=True)
        sys.exit(1)


def _files() -> dict[str, Path]:
    found = sorted(FOLDER.glob("[a-z]*.py"))
    return {path.stem.rstrip("_").replace("_", "-"): path for path in found}


def _first_line(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]
