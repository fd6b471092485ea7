"""Problems put into the town on purpose, so that finding them can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from linli.town.rhythm import Span
from linli.town.text_data import Checked, read_data
from linli.town.topics import lines

FEWEST = 6  # messages of an issue: fewer could not be told from chance
GROWTH_A_WEEK = 1.55
DECAY_DAYS = 9.0
LARGEST_SHARE = 0.35  # of all messages that may belong to issues


class IssueEntry(Checked):
    key: str
    title: str
    matter: str
    place: str
    names: list[str]
    ago: int
    weeks: int
    count: int
    shape: str
    hours: str
    texts: str


class SlowUnit(Checked):
    """A unit that takes `factor` times as long as the others."""

    unit: str
    factor: float


class Bouncing(Checked):
    """A matter of which `share` goes first to a unit that does not own it."""

    matter: str
    wrong_first: str
    right: str
    share: float


class PlantedFile(Checked):
    """What `data/planted.yaml` holds."""

    issues: list[IssueEntry]
    rising: str
    slow_unit: SlowUnit
    bouncing: Bouncing


@dataclass(frozen=True)
class Issue:
    """One problem at one place, and the days on which somebody reports it."""

    key: str
    title: str
    matter: str
    place: str
    names: tuple[str, ...]
    shape: str
    hours: str
    texts: tuple[str, ...]
    days: tuple[date, ...]


@cache
def read_planted() -> PlantedFile:
    """Return what is planted, as written down."""
    return read_data("planted", shape=PlantedFile)


def plan_issues(span: Span, *, size: int, density: float, rng: Random) -> list[Issue]:
    """Give every issue that lies in the span its days.

    Parameters
    ----------
    span : the days covered.
    size : messages in all; issues take at most a third or so of them.
    density : messages a day, as a share of the town's ordinary number.
    rng : source of chance.
    """
    planned: list[tuple[IssueEntry, Span, float]] = []
    for entry in read_planted().issues:
        began = span.last - timedelta(days=entry.ago)
        ended = min(span.last, began + timedelta(days=7 * entry.weeks - 1))
        window = Span(max(began, span.first), ended)
        if window.first <= window.last:
            inside = len(window.days) / (7 * entry.weeks)
            planned.append((entry, window, entry.count * density * min(1.0, inside)))
    scale = min(1.0, LARGEST_SHARE * size / max(1.0, sum(count for _, _, count in planned)))
    return [
        _issue(entry, window, max(FEWEST, round(count * scale)), rng)
        for entry, window, count in planned
    ]


def weekly_counts(days: tuple[date, ...]) -> Iterator[tuple[date, int]]:
    """Yield the Monday of each week between first and last day, and how many days fall in it."""
    week = min(days) - timedelta(days=min(days).weekday())
    while week <= max(days):
        yield week, sum(week <= day < week + timedelta(days=7) for day in days)
        week += timedelta(days=7)


def _issue(entry: IssueEntry, window: Span, count: int, rng: Random) -> Issue:
    weights = [_weight(entry.shape, i) for i in range(len(window.days))]
    days = tuple(sorted(rng.choices(window.days, weights=weights, k=count)))
    return Issue(
        entry.key,
        entry.title,
        entry.matter,
        entry.place,
        tuple(entry.names),
        entry.shape,
        entry.hours,
        lines(entry.texts),
        days,
    )


def _weight(shape: str, day: int) -> float:
    """Return how likely a report is on the n-th day of an issue of this shape."""
    if shape == "rising":
        return float(GROWTH_A_WEEK ** (day / 7))
    return DECAY_DAYS / (DECAY_DAYS + day) if shape == "burst" else 1.0
