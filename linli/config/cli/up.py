"""启动整个平台 · Start everything: database, tables, packs, demo town, pages and jobs."""

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say


@click.command()
@click.option(
    "--port", default=8000, show_default=True, help="of 127.0.0.1; the next free if taken"
)
@click.option("--once", is_flag=True, help="end as soon as all answers; for trials")
def command(port: int, once: bool) -> None:
    """启动整个平台，按 Ctrl-C 停止。Start everything; Ctrl-C stops it and leaves nothing behind."""
    from linli.config.supervision import Supervisor, address_for

    with database("owner", with_tables=False):
        from linli.config.preparing import prepare, sign_ins

        prepare(say)
        supervisor = Supervisor(address_for(port))
        with supervisor:
            say(f"已启动：http://{supervisor.bind}/", f"Running: http://{supervisor.bind}/")
            for line in sign_ins():
                click.echo(line)
            say("按 Ctrl-C 停止。", "Ctrl-C stops everything.")
            if not once:
                supervisor.watch()
    say("已全部停止。", "Everything is stopped.")
