"""账号 · Accounts of staff, and keys for other systems."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._speech import say
from linli.kernel.errors import NotFound

if TYPE_CHECKING:
    from linli.domain.access.selectors import User
    from linli.domain.organisations.selectors import StaffMember


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


@command.command()
@click.argument("username")
@click.option("--name", required=True, help="显示姓名。Name shown to others.")
@click.option("--site", required=True, help="网站地址。The site's address, https://town.example")
def invite(username: str, name: str, site: str) -> None:
    """开设账号并打印一次性链接，由本人设置密码；首位管理员由此开始。

    Open an account and print a link by which its holder sets a password, once: the way in for
    the first administrator.
    """
    with database("web"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.access.services import create_user
        from linli.kernel.clock import utc_now

        user = create_user(username, name=name, password=None, actor=SYSTEM_ACTOR, at=utc_now())
        click.echo(_link(user, site))
    _say_link(username)


@command.command()
@click.argument("username")
@click.option("--site", required=True, help="网站地址。The site's address, https://town.example")
def link(username: str, site: str) -> None:
    """打印重设密码的一次性链接；登录第二步不变。Print a link to set the password, once."""
    with database("web"):
        click.echo(_link(_account(username), site))
    _say_link(username)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="one JSON array on standard output")
def list_users(as_json: bool) -> None:
    """列出账号、岗位、登录第二步和状态。List accounts, posts, second steps and state."""
    with database("web"):
        from linli.domain.organisations.selectors import all_staff
        from linli.kernel.clock import utc_now

        staff = all_staff(at=utc_now())
    if as_json:
        click.echo(json.dumps([_as_row(one) for one in staff], ensure_ascii=False))
        return
    for one in staff:
        posts = ",".join(f"{m.post.unit.code}:{m.post.code}" for m in one.posts) or "--"
        steps = ",".join(sorted(one.factors)) or "--"
        state = "active" if one.user.is_active else "closed"
        lacking = "" if one.is_secured else f"\t! {one.asked}"
        click.echo(f"{one.user.username}\t{one.user.name}\t{state}\t{posts}\t{steps}{lacking}")


@command.command()
@click.argument("username")
@click.option("--reason", required=True, help="为什么。Why.")
def deactivate(username: str, reason: str) -> None:
    """停用账号：结束登录，作废密钥，立即生效。Shut an account, its sessions and keys, at once."""
    with database("web"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.access.services import close_account
        from linli.kernel.clock import utc_now

        close_account(_account(username), reason=reason, actor=SYSTEM_ACTOR, at=utc_now())
    say(f"账号 {username} 已停用。", f"The account {username} is shut.")


@command.command()
@click.argument("username")
@click.option("--reason", required=True, help="为什么。Why.")
def activate(username: str, reason: str) -> None:
    """启用停用的账号；作废的密钥不恢复。Open an account again; void keys stay void."""
    with database("web"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.access.services import reopen_account
        from linli.domain.organisations.selectors import account_by_name
        from linli.kernel.clock import utc_now

        user = account_by_name(username)
        if user is None:
            raise _no_account(username)
        reopen_account(user, reason=reason, actor=SYSTEM_ACTOR, at=utc_now())
    say(f"账号 {username} 已启用。", f"The account {username} is open again.")


@command.command("drop-second-step")
@click.argument("username")
@click.option("--reason", required=True, help="为什么。Why.")
def drop_second_step(username: str, reason: str) -> None:
    """清除登录第二步（密钥和备用码都丢失时），并结束登录。

    Remove passkeys, authenticator and recovery codes where all are lost, and end all sessions.
    Only whoever has this machine may; no page does it.
    """
    with database("web"):
        from linli.domain.access.selectors import SYSTEM_ACTOR
        from linli.domain.access.services import drop_second_steps
        from linli.kernel.clock import utc_now

        user = _account(username)
        count = drop_second_steps(user, reason=reason, actor=SYSTEM_ACTOR, at=utc_now())
    say(f"清除 {count} 项登录第二步。", f"{count} second steps removed.")


@command.command()
@click.argument("username")
@click.option("--subject", required=True, help="sub of the account at LINLI_OIDC_ISSUER")
def bind(username: str, subject: str) -> None:
    """把账号绑定到统一登录的主体。Tie an account to a subject of the identity provider."""
    with database("web"):
        from linli.adapters.oidc.linking import link_account, uid_of

        link_account(_account(username), uid=uid_of(subject))
    say(f"账号 {username} 已绑定。", f"The account {username} is tied.")


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


def _as_row(one: "StaffMember") -> dict[str, str | bool | list[str]]:
    return {
        "username": one.user.username,
        "name": one.user.name,
        "state": "active" if one.user.is_active else "closed",
        "demo": one.user.is_demo,
        "password": one.user.has_usable_password(),
        "posts": [f"{m.post.unit.code}:{m.post.code}" for m in one.posts],
        "second_step": sorted(one.factors),
        "asked": one.asked,
        "secured": one.is_secured,
    }


def _link(user: "User", site: str) -> str:
    from linli.domain.access.selectors import SYSTEM_ACTOR
    from linli.kernel.clock import utc_now
    from linli.web.accounts.links import password_link

    return site.rstrip("/") + password_link(user, actor=SYSTEM_ACTOR, at=utc_now())


def _say_link(username: str) -> None:
    say(
        f"上面的链接一天内有效，只能用一次；请当面交给 {username}。",
        f"The link above holds for a day and works once; hand it to {username} in person.",
    )


def _account(username: str) -> "User":
    from linli.domain.access.selectors import user_by_name

    user = user_by_name(username)
    if user is None:
        raise _no_account(username)
    return user


def _no_account(username: str) -> NotFound:
    return NotFound(
        f"没有名为“{username}”的有效账号。请核对用户名，或先开设账号。",
        f"There is no active account {username}. Check the name or open the account first.",
    )
