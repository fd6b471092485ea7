"""单位、职责清单和任职 · Units, duty lists and who holds which post."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._given import file_bytes
from linli.config.cli._speech import say
from linli.config.cli.places import tell_faults
from linli.kernel.bounds import MOST_SMALL
from linli.kernel.errors import NotFound, RejectedTogether

if TYPE_CHECKING:
    from linli.domain.organisations.services import ImportReport

file_argument = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))


@click.group()
def command() -> None:
    """管理单位、职责清单和任职。Units, duty lists and posts."""


@command.command()
@file_argument
def units(file: Path) -> None:
    """从 YAML 导入单位和岗位。Take units and their posts from a YAML file."""
    with database("web"):
        from linli.domain.organisations.services import import_unit_file

        _import(import_unit_file, file)


@command.command()
@file_argument
def duties(file: Path) -> None:
    """从 YAML 或 XLSX 导入职责清单。Take a duty list from YAML or XLSX."""
    with database("web"):
        from linli.domain.organisations.services import import_duty_file

        _import(import_duty_file, file)


@command.command()
@click.argument("username")
@click.argument("unit")
@click.argument("post")
@click.option("--area", required=True, help="任职范围的区域代码。Code of the area it holds for.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="最后一天。The last day.")
def appoint(username: str, unit: str, post: str, area: str, until: datetime | None) -> None:
    """任命：账号、单位代码、岗位代码。Give a post of a unit to an account."""
    with database("web"):
        from linli.domain.access.selectors import SYSTEM_ACTOR, user_by_name
        from linli.domain.organisations.selectors import post_by_code, unit_by_code
        from linli.domain.organisations.services import appoint as give
        from linli.domain.places.selectors import area_by_code
        from linli.kernel.clock import utc_now

        user = user_by_name(username)
        if user is None:
            raise NotFound(
                f"没有名为“{username}”的账号。请先用 linli users create 开设。",
                f"There is no account {username}. Open it with `linli users create` first.",
            )
        seat = post_by_code(unit_by_code(unit), code=post)
        last_day = until.date() if until else None
        give(user, seat, area_by_code(area), actor=SYSTEM_ACTOR, at=utc_now(), until=last_day)
    say(f"{username} 已任 {unit} 的 {post}。", f"{username} now holds {post} in {unit}.")


def _import(take: Callable[..., "ImportReport"], file: Path) -> None:
    from linli.domain.access.selectors import SYSTEM_ACTOR
    from linli.kernel.clock import utc_now

    try:
        report = take(
            file_bytes(file, most=MOST_SMALL), actor=SYSTEM_ACTOR, at=utc_now(), source=file.name
        )
    except RejectedTogether as refused:
        tell_faults(refused)
        sys.exit(1)
    say(
        f"读入 {report.rows} 条，新增 {report.created}，更新 {report.changed}。",
        f"{report.rows} read, {report.created} new, {report.changed} changed.",
    )
