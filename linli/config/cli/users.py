"""账号 · Accounts of staff, and keys for other systems."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say
from linli.kernel.errors import NotFound

if TYPE_CHECKING:
    from linli.domain.access.selectors import User


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


@command.group()
def token() -> None:
    """管理接口密钥。Keys with which other systems act for an account."""


@token.command("create")
@click.argument("username")
@click.option("--scope", "scopes", multiple=True, required=True, help="read, message, act")
@click.option("--days", type=click.IntRange(1), required=True, help="days until it expires")
@click.option("--name", default="api", show_default=True, help="what it is called, to revoke it")
def create_token(username: str, scopes: tuple[str, ...], days: int, name: str) -> None:
    """发放密钥，只显示这一次。Issue a key and print it, this once."""
    with database("web"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.access.services import issue_token
        from linli.kernel.clock import utc_now

        now = utc_now()
        secret = issue_token(
            _account(username),
            name=name,
            scopes=scopes,
            actor=SYSTEM_ACTOR,
            at=now,
            expires_at=now + timedelta(days=days),
        )
    click.echo(secret)
    say(
        f"密钥“{name}”{days} 天后失效；这里只显示一次，请立即保存。",
        f"The key {name} expires in {days} days. It is shown only here; keep it now.",
    )


@token.command("list")
@click.argument("username")
def list_tokens(username: str) -> None:
    """列出密钥，不含密钥本身。List the keys of an account, never the keys themselves."""
    with database("web"):
        from django.utils import timezone

        from linli.domain.access.selectors import tokens_of
        from linli.kernel.clock import utc_now

        now, found = utc_now(), tokens_of(_account(username))
        for key in found:
            ends = (
                f"{timezone.localtime(key.expires_at):%Y-%m-%d %H:%M}" if key.expires_at else "--"
            )
            is_over = key.expires_at is not None and key.expires_at <= now
            state = "revoked" if key.revoked_at else "expired" if is_over else "alive"
            click.echo(f"{key.name}\t{','.join(key.scopes)}\t{ends}\t{state}")
    if not found:
        say(f"账号 {username} 没有密钥。", f"The account {username} has no keys.")


@token.command("revoke")
@click.argument("username")
@click.argument("name")
def revoke(username: str, name: str) -> None:
    """收回密钥，立即失效。Take back the keys of a name; they open nothing from now on."""
    with database("web"):
        from linli.domain.access.selectors import SYSTEM_ACTOR, tokens_of
        from linli.domain.access.services import revoke_token
        from linli.kernel.clock import utc_now

        account = _account(username)
        if not any(key.name == name and not key.revoked_at for key in tokens_of(account)):
            raise NotFound(
                f"账号 {username} 没有名为“{name}”的有效密钥。用 linli users token list 查看。",
                f"{username} has no living key called {name}. See linli users token list.",
            )
        count = revoke_token(account, name=name, actor=SYSTEM_ACTOR, at=utc_now())
    say(f"收回 {count} 个名为“{name}”的密钥。", f"{count} keys called {name} were taken back.")


def _account(username: str) -> "User":
    from linli.domain.access.selectors import user_by_name

    user = user_by_name(username)
    if user is None:
        raise NotFound(
            f"没有名为“{username}”的有效账号。请核对用户名，或先开设账号。",
            f"There is no active account {username}. Check the name or open the account first.",
        )
    return user
