"""How a bench says what it measured."""

import json
import sys
from collections.abc import Mapping

import click

Figure = str | int | float | None | list["Figures"]
Figures = Mapping[str, Figure]

json_option = click.option(
    "--json", "as_json", is_flag=True, help="one JSON object on standard output, nothing else"
)


def answer(figures: Figures, *, as_json: bool, is_good: bool = True) -> None:
    """Print the figures, as one JSON object or a line each; ends with code 1 unless good."""
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
    else:
        width = max(map(len, figures), default=0)
        for name, value in figures.items():
            click.echo(f"{name:<{width}}  {value}")
    if not is_good:
        sys.exit(1)


def progress(text: str) -> None:
    """Say what is being done, on standard error."""
    click.echo(text, err=True)
