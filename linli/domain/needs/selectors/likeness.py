"""Earlier cases that may be the same thing: few candidates by index, then a closer look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from linli.domain.access.selectors import Actor, visible
from linli.domain.cases.models import Case
from linli.domain.needs.rules.duplicates import DuplicateGuess, EarlierCase, ranked_duplicates
from linli.domain.needs.selectors.standing import Standing
from linli.domain.places.selectors import inside

# Newest first. Measured on the demo town: the classes of the three likeliest matters in the
# community leave 16 candidates on average, and 98 of 100 times the right one is among them.
CANDIDATES = 80
Row = tuple[str, str, str, str, float | None, float | None, str, datetime]
RECEIVED_AT = itemgetter(7)
_COLUMNS = ("public_id", "number", "title", "body", "lng", "lat", "area_path", "received_at")


@dataclass(frozen=True)
class JustRead:
    """A case that is about to be stored together with the one that is being read."""

    matter: int
    row: Row


def likely_duplicates(
    text: str,
    *,
    matters: list[int],
    area: str,
    point: tuple[float, float] | None,
    within: tuple[Actor, str] | None,
    known: Standing,
    at: datetime,
    beside: Sequence[JustRead] = (),
) -> tuple[DuplicateGuess, ...]:
    """Return earlier cases that look like the same thing, likest first.

    Parameters
    ----------
    text : title and body.
    matters : row ids of the matters that it may be about; empty for any.
    area : code of the area that it is about, "" where unknown; its community is searched.
    point : longitude and latitude in degrees, or None.
    known : the numbers and places in force.
    within : who looks and for which act: only what that reaches; None for the system's own look.
    beside : cases that no query finds yet.
    """
    since, around = at - known.bounds.look_back, known.ground.neighbourhood(area)
    rows = Case.objects.filter(received_at__gte=since, received_at__lte=at)
    if matters:
        rows = rows.filter(matter_id__in=matters)
    own_path = known.ground.paths.get(area, "")
    if own_path:
        rows = rows.filter(inside(around))
    if within is not None:
        rows = visible(rows, *within)
    found: list[Row] = list(rows.order_by("-received_at").values_list(*_COLUMNS)[:CANDIDATES])
    found += _beside(beside, frozenset(matters), around, since, at)
    found.sort(key=RECEIVED_AT, reverse=True)
    lng, lat = point or (None, None)
    return ranked_duplicates(
        text,
        [_earlier(row, own_path) for row in found[:CANDIDATES]],
        lng=lng,
        lat=lat,
        reach_m=known.bounds.near_m,
        least=known.bounds.similar_text,
        most=known.bounds.most_duplicates,
    )


def _beside(
    beside: Sequence[JustRead],
    matters: frozenset[int],
    around: str,
    since: datetime,
    until: datetime,
) -> Iterator[Row]:
    for case in beside:
        is_near = case.row[6].startswith(around)
        is_alike = not matters or case.matter in matters
        if is_alike and is_near and since <= case.row[7] <= until:
            yield case.row


def _earlier(row: Row, area_path: str) -> EarlierCase:
    ref, number, title, body, lng, lat, path, received_at = row
    return EarlierCase(
        ref=ref,
        number=number,
        title=title,
        text=f"{title}\n{body}",
        lng=lng,
        lat=lat,
        same_area=bool(area_path) and path == area_path,
        received_at=received_at,
    )
