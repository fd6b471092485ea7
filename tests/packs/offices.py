"""The place, the units and the posts that worked examples are played in, made up for them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.catalogue.rules.worked import WorkedDef
from linli.domain.catalogue.services import publish_pack
from linli.domain.organisations.models import Unit
from linli.domain.places.models import Area, AreaImport
from tests.packs.shipped import NAMES, PACKS, content_of, loaded

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ROLES = ("clerk", "handler", "supervisor", "leader")
HIGHEST = "sealed"


@dataclass
class Office:
    """The place, the units and the posts of all examples, made once.

    Parameters
    ----------
    units : alias → unit. people : alias or role → whoever holds its post.
    matters : standard → the first matter that takes it.
    """

    area: Area
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    matters: dict[str, str] = field(default_factory=dict)

    def person(self, alias: str) -> Actor:
        """Whoever holds the post of a role, or handles for a unit."""
        return self.people[alias]


def role_of(alias: str) -> str:
    """The role that an alias means, a digit after it for another person; "" for a unit."""
    return next((role for role in ROLES if alias.rstrip("0123456789") == role), "")


def build_office(examples: Iterable[WorkedDef]) -> Office:
    """Publish every pack and make the units and posts that the examples name."""
    for name in _in_order_of_need():
        publish_pack(PACKS / name, actor=SYSTEM_ACTOR, at=AT)
    office = Office(_ground())
    for name in _sound():
        for matter in content_of(name).flat_matters:
            office.matters.setdefault(matter.standard, matter.code)
    aliases = {alias for worked in examples for alias in worked.aliases} | {"office"}
    people = {f"{role}{number}" for role in ROLES for number in ("", "2")}
    for alias in sorted(aliases - people - {"resident"}):
        unit = Unit.objects.create(
            code=alias, name=alias, kind="department", area=office.area, area_path=office.area.path
        )
        office.units[alias] = unit
    for alias in sorted(aliases | people):
        office.people[alias] = _posted(alias, office)
    return office


def _posted(alias: str, office: Office) -> Actor:
    """A role's post covers the place; a unit's people hold every role for it."""
    user = User.objects.create(username=f"played {alias}", name=alias)
    path, unit = office.area.path, office.units.get(alias)
    roles = ROLES if unit else (role_of(alias),)
    number, code = (unit.pk, unit.code) if unit else (0, "")
    return Actor(user.pk, alias, tuple(Holding(r, number, code, path, HIGHEST) for r in roles))


def _ground() -> Area:
    above: Area | None = None
    for code, kind in (("99", "province"), ("9901", "city"), ("990101", "district")):
        path = f"{above.path if above else ''}{code}/"
        above = Area.objects.create(
            code=code,
            name=code,
            kind=kind,
            parent=above,
            path=path,
            tree=path[:-1].replace("/", "."),
        )
    AreaImport.objects.create(
        content="areas", rows=1, created=1, changed=0, imported_at=AT, imported_by="test"
    )
    assert above is not None
    return above


def _sound() -> list[str]:
    """The packs without a fault; that the others have one is another test's to say."""
    return [name for name in NAMES if loaded(name).content is not None]


def _in_order_of_need() -> Iterator[str]:
    waiting = {name: set(content_of(name).head.requires) for name in _sound()}
    while waiting:
        ready = sorted(name for name, needs in waiting.items() if not needs & waiting.keys())
        assert ready, f"packs that need each other: {sorted(waiting)}"
        for name in ready:
            yield name
            del waiting[name]
