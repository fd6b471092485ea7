"""When something that has a first and a last day holds; the last day counts to its end."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Validity:
    """First and last day on which something holds.

    Parameters
    ----------
    valid_from : first day, local; None means always until now.
    valid_to : last day, local, still counted whole; None means no end is known.
    """

    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether a local day lies within.

        >>> Validity(date(2026, 1, 1), date(2026, 1, 31)).holds_on(date(2026, 1, 31))
        True
        """
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_backwards(self) -> bool:
        """Whether the last day lies before the first."""
        if self.valid_from is None or self.valid_to is None:
            return False
        return self.valid_to < self.valid_from


def local_day(at: datetime, zone: str) -> date:
    """Return the calendar day of a moment where the office stands.

    Parameters
    ----------
    at : aware datetime.
    zone : IANA name of the zone, e.g. `"Asia/Shanghai"`.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone has no local day")
    return at.astimezone(ZoneInfo(zone)).date()
