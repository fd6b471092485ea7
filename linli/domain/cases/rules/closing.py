"""When a case may be closed, linked, reopened, returned."""

from collections.abc import Mapping
from datetime import datetime

from linli.domain.catalogue.rules.standard import StandardDef
from linli.kernel.calendar import WorkingCalendar


def parts_that_block(parts: Mapping[str, str]) -> list[str]:
    """Return the numbers of the parts that are still open: a whole cannot close before them.

    Parameters
    ----------
    parts : number of each part → its status.
    """
    return sorted(number for number, status in parts.items() if status == "open")


def makes_a_ring(links: Mapping[int, int], *, case: int, other: int) -> bool:
    """Whether linking `case` below `other` would make it its own ancestor.

    Parameters
    ----------
    links : row id of a case → row id of the case it is part or duplicate of.
    """
    above: int | None = other
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == case:
            return True
        seen.add(above)
        above = links.get(above)
    return False


def reopen_until(
    standard: StandardDef, closed_at: datetime, calendar: WorkingCalendar
) -> datetime | None:
    """Return until when a closed case may be reopened; None where the standard has no window."""
    if standard.reopen is None:
        return None
    return calendar.add(closed_at, standard.reopen.limit.limit).at


def return_until(
    standard: StandardDef, opened_at: datetime, calendar: WorkingCalendar
) -> datetime | None:
    """Return until when a unit may object to a dispatch; None where there is no window."""
    if standard.objection is None:
        return None
    return calendar.add(opened_at, standard.objection.limit.limit).at


def may_return_again(standard: StandardDef, *, is_ruled: bool) -> bool:
    """Whether a unit may return an order after a ruling has fixed it as the handler."""
    if not is_ruled or standard.dispatch is None:
        return True
    return standard.dispatch.after_ruling.may_return
