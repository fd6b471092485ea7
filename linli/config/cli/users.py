"""账号 · Accounts of staff."""

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say


@click.group()
def command() -> None:
    """管理工作人员账号。Accounts of staff."""


@command.command()
@click.argument("username")
@click.option("--name", required=True, help="显示姓名。Name shown to others.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def create(username: str, name: str, password: str) -> None:
    """开设账号；任职另行设定。Open an account; posts are given apart from it."""
    with database("web"):
        from django.contrib.auth.password_validation import validate_password
        from django.core.exceptions import ValidationError

        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.access.services import create_user
        from linli.kernel.clock import utc_now

        try:
            validate_password(password)
        except ValidationError as error:
            raise click.ClickException(" ".join(error.messages)) from error
        create_user(username, name=name, password=password, actor=SYSTEM_ACTOR, at=utc_now())
    say(f"账号 {username} 已开设。", f"The account {username} is open.")
