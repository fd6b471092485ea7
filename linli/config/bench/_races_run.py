"""The race bench at work: rounds of commands let go at one moment, by threads of their own."""

import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

import django.db
from django.conf import settings
from django.db import connection

from linli.config.bench._answer import Figure, Figures, progress
from linli.config.bench._ground import Ground, lay_ground
from linli.config.bench._races_acts import ACTS, AFTER, BESIDE
from linli.config.bench._races_check import (
    DONE,
    ERROR,
    Came,
    faults_of_all,
    faults_of_answers,
    faults_of_histories,
    stored_keys,
)
from linli.config.bench._races_road import MOVING
from linli.config.bench._races_standing import Command, People, Standing
from linli.domain.access.selectors import SYSTEM_ACTOR, user_by_name
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import NewCase, Revision, open_cases
from linli.domain.catalogue.selectors import matter_tree
from linli.domain.organisations.selectors import actor_for, units_for_dispatch
from linli.domain.places.selectors import area_by_code
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError

THREADS = 16
AT_CASES = 3  # that lie together: parts, duplicates, followers of each other
RACES_A_GROUP = 8
PERSONAL = 8  # every so many groups ask for somebody's own data
ON_THE_FIRST = 0.7  # of the commands of a race; the others go at the neighbours
REPEATED = 0.25  # of the commands are sent once more by the next thread, with the same key
PATIENCE_S = 120
KINDS = (
    "lost_updates",
    "double_dispatch",
    "closed_before_parts",
    "closed_twice",
    "keys_twice",
    "refused_but_done",
    "gap",
    "not_allowed",
    "twice",
    "half",
    "errors",
)


@dataclass(frozen=True)
class Scenery:
    """Where races happen: people, units that may have a case, and what cases are about."""

    people: People
    units: Sequence[str]
    revisions: Sequence[Revision]
    personal: str


@dataclass
class Races:
    """Races on cases of their own; `with` gives its threads their connections back."""

    scenery: Scenery
    chance: Random
    threads: int = THREADS
    came: list[Came] = field(default_factory=list)
    serial: int = 0

    def __enter__(self) -> "Races":
        self.pool = ThreadPoolExecutor(self.threads, initializer=_hurry)
        self.barrier = threading.Barrier(self.threads, timeout=PATIENCE_S)
        return self

    def __exit__(self, *_: object) -> None:
        list(self.pool.map(self._part, range(self.threads)))
        self.pool.shutdown()

    def run(self, races: int) -> None:
        """Run so many races, several on each group of cases."""
        refs: list[str] = []
        for number in range(races):
            if number % RACES_A_GROUP == 0:
                refs = self._open(is_personal=number // RACES_A_GROUP % PERSONAL == PERSONAL - 1)
            self.came += self._rush(self._drawn(refs, at=utc_now()))

    def _open(self, *, is_personal: bool) -> list[str]:
        one = self.scenery.revisions[0]
        matter = self.scenery.personal if is_personal else one.matter
        at = utc_now()
        news = [
            NewCase(
                title="路灯不亮",
                body="晚上走路看不见。",
                matter=matter,
                area=one.area,
                petition_type=one.petition_type,
                channel="phone",
                received_at=at,
            )
            for _ in range(AT_CASES)
        ]
        self.serial += 1
        keyed = [(new, f"open:{self.serial}:{n}") for n, new in enumerate(news)]
        return [case.public_id for case in open_cases(keyed, actor=SYSTEM_ACTOR, at=at)]

    def _drawn(self, refs: list[str], *, at: datetime) -> list[tuple[str, str, Command]]:
        """Draw a command for each thread: its name, its key, itself."""
        self.chance.shuffle(refs)
        standings = [self._standing(ref, refs, at) for ref in refs]
        possible = [{name: make(s) for name, make in ACTS.items()} for s in standings]
        drawn: list[tuple[str, str, Command]] = []
        while len(drawn) < self.threads:
            if drawn and self.chance.random() < REPEATED:
                drawn.append(drawn[-1])
                continue
            is_first = self.chance.random() < ON_THE_FIRST
            at_hand = possible[0] if is_first else self.chance.choice(possible)
            chosen = self.chance.choice((MOVING, BESIDE, AFTER))
            names = [name for name in chosen if at_hand[name]]
            command = at_hand[name := self.chance.choice(names)] if names else None
            if command:
                self.serial += 1
                drawn.append((name, f"race:{self.serial}", command))
        return drawn

    def _standing(self, ref: str, refs: Sequence[str], at: datetime) -> Standing:
        case = Case.objects.select_related("standard", "matter").get(public_id=ref)
        return Standing(
            case,
            self.scenery.people,
            [other for other in refs if other != ref],
            self.chance,
            at,
            self.scenery.units,
            self.scenery.revisions,
        )

    def _rush(self, drawn: Sequence[tuple[str, str, Command]]) -> list[Came]:
        return list(self.pool.map(lambda one: self._try(*one), drawn))

    def _try(self, name: str, key: str, command: Command) -> Came:
        self.barrier.wait()
        try:
            done = command(key)
        except LinliError as refusal:
            return Came(name, key, type(refusal).__name__)
        except (django.db.Error, LookupError, TypeError, ValueError) as error:
            return Came(name, key, f"{ERROR} {type(error).__name__}: {error}")
        if done is None and name == "dispatch_by_list":
            return Came(name, key, "NobodyListed")
        return Came(name, key, DONE)

    def _part(self, _: int) -> None:
        self.barrier.wait()
        connection.close()


def _hurry() -> None:
    """Let commits not wait for the disk: what a power cut would take is not asked here."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def measure(*, races: int, seed: int) -> Figures:
    """Race on a ground of its own; returns the figures of the bench."""
    progress("laying the ground")
    scenery = scenery_of(lay_ground(at=utc_now()), at=utc_now())
    progress(f"{races} races of {THREADS}")
    with Races(scenery, Random(seed)) as held:  # noqa: S311  # which commands meet; no secret
        held.run(races)
    progress("telling every history again")
    return figures_of(held.came) | {"races": races, "threads": THREADS, "seed": seed}


def figures_of(came: Sequence[Came]) -> dict[str, Figure]:
    """Count what was tried, and what is wrong of it."""
    faults = faults_of_answers(came, stored_keys()) + faults_of_histories() + faults_of_all()
    done = Counter(one.name for one in came if one.what == DONE)
    never = sorted(ACTS.keys() - done.keys())
    if never:
        why = Counter(f"{one.name} {one.what}" for one in came if one.name in never)
        progress(f"never carried out: {', '.join(never)}: {dict(why)}")
    progress("carried out: " + ", ".join(f"{name} {count}" for name, count in done.most_common()))
    return {
        "tried": len(came),
        "done": done.total(),
        "refused": len(came) - done.total() - faults["errors"],
        "services": len(ACTS),
        "services_never": len(never),
        "failed": faults.total(),
        **{kind: faults[kind] for kind in KINDS},
    }


def scenery_of(ground: Ground, *, at: datetime) -> Scenery:
    """Choose people, units and matters of the demo town."""
    one, two = (area.code for area in ground.geography.communities[:2])
    path = area_by_code(one).path
    tree = matter_tree(at)
    above = {matter.parent_id for matter in tree}
    leaves = [m for m in tree if m.pk not in above and m.standard_code == settings.LINLI_STANDARD]
    listed = {
        m.code: [s.unit.code for s in units_for_dispatch(m.code, path, at=at)] for m in leaves
    }
    first, second = [code for code, units in listed.items() if len(units) > 1][:2]
    units = [*dict.fromkeys(listed[first][:3])]
    return Scenery(
        _people(ground, units, at=at),
        units,
        (
            Revision(first, one, "complaint", "ordinary"),
            Revision(second, two, "help", "ordinary"),
            Revision(first, two, "help", "urgent"),
        ),
        next(m.code for m in tree if m.pk not in above and m.standard_code == "privacy_request"),
    )


def _people(ground: Ground, units: Sequence[str], *, at: datetime) -> People:
    holders = next(post.holders for post in ground.organisation.posts if post.role == "clerk")
    second = user_by_name(holders[1].username)
    if second is None:
        raise LookupError("the town has no second clerk")
    handlers = {}
    for unit in units:
        user = user_by_name(ground.organisation.holder("handler", unit).username)
        if user is not None:
            handlers[unit] = actor_for(user, at=at)
    return People(
        ground.actor("clerk", at=at),
        actor_for(second, at=at),
        ground.actor("supervisor", at=at),
        handlers,
    )
