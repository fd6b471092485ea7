"""The access bench's district for tests: everybody, every case, and what each should see.

What a person should see is reckoned by the bench's oracle, never by the code that is being tested.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client

from linli.config.bench._access_cast import SPECIAL, Seat, cast_of
from linli.config.bench._access_district import District, Filed, populate
from linli.config.bench._access_oracle import Given, Oracle, Policy
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, User
from linli.domain.access.services import issue_token
from linli.domain.cases.selectors import case_for
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound

__all__ = ["CAST", "EXPORTS", "LOOKS", "SPECIAL", "Filed", "Population", "settle"]
POLICY = Policy.of_the_platform()
CAST: Mapping[str, tuple[Seat, ...]] = cast_of(POLICY.roles)
SEED, CASES, PAGE_SIZE = 20261124, 72, 50
REF = re.compile(r'href="/desk/cases/([a-z2-7]{26})/"')

# role → how far it reaches, by area or by unit or not at all, and up to which level.
Table = Mapping[str, tuple[str, str]]


def table_of(act: str) -> Table:
    """How far each role reaches by an act that it is granted once at most."""
    granted = {role: POLICY.lines.get((role, act), []) for role in POLICY.roles}
    return {
        role: (lines[0].over, lines[0].up_to) if lines else ("", "")
        for role, lines in granted.items()
    }


LOOKS, EXPORTS = table_of("case.view"), table_of("case.export")


@dataclass(frozen=True)
class Population:
    """Everybody, and every case."""

    district: District

    @property
    def users(self) -> dict[str, User]:
        return self.district.users

    @property
    def filed(self) -> list[Filed]:
        return self.district.filed

    def seen_by(self, who: str, table: Table) -> list[Filed]:
        """What a table lets a person see."""
        policy = Policy(roles=list(table), acts=["seen"])
        policy.lines = {
            (role, "seen"): [Given(over, most, "any")]
            for role, (over, most) in table.items()
            if over
        }
        seen = Oracle(policy, self.district).reach(who, "seen")
        return [case for case in self.filed if case.ref in seen]


def settle() -> Population:
    """Lay out the district, seat its people, and let 72 cases meet their fates."""
    return Population(populate(cases=CASES, seed=SEED, at=utc_now(), policy=POLICY))


def refs(cases: list[Filed]) -> list[str]:
    return sorted(case.ref for case in cases)


def actor(population: Population, who: str) -> Actor:
    return actor_for(population.users[who], at=utc_now())


def at_the_desk(population: Population, who: str) -> Client:
    client = Client()
    client.force_login(population.users[who])
    return client


def listed(client: Client, query: str = "") -> list[str]:
    """Every case that the pages of the list link to."""
    found: list[str] = []
    for page in range(1, 9):
        html = client.get(f"/desk/cases/?page={page}&{query}").content.decode()
        rows = REF.findall(html)
        found += rows
        if len(rows) < PAGE_SIZE:
            return sorted(found)
    raise AssertionError("the list does not end")


def key_of(population: Population, who: str) -> dict[str, str]:
    user = population.users[who]
    secret = issue_token(user, name="t", scopes=["read"], actor=SYSTEM_ACTOR, at=utc_now())
    return {"Authorization": f"Bearer {secret}"}


def opens(asked: Actor, ref: str) -> bool:
    try:
        return bool(case_for(asked, ref))
    except NotFound:
        return False
