"""Puts the demo town into a fresh installation, once, and says who may sign in."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, user_by_name
from linli.domain.needs.selectors import message_by_source
from linli.domain.needs.services import train_reader
from linli.domain.organisations.selectors import actor_for
from linli.kernel.errors import NotFound, WrongState
from linli.town.build import build_town, furnish, running, staff_of
from linli.town.complaints import complain
from linli.town.demands import id_of
from linli.town.geography import make_geography
from linli.town.keeping import lay_ledgers
from linli.town.organisation import make_organisation
from linli.town.reception import SOURCE
from linli.town.rounds import Progress
from linli.town.truth import truth_of, write_truth

FOLDER = "town"
EXAMPLE_HANDLER = "urban_management"


def settle(
    *, at: datetime, loaded: Progress | None = None, progress: Progress | None = None
) -> bool:
    """Build the demo town with its cases, unless they stand; returns whether it was now.

    Ledgers that are still empty get their records, also where the town stands already.

    `loaded` and `progress` are called with cases loaded, then played, and how many in all.

    The truth about it goes to `town/truth.json` in the folder of all data. Raises WrongState
    in production.
    """
    _refuse_production()
    if message_by_source(SOURCE, id_of(1)) is not None:
        lay_ledgers(make_geography(seed=running().seed), decider=_first("leader", at), at=at)
        return False
    settle_offices(at=at)
    with transaction.atomic():
        town = build_town(at=at, loaded=loaded, progress=progress)
        complain(town.geography, staff_of(town.organisation, at=at), at=at)
    lay_ledgers(town.geography, decider=_first("leader", at), at=at)
    folder = settings.LINLI_HOME / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write_truth({**truth_of(town.made), "cases": dict(town.cases)}, path=folder / "truth.json")
    return True


def settle_offices(*, at: datetime) -> bool:
    """Lay out the town and its offices without any case, and learn to read; False if it stands.

    Enough for taking in the sample export. The packs must be in force. Raises WrongState in
    production.
    """
    _refuse_production()
    geography = make_geography(seed=running().seed)
    train_reader(actor=SYSTEM_ACTOR, at=at)
    return furnish(geography, make_organisation(geography), at=at)


def clerk_of_town(*, at: datetime) -> Actor:
    """Return who takes messages down in the town. Raises NotFound before the offices stand."""
    return _first("clerk", at)


def joins_from() -> float:
    """Return how alike, in [0, 1], two messages are that the town's clerk joins unasked."""
    return running().joins_from


def sign_ins() -> list[str]:
    """Return one line for each role: post, user name and password of its demo account."""
    password = running().password
    organisation = make_organisation(make_geography(seed=running().seed))
    lines = {}
    for post in organisation.posts:
        if post.role != "handler" or post.unit_code == EXAMPLE_HANDLER:
            user = post.holders[0]
            lines[post.role] = f"{post.name} {post.role}: {user.username} / {password}"
    return list(lines.values())


def _first(role: str, at: datetime) -> Actor:
    organisation = make_organisation(make_geography(seed=running().seed))
    user = user_by_name(organisation.holder(role).username)
    if user is None:
        raise NotFound
    return actor_for(user, at=at)


def _refuse_production() -> None:
    """Raise WrongState where accounts with a known password may not be."""
    if settings.LINLI_ENV == "production":
        raise WrongState(
            "正式运行的平台不能布置演示街道：演示账号的密码是公开的。请在演示环境中运行。",
            "The demo town may not be settled in production: its passwords are public. "
            "Run it with LINLI_ENV=demo.",
        )
