"""Signing in as one of the standing cast."""

from datetime import date

from django.test import Client

from linli.domain.access.selectors import User
from linli.domain.organisations.selectors import Member, Post, Unit
from linli.domain.places.selectors import Area


def signed_in(town: object, name: str) -> Client:
    """A browser in which one of a town's cast is signed in, with the post that the cast gives."""
    actor = getattr(town, name)
    user = User.objects.get(pk=actor.user_id)
    held = actor.holdings[0]
    area = Area.objects.get(path=held.area_path)
    unit = Unit.objects.filter(pk=held.unit_id).first() or Unit.objects.create(
        code=f"office-{name}", name="中心", kind="center", area=area, area_path=area.path
    )
    post = Post.objects.create(code=name, name=name, role=held.role, unit=unit)
    Member.objects.create(
        user=user, post=post, area=area, area_path=area.path, valid_from=date(2020, 1, 1)
    )
    client = Client()
    client.force_login(user)
    return client
