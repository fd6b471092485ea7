"""A street with grids, outlines and many cases, and people signed in to look at it."""

from datetime import UTC, date, datetime

from django.test import Client

from linli.domain.access.selectors import User
from linli.domain.cases.tests.builders import (
    STREET,
    Town,
    add_area,
    add_unit,
    build_town,
    renew_ground,
)
from linli.domain.cases.tests.crowd import add_crowd
from linli.domain.organisations.selectors import Member, Post, Unit
from linli.domain.places.selectors import Area

COMMUNITY = "990101001001"
OTHER_COMMUNITY = "990101001002"


def busy_street() -> Town:
    """Two communities, one with three grids, 300 cases of the last 60 days up to now."""
    town = build_town()
    street = Area.objects.get(path=STREET)
    add_area(OTHER_COMMUNITY, "community", street)
    community = Area.objects.get(code=COMMUNITY)
    for serial in (1, 2, 3):
        add_area(f"{COMMUNITY}{serial:03}", "grid", community)
    add_unit("fire", street)
    for place, area in enumerate(Area.objects.filter(kind__in=("community", "grid"))):
        area.polygon = square(110 + place / 100)
        area.save(update_fields=["polygon"])
    renew_ground()
    add_crowd(town, size=300, seed=5, at=datetime.now(UTC))
    return town


def square(west: float) -> dict[str, object]:
    """An outline of a hundredth of a degree."""
    east, south, north = west + 0.01, 30.0, 30.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def signed_in(role: str, *, code: str = "990101001") -> Client:
    """A browser of somebody who holds a role over an area."""
    area = Area.objects.get(code=code)
    name = f"{role}-{code}"
    user = User.objects.create(username=name, name=name, is_demo=True)
    unit = Unit.objects.create(
        code=name, name="中心", kind="center", area=area, area_path=area.path
    )
    post = Post.objects.create(code=name, name=name, role=role, unit=unit)
    Member.objects.create(
        user=user, post=post, area=area, area_path=area.path, valid_from=date(2020, 1, 1)
    )
    client = Client()
    client.force_login(user)
    return client
