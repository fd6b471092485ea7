"""The `linli` command. Each file here is a verb, found by its name and loaded when called.

A verb's file has `command`, a click command; a trailing underscore keeps clear of Python's own
words (`import_.py` is `linli import`), a leading one says that it is no verb.
"""

import os
import sys
from pathlib import Path

import click

from linli.config.cli._files import FileGroup
from linli.config.cli._speech import language
from linli.config.disk import refusal
from linli.kernel.errors import LinliError


@click.group(
    cls=FileGroup,
    folder=Path(__file__).parent,
    package=__name__,
    heading="Commands",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="linli")
def linli() -> None:
    """Linli 邻里: one open platform for governing at the grassroots."""


def main() -> None:
    """Run the command; what cannot be done is told in a sentence, not in a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    try:
        linli(prog_name="linli")
    except LinliError as error:
        _give_up(error)
    except OSError as error:
        told = refusal(error)
        if told is None:
            raise
        _give_up(told)


def _give_up(error: LinliError) -> None:
    click.echo(error.message(language()), err=True)
    sys.exit(1)
