"""需求对照 · Print for each requirement what serves it and which test shows it."""

import click


@click.command()
@click.option("--missing", is_flag=True, help="只列没有着落的。Only those that nothing serves.")
def command(missing: bool) -> None:
    """逐条列出需求由什么满足、哪个测试证明。Print what serves each requirement, and its test."""
    from linli.config.coverage import served

    for requirement, (serving, tests) in sorted(served().items()):
        if missing and serving and tests:
            continue
        click.echo(f"{requirement}\t{', '.join(serving) or '--'}\t{', '.join(tests) or '--'}")
