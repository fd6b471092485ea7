"""网页和接口 · Serve the pages and the API."""

import click

from linli.config.cli._database import database


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="address:port")
def command(bind: str) -> None:
    """启动网页和接口服务。Serve the pages and the API until stopped."""
    from linli.config.serving import refuse_open_demo, serve_pages

    refuse_open_demo(bind)
    with database("web"):
        serve_pages(bind)
