"""量测 · Measure what Linli promises; one JSON object on standard output with --json."""

from pathlib import Path

import click

from linli.config.cli._files import FileGroup


@click.group(
    cls=FileGroup,
    folder=Path(__file__).parents[1] / "bench",
    package="linli.config.bench",
    heading="Benches",
)
def command() -> None:
    """量测本平台所承诺的各项指标。Measure what Linli promises; each bench has --help and --json."""
