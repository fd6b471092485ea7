"""The light of a limit: green, yellow as it nears its end, red past it, a red card far past it.

Serves: R020 R108.
"""

from datetime import datetime
from typing import Literal

from linli.domain.cases.rules.clocks import moment_at_share
from linli.domain.catalogue.rules.standard import LightsDef
from linli.kernel.calendar import WorkingCalendar
from linli.kernel.units import LimitUnit

Light = Literal["green", "yellow", "red", "card"]


def light_of(
    start: datetime,
    due: datetime,
    *,
    at: datetime,
    held_at: datetime | None,
    unit: LimitUnit,
    lights: LightsDef,
    calendar: WorkingCalendar,
) -> Light:
    """Return the light of a running limit; reckoned from the clock, whoever was late to look.

    Parameters
    ----------
    start, due : when the limit began and ends, UTC.
    held_at : since when it stands; its light stands with it.
    unit : what the limit is counted in; shares of working limits are of working time.
    """
    now = at if held_at is None else min(at, held_at)
    shares: list[tuple[Light, float]] = [
        ("card", lights.card),
        ("red", lights.red),
        ("yellow", lights.yellow),
    ]
    for light, share in shares:
        if now >= moment_at_share(start, due, share, unit, calendar):
            return light
    return "green"
