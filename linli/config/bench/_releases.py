"""What a bench must have tried at a release, from the data file beside."""

from pathlib import Path

import yaml

FILE = Path(__file__).with_name("_releases.yaml")


def marks_of(bench: str) -> dict[str, int]:
    """Return the numbers of a bench by name, in the units that the file gives."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))[bench]
    return {name: int(mark["value"]) for name, mark in told.items()}
