"""A sheet from the cases as they stand: nothing finer than a community."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.utils import timezone

from linli.domain.access import wall
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.selectors import PeriodCounts, counts_of_period
from linli.domain.catalogue.selectors import matter_by_code, matters_for_residents
from linli.domain.figures.rules.periods import Period
from linli.domain.figures.rules.sheets import WHOLE, Heading, RateHeading, Sheet, counted
from linli.domain.organisations.selectors import units
from linli.domain.places.selectors import AreaKind, AreaNode, area_tree
from linli.kernel.paths import SEPARATOR

FINEST = AreaKind.COMMUNITY
SPLIT_FROM = (AreaKind.PROVINCE, AreaKind.CITY)
REST = "+"
OTHERS = Heading(WHOLE, "尚未派单或其他", "Not dispatched, or others", is_rest=True)


def sheet_of(period: Period, *, at: datetime) -> Sheet:
    """Count all cases received within a period, whoever may see them."""
    zone = timezone.get_default_timezone()
    since = datetime.combine(period.first, time.min, tzinfo=zone)
    until = datetime.combine(period.last + timedelta(days=1), time.min, tzinfo=zone)
    with wall.wider("figures"):
        counts = counts_of_period(SYSTEM_ACTOR, since=since, until=until, at=at)
    places = _places(whole_area())
    lowest = _Lowest(places)
    cases: Counter[tuple[str, str]] = Counter()
    for (path, matter), number in counts.places.items():
        cases[lowest.of(path), matter] += number
    rated: Counter[tuple[str, str, float]] = Counter()
    for (path, rate, weight), number in counts.rates.items():
        rated[lowest.of(path), rate, weight] += number
    offices = [Heading(u.code, u.name, u.name_en or u.name) for u in units(at=at)]
    known = {office.code for office in offices}
    by_unit: Counter[str] = Counter()
    for code, number in counts.units.items():
        by_unit[code if code in known else WHOLE] += number
    return counted(
        places,
        _matters(counts, at),
        [*offices, OTHERS],
        _rates(counts),
        at=cases,
        by_unit=by_unit,
        rated=rated,
    )


def whole_paths() -> list[str]:
    """Paths of the areas that hold everything: one, or several where nothing holds them all."""
    whole = whole_area()
    return [whole.path] if whole else [node.path for node in area_tree(down_to=FINEST)]


def whole_area() -> AreaNode | None:
    """The area that all figures are of: the lowest that still holds everything, None for several.

    Streets and what lies below them are rows, never the whole.
    """
    nodes = area_tree(down_to=FINEST)
    whole = None
    while len(nodes) == 1 and (whole is None or whole.kind in SPLIT_FROM):
        whole = nodes[0]
        nodes = whole.children
    return whole


def _places(whole: AreaNode | None) -> list[Heading]:
    nodes = area_tree(down_to=FINEST) if whole is None else whole.children
    found = [Heading(WHOLE, whole.name if whole else "全部", whole.name if whole else "All")]
    return found + _below(nodes, found[0], 1)


def _below(nodes: list[AreaNode], above: Heading, depth: int) -> list[Heading]:
    found: list[Heading] = []
    for node in nodes:
        own = Heading(node.code, node.name, node.name, above.code, depth)
        found += [own, *_below(node.children, own, depth + 1)]
    if nodes:
        names = f"{above.name}（未细分）", f"{above.name} (not split further)"
        found.append(Heading(f"{above.code}{REST}", *names, above.code, depth, is_rest=True))
    return found


class _Lowest:
    """The lowest row in which a place counts."""

    def __init__(self, places: list[Heading]) -> None:
        self.rows = {place.code for place in places}

    def of(self, path: str) -> str:
        codes = reversed(path.split(SEPARATOR)[:-1])
        code = next((code for code in codes if code in self.rows), WHOLE)
        rest = f"{code}{REST}"
        return rest if rest in self.rows else code


def _matters(counts: PeriodCounts, at: datetime) -> list[Heading]:
    """The classes that residents may bring, and any other of which something was counted."""
    classes = [matter for matter in matters_for_residents(at) if matter.level == 1]
    known = {matter.code for matter in classes}
    gone = sorted({code for _, code in counts.places} - known)
    classes += [matter_by_code(code) for code in gone]
    return [Heading(matter.code, matter.name, matter.name_en) for matter in classes]


def _rates(counts: PeriodCounts) -> list[RateHeading]:
    found = []
    for rate in counts.definitions:
        weights = {0.0, *(rate.weight(fact) for fact in rate.numerator)}
        most = int(rate.minimum_sample.value)
        ordered = tuple(sorted(weights, reverse=True))
        found.append(RateHeading(rate.code, rate.name, rate.name_en, ordered, most))
    return found
