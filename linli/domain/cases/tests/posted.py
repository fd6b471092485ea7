"""People with posts that are stored, so that who they are can be asked at any moment."""

from datetime import date, datetime

from linli.domain.access.models import User
from linli.domain.access.selectors import Actor
from linli.domain.cases.tests.builders import AT, add_unit
from linli.domain.organisations.models import Member, Post, Unit
from linli.domain.organisations.selectors import actor_for
from linli.domain.places.models import Area

HERE, ELSEWHERE = "990101001", "990101002"


def posted(name: str, role: str, *, unit: str = "hall", area: str = HERE) -> User:
    """A person who holds a post of a unit over an area."""
    where = Area.objects.get(code=area)
    office = Unit.objects.filter(code=unit).first() or add_unit(unit, where)
    post, _ = Post.objects.get_or_create(
        code=role, unit=office, defaults={"name": role, "role": role}
    )
    user = User.objects.create(username=name, name=name)
    Member.objects.create(
        user=user, post=post, area=where, area_path=where.path, valid_from=date(2020, 1, 1)
    )
    return user


def acting(user: User, at: datetime = AT) -> Actor:
    """Who a person is at a moment."""
    return actor_for(user, at=at)
