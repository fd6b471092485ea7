"""Refusing what the policy table does not grant."""

from collections.abc import Iterable

from linli.domain.access.rules.actors import Actor, ScopedRow, Standing, reaches_row, standing_of
from linli.kernel.errors import NotFound, NotPermitted


def require_act(actor: Actor, act: str) -> None:
    """Raise NotPermitted unless some post of the actor grants the act somewhere."""
    if not actor.may(act):
        raise NotPermitted(
            f"您的岗位没有“{act}”权限。请联系管理员核对岗位设置。",
            f"None of your posts grants “{act}”. Ask an administrator to check your posts.",
        )


def require_reach(actor: Actor, act: str, paths: Iterable[str]) -> None:
    """Raise NotPermitted unless the act reaches every area path; for imports, before a write."""
    require_act(actor, act)
    for path in paths:
        if not reaches_row(actor, act, Standing(path)):
            raise NotPermitted(
                f"区域“{path}”不在您的管理范围内，什么也没有写入。请由管辖它的管理员办理。",
                f"The area {path} is outside your reach, so nothing was written. Ask the "
                "administrator of that area.",
            )


def require(actor: Actor, act: str, row: ScopedRow, *, look: str = "case.view") -> None:
    """Raise unless the act reaches the row; `look` is the act by which it is seen at all.

    Raises NotFound where the actor may not even look at it (absent and forbidden are alike),
    NotPermitted where it may be looked at and the act is another's.
    """
    standing = standing_of(row)
    if reaches_row(actor, act, standing):
        return
    if not reaches_row(actor, look, standing):
        raise NotFound
    require_act(actor, act)
    raise NotPermitted(
        "这件事不在您的岗位范围内，由其他单位或区域办理。",
        "This is outside the reach of your post; another unit or area handles it.",
    )
