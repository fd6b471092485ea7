"""生成参考文档 · Write docs/reference anew from the program."""

import click
import django

from linli.config.cli._speech import say


@click.command()
def command() -> None:
    """按程序重写 docs/reference。Write docs/reference anew from the program."""
    django.setup()
    from linli.config.cli._reference import REFERENCE, pages

    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (REFERENCE / name).write_text(page, encoding="utf-8")
        say(f"已写 {name}。", f"Wrote {name}.")
