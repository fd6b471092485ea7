"""Public reads of figures: what is published, for anybody; what is prepared, for those who may.

Serves: R129 X01.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.catalogue.selectors import parameter
from linli.domain.figures.models import Release
from linli.domain.figures.rules.periods import Period, period_of
from linli.domain.figures.rules.rehearsing import town
from linli.domain.figures.rules.releasing import Cut, Earlier, cut
from linli.domain.figures.rules.sheets import (
    PLACE,
    RATE,
    UNIT,
    WHOLE,
    Heading,
    Key,
    RateHeading,
    Sheet,
    added,
)
from linli.domain.figures.rules.stored import sheet_from
from linli.kernel.errors import NotFound

__all__ = [
    "PLACE",
    "RATE",
    "UNIT",
    "WHOLE",
    "Cut",
    "Earlier",
    "Heading",
    "Key",
    "Line",
    "Period",
    "RateLine",
    "Release",
    "Sheet",
    "Tables",
    "added",
    "cut",
    "periods_due",
    "prepared_release",
    "prepared_releases",
    "published_release",
    "published_releases",
    "tables_of",
    "town",
]
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Line:
    """A row: what it is, and its count; None where withheld."""

    heading: Heading
    cases: int | None


@dataclass(frozen=True)
class RateLine:
    """A rate of one place, with the cases that it stands on; both None where withheld.

    `percent` is rounded to whole per cent.
    """

    rate: RateHeading
    place: Heading
    base: int | None
    percent: int | None


@dataclass(frozen=True)
class Tables:
    """A release as it may be shown."""

    places: tuple[Heading, ...]
    matters: tuple[Heading, ...]
    units: tuple[Heading, ...]
    rates: tuple[RateHeading, ...]
    cells: dict[Key, int | None]

    @property
    def total(self) -> int | None:
        """All cases of the period."""
        return self.cells.get(Key(PLACE, WHOLE, WHOLE))

    def by_place(self, matter: str = WHOLE) -> list[Line]:
        """Counts of every place of one matter, or of all."""
        return self._lines(self.places[1:], lambda code: Key(PLACE, code, matter))

    def by_matter(self, place: str = WHOLE) -> list[Line]:
        """Counts of every matter in one place, or everywhere."""
        return self._lines(self.matters, lambda code: Key(PLACE, place, code))

    def by_unit(self) -> list[Line]:
        """Counts by leading unit."""
        return self._lines(self.units, lambda code: Key(UNIT, code, WHOLE))

    def by_rate(self) -> Iterator[RateLine]:
        """Yield every rate of every place that has them."""
        for rate in self.rates:
            for place in self.places:
                if Key(RATE, place.code, rate.base) in self.cells:
                    yield self._rate(rate, place)

    def _lines(self, headings: Sequence[Heading], key: Callable[[str], Key]) -> list[Line]:
        return [
            Line(heading, self.cells[key(heading.code)])
            for heading in headings
            if key(heading.code) in self.cells
        ]

    def _rate(self, rate: RateHeading, place: Heading) -> RateLine:
        base = self.cells[Key(RATE, place.code, rate.base)]
        weighed = {w: self.cells.get(Key(RATE, place.code, rate.column(w))) for w in rate.weights}
        above = [w * n for w, n in weighed.items() if n is not None]
        if base is None or len(above) < len(weighed) or base < max(rate.minimum_sample, 1):
            return RateLine(rate, place, base, None)
        return RateLine(rate, place, base, round(100 * sum(above) / base))


def published_releases() -> list[Release]:
    """What is public, the newest period first."""
    return list(Release.objects.filter(state=Release.State.PUBLISHED))


def published_release(number: int) -> Release:
    """A published release by its number. Raises NotFound."""
    found = Release.objects.filter(state=Release.State.PUBLISHED, number=number).first()
    if found is None:
        raise NotFound
    return found


def prepared_releases(actor: Actor) -> list[Release]:
    """What waits to be published. Raises NotPermitted without an act of figures."""
    _require(actor)
    return list(Release.objects.filter(state=Release.State.PREPARED))


def prepared_release(ref: str, *, actor: Actor) -> Release:
    """A release that waits, by its public id. Raises NotPermitted, NotFound."""
    _require(actor)
    found = Release.objects.filter(state=Release.State.PREPARED, public_id=ref).first()
    if found is None:
        raise NotFound
    return found


def tables_of(release: Release) -> Tables:
    """The tables of a release, withheld counts as None."""
    rows = release.cells.order_by("id").values_list("table", "row", "column", "cases")
    cells = {Key(table, row, column): count for table, row, column, count in rows}
    sheet = sheet_from(release.headings, {})
    return Tables(sheet.places, sheet.matters, sheet.units, sheet.rates, cells)


def periods_due(at: datetime) -> list[tuple[Period, date]]:
    """The months, quarters and years whose day of release is next or past, the newest first.

    Only such as are not public yet, and of the twelve months before; each with its day.
    """
    today = timezone.localdate(at, timezone.get_default_timezone())
    days = int(parameter("figures.release_after", at).value)
    public = set(Release.objects.filter(state="published").values_list("period", flat=True))
    found: dict[str, Period] = {}
    day = today
    for _ in range(MONTHS_SHOWN):
        month = period_of(f"{day:%Y-%m}")
        day = day.replace(day=1) - timedelta(days=1)
        found |= {one.code: one for one in (month, *month.above())}
    wanted = [
        one
        for one in found.values()
        if one.last < today and not public & {one.code, *(wide.code for wide in one.above())}
    ]
    return [(one, one.due_on(days)) for one in sorted(wanted, key=lambda p: p.last, reverse=True)]


def _require(actor: Actor) -> None:
    require_act(actor, "figures.publish" if actor.may("figures.publish") else "figures.prepare")
