"""Who may sign in: no account that everybody knows, three persons, second steps in place."""

from collections.abc import Iterator

from django.conf import settings

from linli.config.database.migrating import pending
from linli.config.doctor.finding import Finding
from linli.domain.organisations.selectors import StaffMember, all_staff
from linli.kernel.clock import utc_now

THREE = ("admin", "security_admin", "auditor")
MOST_NAMED = 5


def account_findings() -> Iterator[Finding]:
    """Yield what concerns accounts; nothing while tables are missing."""
    if pending():
        return
    staff = [one for one in all_staff(at=utc_now()) if one.user.is_active]
    yield _demo(staff)
    yield _secured(staff)
    yield _three(staff)


def _demo(staff: list[StaffMember]) -> Finding:
    known = [one.user.username for one in staff if one.user.is_demo]
    is_well = not known or settings.ALLOW_DEMO_USERS
    return Finding(
        is_well,
        f"演示账号 {len(known)} 个（口令众所周知）" if known else "没有演示账号",
        f"{len(known)} demo accounts, whose password everybody knows"
        if known
        else "No demo account",
        "" if is_well else f"linli users deactivate {known[0]} --reason demo",
    )


def _secured(staff: list[StaffMember]) -> Finding:
    lacking = [one.user.username for one in staff if not one.is_secured and not _is_played(one)]
    named = ", ".join(lacking[:MOST_NAMED])
    return Finding(
        True,
        f"岗位要求通行密钥而未登记的账号 {len(lacking)} 个" if lacking else "登录第二步齐全",
        f"{len(lacking)} accounts lack the passkey that their posts ask for"
        if lacking
        else "Second steps are as the posts ask",
        named,
    )


def _three(staff: list[StaffMember]) -> Finding:
    held = {role for one in staff for role in one.roles}
    missing = [role for role in THREE if role not in held]
    named = ", ".join(missing)
    advice = f"linli users invite …, linli organisations appoint … ({named})"
    return Finding(
        True,
        f"三员缺 {named}" if missing else "系统、安全、审计三员齐全",
        f"Of the three administrators {named} is missing"
        if missing
        else "System, security and audit are held",
        advice if missing else "",
    )


def _is_played(one: StaffMember) -> bool:
    return one.user.is_demo and settings.ALLOW_DEMO_USERS
