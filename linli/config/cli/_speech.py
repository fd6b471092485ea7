"""In which language the command speaks: the terminal's, Chinese where it says nothing."""

import os

import click


def language() -> str:
    """Return "en" where LC_ALL, LC_MESSAGES or LANG ask for English, else "zh-hans"."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "en" if os.environ[name].startswith("en") else "zh-hans"
    return "zh-hans"


def say(zh: str, en: str) -> None:
    """Print one line in the terminal's language."""
    click.echo(en if language() == "en" else zh)
