"""收件与列表 · Intake at full speed, then lists among many cases."""

import click

from linli.config.bench._answer import answer, json_option
from linli.config.bench._home import bench_home
from linli.config.bench._system import System


@click.command()
@click.option("--seconds", default=20.0, show_default=True, help="how long messages are posted")
@click.option("--cases", default=100_000, show_default=True, help="cases already stored")
@click.option("--clients", default=4, show_default=True, help="persistent connections")
@click.option("--seed", default=1, show_default=True, help="which messages")
@json_option
def command(seconds: float, cases: int, clients: int, seed: int, as_json: bool) -> None:
    """Measure intake and reading over HTTP against gunicorn, from a second process.

    accepted, failed, lost: messages. requests_per_s: accepted per second. p50_ms, p95_ms: of one
    POST /api/v1/messages in milliseconds. list_ms, case_ms: median milliseconds of the list of 50
    and of a case page, of the slowest role. list_queries, case_queries: SQL statements of one.
    cockpit_ms, cockpit_queries: the same of the leader's cockpit over the last 30 days.
    Exit code 1 when anything was lost or failed.
    """
    with bench_home() as home:
        from linli.config.bench._load_run import measure  # noqa: PLC0415  # needs Django

        figures = measure(System(home), seconds=seconds, cases=cases, seed=seed, clients=clients)
    answer(figures, as_json=as_json, is_good=not (figures["lost"] or figures["failed"]))
