"""Builds the running town through the domain's services: ground, people, and the play of cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, User, user_by_name
from linli.domain.access.services import create_user
from linli.domain.cases.services import fire_timers
from linli.domain.organisations.selectors import Post, actor_for, posts_of, unit_by_code
from linli.domain.organisations.services import appoint, import_duty_file, import_unit_file
from linli.domain.places.selectors import area_by_code
from linli.domain.places.services import (
    MapTolerance,
    import_area_files,
    import_landmark_file,
    import_polygons,
)
from linli.town.demands import Demand, DemandSet, make_demands
from linli.town.fates import Fate, draw_fate
from linli.town.geography import (
    Geography,
    areas_csv,
    grids_geojson,
    landmarks_csv,
    make_geography,
    outlines_geojson,
)
from linli.town.history import load_history
from linli.town.office import Staff, TownOffice
from linli.town.organisation import Organisation, TownPost, duties_for, make_organisation
from linli.town.organisation_files import duties_yaml, units_yaml
from linli.town.reception import Reception
from linli.town.rhythm import ZONE
from linli.town.rounds import Progress, play
from linli.town.text_data import Checked, read_data

SOURCE = "demo town"
TIMERS_AT_ONCE = 5_000


class RunningFile(Checked):
    """What `data/running.yaml` holds."""

    seed: int
    size: int
    days: int
    played_days: int
    founded_days: int
    read_days: int
    tolerance_m2: float
    joins_from: float
    password: str


@dataclass(frozen=True)
class Town:
    """A town as built: its ground, its people, its demands with the truth, and their cases."""

    geography: Geography
    organisation: Organisation
    made: DemandSet
    cases: Mapping[str, str]
    """Public id of the case of each demand, by the demand's id."""


def running() -> RunningFile:
    """Return how much of the town is played, and the demo's password."""
    return read_data("running", shape=RunningFile)


@transaction.atomic
def build_town(
    *,
    at: datetime,
    seed: int | None = None,
    size: int | None = None,
    days: int | None = None,
    loaded: Progress | None = None,
    progress: Progress | None = None,
) -> Town:
    """Lay out the town, load its history, and play its cases until `at`, all or nothing.

    Parameters
    ----------
    at : aware moment at which the play ends; what lies after it is still to be done.
    seed, size, days : which town, how many demands, over how many days; the file's by default.
    loaded : called with cases of the history loaded and such cases in all.
    progress : called with demands played and demands in all.

    The packs must be in force; messages are read by the reader learnt last, if there is one.
    Everything goes through the ordinary services, about a tenth of a second for each case that
    is played and a twentieth of that for one of the history. Raises what they raise; nothing is
    left half-built.
    """
    chosen = running()
    seed, days = chosen.seed if seed is None else seed, days or chosen.days
    geography = make_geography(seed=seed)
    organisation = make_organisation(geography)
    made = make_demands(
        geography,
        seed=seed,
        until=at.astimezone(ZONE).date(),
        size=size or chosen.size,
        days=days,
        managers=organisation.managers,
    )
    furnish(geography, organisation, at=at)
    staff = staff_of(organisation, at=made.demands[0].received_at)
    fates = fates_of(made, seed=seed)
    opening = _opening_of(at)
    past = [fated for fated in fates if fated[0].received_at < opening]
    history = load_history(past, until=opening, seed=seed, progress=loaded) if past else {}
    reception = Reception(staff.clerk, read_since=at - timedelta(days=chosen.read_days))
    played = play(
        [fated for fated in fates if fated[0].id not in history],
        office=TownOffice(staff, reception),
        until=at,
        seed=seed,
        known=history,
        progress=progress,
    )
    fire_timers(at=at, limit=TIMERS_AT_ONCE)
    return Town(geography, organisation, made, {**history, **played})


@transaction.atomic
def furnish(geography: Geography, organisation: Organisation, *, at: datetime) -> bool:
    """Lay the ground and bring the people, unless they are there; returns whether now.

    Units, posts and duties hold from long before `at`, so that old messages find them.
    """
    if user_by_name(organisation.holder("clerk").username) is not None:
        return False
    founded = at - timedelta(days=running().founded_days)
    lay_ground(geography, at=founded)
    bring_people(organisation, geography, at=founded)
    return True


def lay_ground(geography: Geography, *, at: datetime) -> None:
    """Import areas, outlines, grids and named places, the way an office would."""
    size = running().tolerance_m2
    tolerance = MapTolerance(overlap_m2=size, gap_m2=size, outside_m2=size)
    import_area_files([("areas.csv", areas_csv(geography))], actor=SYSTEM_ACTOR, at=at)
    for shapes in (outlines_geojson(geography), grids_geojson(geography)):
        import_polygons(shapes, tolerance=tolerance, actor=SYSTEM_ACTOR, at=at, source=SOURCE)
    import_landmark_file(landmarks_csv(geography), actor=SYSTEM_ACTOR, at=at, source=SOURCE)


def bring_people(organisation: Organisation, geography: Geography, *, at: datetime) -> None:
    """Import units and duties, open the demo accounts and give them their posts."""
    district = geography.street.parent_code
    import_unit_file(units_yaml(organisation), actor=SYSTEM_ACTOR, at=at, source=SOURCE)
    import_duty_file(duties_yaml(area=district), actor=SYSTEM_ACTOR, at=at, source=SOURCE)
    password = running().password
    for post in organisation.posts:
        stored = next(p for p in posts_of(unit_by_code(post.unit_code)) if p.code == post.code)
        _fill(post, stored, password=password, at=at)


def staff_of(organisation: Organisation, *, at: datetime) -> Staff:
    """Return who acts in the play, with the posts they hold."""
    clerks = [u for post in organisation.posts if post.role == "clerk" for u in post.holders]
    handlers = {
        post.unit_code: _actor(post.holders[0].username, at)
        for post in organisation.posts
        if post.role == "handler"
    }
    return Staff(
        clerk=_actor(clerks[0].username, at),
        other_clerk=_actor(clerks[1].username, at),
        supervisor=_actor(organisation.holder("supervisor").username, at),
        handlers=handlers,
    )


def fates_of(made: DemandSet, *, seed: int) -> list[tuple[Demand, Fate]]:
    """Draw how each demand's case fares."""
    matters = sorted({demand.matter for demand in made.demands})
    duties = {duty.matter: duty for duty in duties_for(matters)}
    return [
        (
            demand,
            draw_fate(
                demand,
                duties[demand.matter],
                seed=seed,
                community_unit=f"community_{int(demand.grid_code[9:12])}",
            ),
        )
        for demand in made.demands
    ]


def _opening_of(at: datetime) -> datetime:
    """Return when the platform came to the town; what had ended before is history."""
    day = at.astimezone(ZONE).date() - timedelta(days=running().played_days)
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC)


def _fill(post: TownPost, stored: Post, *, password: str, at: datetime) -> None:
    area = area_by_code(post.area_code)
    for holder in post.holders:
        user = create_user(
            holder.username,
            name=holder.name,
            password=password,
            is_demo=True,
            actor=SYSTEM_ACTOR,
            at=at,
        )
        appoint(user, stored, area, actor=SYSTEM_ACTOR, at=at)


def _actor(username: str, at: datetime) -> Actor:
    return actor_for(_user(username), at=at)


def _user(username: str) -> User:
    user = user_by_name(username)
    if user is None:
        raise LookupError(f"the demo account {username} was not opened")
    return user
