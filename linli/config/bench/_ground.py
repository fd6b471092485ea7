"""The ground a bench stands on: tables, packs, the demo town's places, offices and reader."""

from dataclasses import dataclass
from datetime import date, datetime

from linli.config.database.migrating import migrate
from linli.config.preparing import all_packs, gather_static_files, publish_packs
from linli.domain.access.selectors import Actor, User, user_by_name
from linli.domain.organisations.selectors import actor_for
from linli.town.build import running
from linli.town.demands import Demand, make_demands
from linli.town.geography import Geography, make_geography
from linli.town.organisation import Organisation, make_organisation
from linli.town.settling import settle_offices


@dataclass(frozen=True)
class Ground:
    """A town without a single case."""

    geography: Geography
    organisation: Organisation

    def user(self, role: str) -> User:
        """Return the account of the first who holds a role."""
        name = self.organisation.holder(role).username
        user = user_by_name(name)
        if user is None:
            raise LookupError(f"the town has no account {name}")
        return user

    def actor(self, role: str, *, at: datetime) -> Actor:
        """Return who the first holder of a role is at a moment."""
        return actor_for(self.user(role), at=at)

    def demands(self, size: int, *, until: date, seed: int) -> tuple[Demand, ...]:
        """Return two years of messages that end on a day; another seed, other messages."""
        made = make_demands(
            self.geography, seed=seed, until=until, size=size, managers=self.organisation.managers
        )
        return made.demands


def lay_ground(*, at: datetime) -> Ground:
    """Fill an empty database with everything but cases."""
    migrate()
    publish_packs(all_packs(), at=at)
    gather_static_files()
    settle_offices(at=at)
    return find_ground()


def find_ground() -> Ground:
    """Return the ground of a database that was filled before."""
    geography = make_geography(seed=running().seed)
    return Ground(geography, make_organisation(geography))
