"""Which posts one person may not hold, or not hold together."""

from collections.abc import Collection

from linli.domain.organisations.errors import AppointmentRejected

# System, security and audit are three separate persons: GB/T 22239-2019 (level 3).
APART = frozenset({"admin", "security_admin", "auditor"})


def clash_of_roles(role: str, *, held: Collection[str]) -> AppointmentRejected | None:
    """Return why a role may not be added to those a person holds, None if it may.

    Parameters
    ----------
    role : the role of the new post.
    held : roles of the posts held in the same days.
    """
    others = APART.intersection(held) - {role}
    if role not in APART or not others:
        return None
    other = sorted(others)[0]
    return AppointmentRejected(
        f"该账号已任“{other}”，不能再任“{role}”：系统、安全、审计三员须由三个人分任。请另选一人。",
        f"The account already holds {other} and may not hold {role} too: system, security and "
        "audit belong to three persons. Choose somebody else.",
        field="post",
    )
