"""Earlier cases that may be the same thing: few candidates by index, then a closer look."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from linli.domain.access.selectors import Actor, visible
from linli.domain.cases.models import Case
from linli.domain.needs.rules.duplicates import DuplicateGuess, EarlierCase, ranked_duplicates
from linli.domain.needs.selectors.standing import Standing, Thresholds
from linli.domain.places.selectors import inside
from linli.kernel.paths import path_range

# Newest first. Measured on the demo town: the classes of the three likeliest matters in the
# community leave 16 candidates on average, and 98 of 100 times the right one is among them.
CANDIDATES = 80


class Row(NamedTuple):
    """What is looked at in a case that may be the same thing."""

    public_id: str
    number: str
    title: str
    body: str
    lng: float | None
    lat: float | None
    area_path: str
    received_at: datetime


# The question of `earlier_cases`, asked for many messages in one statement.
_ASKED_BY_MANY = """
SELECT look.place, found.*
FROM unnest(%s::int[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[], %s::text[])
    AS look (place, since, until, low, high, matters)
CROSS JOIN LATERAL (
    SELECT public_id, number, title, body, lng, lat, area_path, received_at
    FROM cases_case AS case_
    WHERE case_.received_at >= look.since AND case_.received_at <= look.until
        AND case_.area_path >= look.low COLLATE "C" AND case_.area_path < look.high COLLATE "C"
        AND {of_matters}
    ORDER BY case_.received_at DESC LIMIT %s
) AS found
"""
_OF_MATTERS = "case_.matter_id = ANY(look.matters::bigint[])"
_OF_ANY = "look.matters = '{}'"


@dataclass(frozen=True)
class Search:
    """Where the like of a message is looked for.

    Parameters
    ----------
    text : its title and body.
    matters : row ids of the matters that it may be about; empty for any.
    around : path of the neighbourhood, "" for everywhere.
    area_path : path of the area that it is about, "" where that is unknown.
    lng, lat : of it, in degrees; None where it has no point.
    since, until : when the others came in.
    """

    text: str
    matters: frozenset[int]
    around: str
    area_path: str
    lng: float | None
    lat: float | None
    since: datetime
    until: datetime


@dataclass(frozen=True)
class JustRead:
    """A case that is about to be stored together with the one that is being read."""

    matter: int
    row: Row


def search_for(
    text: str,
    *,
    matters: Iterable[int],
    area: str,
    point: tuple[float, float] | None,
    known: Standing,
    at: datetime,
) -> Search:
    """Say where the like of a message is looked for.

    Parameters
    ----------
    area : code of the area that it is about, "" where unknown; its community is searched.
    point : longitude and latitude in degrees, or None.
    known : the numbers and places in force.
    at : when it came in.
    """
    lng, lat = point or (None, None)
    return Search(
        text=text,
        matters=frozenset(matters),
        around=known.ground.neighbourhood(area),
        area_path=known.ground.paths.get(area, ""),
        lng=lng,
        lat=lat,
        since=at - known.bounds.look_back,
        until=at,
    )


def earlier_cases(search: Search, *, within: tuple[Actor, str] | None) -> list[Row]:
    """Return the newest cases that may be the same thing, newest first.

    Parameters
    ----------
    within : who looks and for which act: only what that reaches; None for the system's own look.
    """
    rows = Case.objects.filter(received_at__gte=search.since, received_at__lte=search.until)
    rows = rows.filter(inside(search.around))
    if search.matters:
        rows = rows.filter(matter_id__in=search.matters)
    if within is not None:
        rows = visible(rows, *within)
    newest = rows.order_by("-received_at").values_list(*Row._fields)[:CANDIDATES]
    return [Row(*row) for row in newest]


def earlier_cases_of(searches: Sequence[Search]) -> list[list[Row]]:
    """Return for each search what `earlier_cases` finds, in one statement for all."""
    found: list[list[Row]] = [[] for _ in searches]
    for has_matters, condition in ((True, _OF_MATTERS), (False, _OF_ANY)):
        asked = [
            (place, one.since, one.until, *path_range(one.around), _array(one.matters))
            for place, one in enumerate(searches)
            if bool(one.matters) is has_matters
        ]
        if not asked:
            continue
        with connection.cursor() as cursor:
            statement = _ASKED_BY_MANY.replace("{of_matters}", condition)
            cursor.execute(statement, [*map(list, zip(*asked, strict=True)), CANDIDATES])
            for place, *row in cursor.fetchall():
                found[place].append(Row(*row))
    return found


def likely_duplicates(
    search: Search, earlier: Iterable[Row], bounds: Thresholds, *, beside: Sequence[JustRead] = ()
) -> tuple[DuplicateGuess, ...]:
    """Return the cases that look like the same thing, likest first.

    Parameters
    ----------
    earlier : what `earlier_cases` found.
    beside : cases that no query finds yet.
    """
    rows = [*earlier, *_beside(beside, search)]
    rows.sort(key=attrgetter("received_at"), reverse=True)
    return ranked_duplicates(
        search.text,
        [_earlier(row, search.area_path) for row in rows[:CANDIDATES]],
        lng=search.lng,
        lat=search.lat,
        reach_m=bounds.near_m,
        least=bounds.similar_text,
        most=bounds.most_duplicates,
    )


def _beside(beside: Sequence[JustRead], search: Search) -> Iterator[Row]:
    for case in beside:
        is_near = case.row.area_path.startswith(search.around)
        is_alike = not search.matters or case.matter in search.matters
        if is_alike and is_near and search.since <= case.row.received_at <= search.until:
            yield case.row


def _array(numbers: Iterable[int]) -> str:
    return f"{{{','.join(map(str, sorted(numbers)))}}}"


def _earlier(row: Row, area_path: str) -> EarlierCase:
    return EarlierCase(
        ref=row.public_id,
        number=row.number,
        title=row.title,
        text=f"{row.title}\n{row.body}",
        lng=row.lng,
        lat=row.lat,
        same_area=bool(area_path) and row.area_path == area_path,
        received_at=row.received_at,
    )
