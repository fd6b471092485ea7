"""停止留下的内置数据库 · Stop an embedded database that was left running."""

import click

from linli.config.cli._speech import say
from linli.config.database import embedded
from linli.config.database.folders import find, linli_home
from linli.kernel.errors import WrongState


@click.command()
@click.option("--force", is_flag=True, help="有程序在用也停。Stop it although programs use it.")
def command(force: bool) -> None:
    """停止留下的内置数据库。Stop an embedded database that was left running.

    While something uses it, nothing is stopped: `linli up` would start it again at once.
    """
    home = linli_home()
    if not force and find(home) is not None and embedded.is_in_use(home):
        raise WrongState(
            "平台正在运行，内置数据库有程序在用，所以没有停止。请先在运行 linli up（或 make run）"
            "的窗口按 Ctrl-C，数据库会一起停止；确要强行停止用 linli down --force。",
            "The platform is running and programs use the embedded database, so nothing was "
            "stopped. Press Ctrl-C where linli up (or make run) runs: the database stops with "
            "it. To stop it anyway: linli down --force.",
        )
    if embedded.stop(home):
        say("内置数据库已停止。", "The embedded database is stopped.")
    else:
        say("没有正在运行的内置数据库。", "No embedded database was running.")
