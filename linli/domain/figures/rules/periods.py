"""The periods of which figures are released: months, quarters and years of the calendar."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_CODE = re.compile(r"(?P<year>20[0-9]{2})(?:-(?P<month>0[1-9]|1[0-2])|-Q(?P<quarter>[1-4]))?")
_MONTHS, _QUARTERS = 12, 4


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole local days, the last one included, by its code: 2026-10, 2026-Q4, 2026."""

    code: str
    first: date
    last: date

    @property
    def kind(self) -> str:
        """Which kind it is: month, quarter or year."""
        return "quarter" if "Q" in self.code else "month" if "-" in self.code else "year"

    def parts(self) -> tuple["Period", ...]:
        """Return the periods that make it up: a year's quarters, a quarter's months."""
        year = self.first.year
        if self.kind == "year":
            return tuple(_quarter(year, number) for number in range(1, _QUARTERS + 1))
        if self.kind == "quarter":
            return tuple(_month(year, self.first.month + step) for step in range(3))
        return ()

    def above(self) -> tuple["Period", ...]:
        """Return the periods that it is a part of, the next one first."""
        year = self.first.year
        whole = Period(str(year), date(year, 1, 1), date(year, _MONTHS, 31))
        if self.kind == "month":
            return _quarter(year, (self.first.month + 2) // 3), whole
        return (whole,) if self.kind == "quarter" else ()

    def due_on(self, days: int) -> date:
        """Return the day on which its figures are released: so many days after its last."""
        return self.last + timedelta(days=days)


def period_of(code: str) -> Period:
    """Return the period of a code. Raises ValueError where it is none.

    >>> period_of("2026-Q4").first, period_of("2026-02").last
    (datetime.date(2026, 10, 1), datetime.date(2026, 2, 28))
    """
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"{code} is no period")
    year = int(found["year"])
    if found["month"]:
        return _month(year, int(found["month"]))
    if found["quarter"]:
        return _quarter(year, int(found["quarter"]))
    return _month(year, 1).above()[1]


class PartsMissing(Exception):
    """Some parts of a period have been released and others have not."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def tiles_of(period: Period, released: Collection[str]) -> tuple[str, ...]:
    """Return the released periods that make up a period without gap, the widest that will do.

    Parameters
    ----------
    released : codes of what has been released.

    Returns
    -------
    Codes in order; none where nothing within the period has been released. Raises PartsMissing
    where something has and not all: the rest would be known by subtraction.

    >>> tiles_of(period_of("2026-Q4"), ["2026-10", "2026-11", "2026-12"])
    ('2026-10', '2026-11', '2026-12')
    >>> tiles_of(period_of("2026-Q4"), ["2026-09"])
    ()
    """
    found: list[str] = []
    missing: list[str] = []
    for code, is_released in _tiling(period, released):
        (found if is_released else missing).append(code)
    if found and missing:
        raise PartsMissing(tuple(missing))
    return tuple(found)


def inside(period: Period, released: Collection[str]) -> tuple[str, ...]:
    """Return the codes of all that has been released within a period, itself left out."""
    own = [part for part in period.parts() if part.code in released]
    deeper = [code for part in period.parts() for code in inside(part, released)]
    return (*(part.code for part in own), *deeper)


def _tiling(period: Period, released: Collection[str]) -> Iterator[tuple[str, bool]]:
    for part in period.parts():
        if part.code in released or not inside(part, released):
            yield part.code, part.code in released
        else:
            yield from _tiling(part, released)


def _month(year: int, number: int) -> Period:
    first = date(year, number, 1)
    after = date(year + number // _MONTHS, number % _MONTHS + 1, 1)
    return Period(f"{year}-{number:02}", first, after - timedelta(days=1))


def _quarter(year: int, number: int) -> Period:
    begins, ends = _month(year, 3 * number - 2), _month(year, 3 * number)
    return Period(f"{year}-Q{number}", begins.first, ends.last)
