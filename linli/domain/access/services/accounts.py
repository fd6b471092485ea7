"""Opening accounts."""

from datetime import datetime

from django.db import IntegrityError, transaction

from linli.domain.access.events import UserCreated
from linli.domain.access.models import User
from linli.domain.access.rules.actors import Actor
from linli.domain.audit.services import record
from linli.kernel.errors import Rejected


@transaction.atomic
def create_user(
    username: str,
    *,
    name: str,
    password: str | None,
    actor: Actor,
    at: datetime,
    is_demo: bool = False,
) -> User:
    """Open an account; it may do nothing until a post is given. Records UserCreated.

    Without a password nobody can sign in until its holder has set one by a link.

    Raises Rejected where the user name is taken.
    """
    user = User(username=username, name=name, is_demo=is_demo)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Rejected(
            f"用户名“{username}”已被使用，请换一个。",
            f"The user name {username} is taken; choose another.",
            field="username",
        ) from error
    record(UserCreated(username=username, is_demo=is_demo), actor=actor, at=at)
    return user


@transaction.atomic
def set_language(user: User, *, language: str) -> None:
    """Remember the language in which a member of staff works."""
    user.language = language
    user.save(update_fields=["language"])
