"""后台任务 · Carry out what follows from what happened, and what the clock asks for."""

import click

from linli.config.cli._database import database


@click.command()
def command() -> None:
    """启动后台任务。Carry out jobs until stopped."""
    from linli.config.processes import end_with_parent

    end_with_parent()
    with database("worker"):
        from linli.jobs.runner import run_worker

        run_worker()
