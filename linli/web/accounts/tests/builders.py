"""An office with its administrators for tests of these pages."""

import time
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import create_user
from linli.domain.organisations.selectors import post_by_code, unit_by_code
from linli.domain.organisations.services import PostRow, UnitRow, appoint, import_units
from linli.domain.places.selectors import area_by_code
from linli.domain.places.services import AreaRow, import_areas

AT = datetime(2026, 3, 1, 2, tzinfo=UTC)
PASSWORD = "a-long-and-quiet-street"
DISTRICT, STREET = "990101", "990101001"
ROLES = ("admin", "security_admin", "auditor", "clerk")


def lay_out() -> None:
    """Areas, and an office with one post for each role."""
    names = {"99": "示例省", "9901": "示例市", DISTRICT: "东岸区", STREET: "梧桐街道"}
    import_areas([AreaRow(*pair) for pair in names.items()], actor=SYSTEM_ACTOR, at=AT)
    posts = tuple(PostRow(role, f"岗位{role}", role) for role in ROLES)
    row = UnitRow("it", "信息科", "department", DISTRICT, posts=posts)
    import_units([row], actor=SYSTEM_ACTOR, at=AT)


def person(username: str, *roles: str, area: str = DISTRICT, at: datetime = AT) -> User:
    """An account with a password and posts."""
    user = create_user(username, name=username, password=PASSWORD, actor=SYSTEM_ACTOR, at=at)
    for role in roles:
        seat = post_by_code(unit_by_code("it"), code=role)
        appoint(user, seat, area_by_code(area), actor=SYSTEM_ACTOR, at=at)
    return user


def enrol_passkey(user: User) -> None:
    """Give an account a passkey that exists in the table alone."""
    data = {"name": "钥匙", "credential": {}}
    Authenticator.objects.create(user=user, type="webauthn", data=data)


def signed_in(user: User, *, passkey: bool = True, fresh: bool = True) -> Client:
    """A browser in which a person has signed in, by passkey, and has just shown it again."""
    client = Client()
    client.force_login(user, backend="linli.config.accounts.StaffBackend")
    session = client.session
    step = {"method": "mfa", "type": "webauthn" if passkey else "totp", "at": time.time()}
    session["account_authentication_methods"] = [
        step | {"reauthenticated": True} if fresh else step
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
