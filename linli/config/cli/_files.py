"""A group of commands that is a folder: each file in it is one, loaded when it is called."""

import ast
from importlib import import_module
from pathlib import Path

import click


class FileGroup(click.Group):
    """A group whose commands are files; help reads their first line without loading them.

    Parameters
    ----------
    folder, package : where the files lie, and the package that they are modules of.
    heading : what the list of commands is called in the help.
    """

    def __init__(
        self, name: str | None, *, folder: Path, package: str, heading: str, **kwargs: object
    ) -> None:
        super().__init__(name, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        self.folder = folder
        self.package = package
        self.heading = heading

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(self.files())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the file of a command and return it."""
        path = self.files().get(cmd_name)
        if path is None:
            return None
        command = import_module(f"{self.package}.{path.stem}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{path} has no click command named `command`")
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the first line of its file."""
        with formatter.section(self.heading):
            formatter.write_dl([(name, _first_line(path)) for name, path in self.files().items()])

    def files(self) -> dict[str, Path]:
        """Return name → file; a leading underscore says that a file is no command."""
        found = sorted(self.folder.glob("[a-z]*.py"))
        return {path.stem.rstrip("_").replace("_", "-"): path for path in found}


def _first_line(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]
