"""Who works in the town: departments, the street, communities, partners, posts and duties."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from linli.town.geography import AreaRow, Geography
from linli.town.text_data import Checked, read_data

COMMUNITY = "community"
KINDS = frozenset({COMMUNITY, "street_office"})
"""Duties name these by kind, so that one entry serves every community and street."""


class UnitEntry(Checked):
    code: str
    name: str
    name_en: str
    kind: str = ""
    serves: str = ""
    communities: list[str] = []


class PostEntry(Checked):
    code: str
    name: str
    role: str
    units: list[str]
    users: list[str]


class OrganisationFile(Checked):
    """What `data/organisation.yaml` holds."""

    departments: list[UnitEntry]
    stations: list[UnitEntry]
    street: list[UnitEntry]
    community_unit: UnitEntry
    partners: list[UnitEntry]
    posts: list[PostEntry]


class DutyEntry(Checked):
    matter: str
    lead: str
    assist: list[str]
    nature: str
    basis: str


class DutyFile(Checked):
    """What `data/duties.yaml` holds: duties by the beginning of a matter's code."""

    source: str
    duties: list[DutyEntry]


@dataclass(frozen=True)
class TownUnit:
    """A unit; `area_code` is where it works."""

    code: str
    name: str
    name_en: str
    kind: str
    area_code: str
    parent_code: str
    phone: str


@dataclass(frozen=True)
class TownPost:
    """A post in a unit, and the demo users who hold it."""

    unit_code: str
    code: str
    name: str
    role: str
    area_code: str
    holders: tuple["TownUser", ...]


@dataclass(frozen=True)
class TownUser:
    """A demo account: `username` to sign in with, `name` to read."""

    username: str
    name: str


@dataclass(frozen=True)
class TownDuty:
    """Who leads in a matter and who helps; units, or kinds of units of the place."""

    matter: str
    lead: str
    assistants: tuple[str, ...]
    nature: str
    legal_basis: str
    source: str


@dataclass(frozen=True)
class Organisation:
    """Everybody who works in the town."""

    units: tuple[TownUnit, ...]
    posts: tuple[TownPost, ...]
    managers: Mapping[str, str]
    """Name of the property firm of each community, by the community's code."""

    def holder(self, role: str, unit_code: str = "") -> TownUser:
        """Return the first demo user with a role, in a unit where one is named.

        Raises StopIteration where nobody holds it.
        """
        return next(
            post.holders[0]
            for post in self.posts
            if post.role == role and unit_code in ("", post.unit_code)
        )


def make_organisation(geography: Geography) -> Organisation:
    """Return the units, posts and demo users of the town; no chance is in it."""
    file = read_data("organisation", shape=OrganisationFile)
    units = tuple(_units(file, geography))
    posts = tuple(post for entry in file.posts for post in _posts(entry, units))
    by_name = {area.name: area.code for area in geography.communities}
    managers = {
        by_name[community]: partner.name
        for partner in file.partners
        if partner.serves == "property"
        for community in partner.communities
    }
    return Organisation(units, posts, managers)


def duties_for(matters: list[str]) -> list[TownDuty]:
    """Return one duty for each matter: the entry whose code begins the matter's most closely.

    Raises KeyError for a matter that no entry covers.
    """
    file = _duty_file()
    by_code = {entry.matter: entry for entry in file.duties}
    return [_duty(matter, by_code[_nearest(matter, by_code)], file.source) for matter in matters]


@cache
def _duty_file() -> DutyFile:
    return read_data("duties", shape=DutyFile)


def _nearest(matter: str, entries: Mapping[str, DutyEntry]) -> str:
    parts = matter.split(".")
    codes = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((code for code in codes if code in entries), matter)


def _duty(matter: str, entry: DutyEntry, source: str) -> TownDuty:
    return TownDuty(matter, entry.lead, tuple(entry.assist), entry.nature, entry.basis, source)


def _units(file: OrganisationFile, geography: Geography) -> Iterator[TownUnit]:
    street = geography.street
    serial = iter(range(1, 1000))

    def unit(entry: UnitEntry, kind: str, area_code: str, parent: str = "") -> TownUnit:
        phone = f"0000-{next(serial):07d}"
        return TownUnit(
            entry.code, entry.name, entry.name_en, entry.kind or kind, area_code, parent, phone
        )

    for entry in file.departments:
        yield unit(entry, "department", street.parent_code)
    for entry in file.street:
        parent = "" if entry.kind == "street_office" else file.street[0].code
        yield unit(entry, "street_office", street.code, parent)
    for entry in file.stations:
        yield unit(entry, "station", street.code)
    for number, area in enumerate(geography.communities, start=1):
        entry = _of_community(file.community_unit, number, area)
        yield unit(entry, COMMUNITY, area.code, file.street[0].code)
    for entry in file.partners:
        yield unit(entry, "partner", street.code)


def _of_community(entry: UnitEntry, number: int, area: AreaRow) -> UnitEntry:
    return UnitEntry(
        code=entry.code.format(number=number),
        name=entry.name.format(name=area.name),
        name_en=entry.name_en.format(number=number),
    )


def _posts(entry: PostEntry, units: tuple[TownUnit, ...]) -> Iterator[TownPost]:
    """Yield the post for each of its units; "*" stands for every unit that handles cases."""
    for unit in units:
        if unit.code not in entry.units and "*" not in entry.units:
            continue
        names = [name.format(unit=unit.name) for name in entry.users]
        stem = entry.code if "*" not in entry.units else f"{entry.code}_{unit.code}"
        holders = tuple(
            TownUser(stem if i == 1 else f"{stem}{i}", name) for i, name in enumerate(names, 1)
        )
        yield TownPost(unit.code, entry.code, entry.name, entry.role, unit.area_code, holders)
