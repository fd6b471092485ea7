"""备份 · Make, list, prove, prune and rehearse backups."""

import click

from linli.config.cli._speech import say
from linli.config.database import embedded
from linli.config.database.folders import linli_home


@click.group(invoke_without_command=True)
@click.option("--full", is_flag=True, help="全量。A full set; else only what changed, if possible.")
@click.pass_context
def command(context: click.Context, full: bool) -> None:
    """备份数据库、文件和密钥，加密并核验。Back up everything into an encrypted, proved set."""
    if context.invoked_subcommand is not None:
        return
    from linli.config.backup.keys import find_key
    from linli.config.backup.making import Maker
    from linli.config.backup.source import source_of
    from linli.config.backup.store import store_of
    from linli.kernel.clock import utc_now

    home = linli_home()
    with embedded.serving(home) as server:
        key = find_key(home, may_make=True)
        maker = Maker(store_of(home), source_of(server.folders), key, home, say)
        made = maker.make(at=utc_now(), is_full=full)
    say(
        f"备份 {made.name} 已完成并核验，{made.size / 2**20:.1f} MB。",
        f"The set {made.name} is made and proved, {made.size / 2**20:.1f} MB.",
    )
