"""Two years of what residents ask, with the truth about every message kept apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from shapely import Point

from linli.town.chance import chance_for, weighted
from linli.town.geography import ESTATE, Geography
from linli.town.phrases import Person
from linli.town.planted import Issue, plan_issues
from linli.town.rhythm import Span
from linli.town.telling import Telling, tell_issues, tell_ordinary, tell_repeats
from linli.town.wording import Speaker

DEFAULT_SIZE = 12_000
DEFAULT_DAYS = 760
DUPLICATE_SHARE = 0.07
POINT_SHARE = 0.45
ADDRESS_SHARES = {"full": 0.74, "name": 0.11, "none": 0.15}
NEAR_DEGREES = 0.0002


@dataclass(frozen=True)
class Demand:
    """One message as it came in, with the truth that no reader of the message sees.

    `received_at` is aware; `lng` and `lat` are degrees, or both None; `matter`, `subject`,
    `grid_code`, `place`, `issue`, `duplicate_of` and `same_person` are truth.
    """

    id: str
    received_at: datetime
    reporter: Person
    channel: str
    petition_type: str
    title: str
    body: str
    address: str
    lng: float | None
    lat: float | None
    matter: str
    subject: str
    grid_code: str
    place: str
    issue: str = ""
    duplicate_of: str = ""
    same_person: bool = False


@dataclass(frozen=True)
class DemandSet:
    """All demands in the order of their coming, and the issues among them."""

    seed: int
    span: Span
    demands: tuple[Demand, ...]
    issues: tuple[Issue, ...]


def make_demands(
    geography: Geography,
    *,
    seed: int,
    until: date,
    size: int = DEFAULT_SIZE,
    days: int = DEFAULT_DAYS,
    managers: Mapping[str, str] | None = None,
) -> DemandSet:
    """Return `size` demands of the `days` local days that end with `until`.

    The same arguments give the same demands. `managers` names the property firm of a community
    by the community's code.
    """
    span = Span(until - timedelta(days=days - 1), until)
    speaker = Speaker(geography, managers or {})
    density = (size / days) / (DEFAULT_SIZE / DEFAULT_DAYS)
    issues = plan_issues(span, size=size, density=density, rng=chance_for(seed, "issues"))
    told = tell_issues(issues, geography, seed=seed)
    count = size - len(told) - round(size * DUPLICATE_SHARE)
    told += tell_ordinary(geography, span=span, count=count, seed=seed)
    told += tell_repeats(
        told[-count:], count=size - len(told), last=until, speaker=speaker, seed=seed
    )
    told.sort(key=lambda telling: telling.at)
    for number, telling in enumerate(told, start=1):
        telling.id = id_of(number)
    demands = tuple(_demand(telling, speaker, geography, seed) for telling in told)
    return DemandSet(seed, span, demands, tuple(issues))


def id_of(number: int) -> str:
    """Return the id of the n-th demand of a town, counted from 1."""
    return f"T{number:06d}"


def _demand(telling: Telling, speaker: Speaker, geography: Geography, seed: int) -> Demand:
    rng = chance_for(seed, "words", telling.id)
    draft, spot = telling.draft, telling.draft.spot
    wording = speaker.compose(draft, rng)
    lng, lat = _point(telling, geography, rng)
    return Demand(
        id=telling.id,
        received_at=telling.at,
        reporter=telling.reporter,
        channel=draft.channel,
        petition_type=draft.petition_type,
        title=wording.title,
        body=wording.body,
        address=_address(telling, rng),
        lng=lng,
        lat=lat,
        matter=telling.matter,
        subject=draft.subject,
        grid_code=spot.grid_code,
        place=spot.name,
        issue=telling.issue,
        duplicate_of=telling.origin.id if telling.origin else "",
        same_person=telling.same_person,
    )


def _address(telling: Telling, rng: Random) -> str:
    """Write the address column: whole, only the place's name, or nothing."""
    draft, spot = telling.draft, telling.draft.spot
    way = weighted(rng, ADDRESS_SHARES)
    if way == "none":
        return ""
    building = draft.details.get("b", "") if spot.kind == ESTATE else ""
    return (spot.name if way == "name" else spot.address) + building


def _point(
    telling: Telling, geography: Geography, rng: Random
) -> tuple[float | None, float | None]:
    """Return where the phone stood, in the same grid, or nothing where none was sent."""
    spot = telling.draft.spot
    if rng.random() > POINT_SHARE:
        return None, None
    lng = round(spot.lng + rng.uniform(-NEAR_DEGREES, NEAR_DEGREES), 6)
    lat = round(spot.lat + rng.uniform(-NEAR_DEGREES, NEAR_DEGREES), 6)
    if geography.polygons[spot.grid_code].contains(Point(lng, lat)):
        return lng, lat
    return spot.lng, spot.lat
