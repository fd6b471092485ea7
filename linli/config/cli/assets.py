"""准备页面文件和译文 · Fetch what the pages load and compile the messages."""

import click

from linli.config.cli._speech import say


@click.command()
def command() -> None:
    """取得页面所需的文件并编译译文。Fetch what the pages load and compile the messages."""
    from linli.config.assets import vendor_packages
    from linli.config.messages import compile_messages

    for package in vendor_packages():
        say(f"已取得 {package}。", f"Took {package}.")
    for catalogue in compile_messages():
        say(f"已编译 {catalogue.name}。", f"Compiled {catalogue.name}.")
    say("页面文件齐全。", "The pages have what they need.")
