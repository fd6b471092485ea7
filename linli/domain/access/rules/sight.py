"""How far one person sees at most, whatever a query says: what the second wall is told.

Coarser than the policy table: of all posts together, over all acts on cases.

Serves: R129 X02.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from os.path import commonprefix
from pathlib import Path

import yaml

from linli.domain.access.policy import POLICY, Grant, Level, Reach, Role
from linli.domain.access.rules.actors import Actor, Holding
from linli.kernel.paths import path_range

FILE = Path(__file__).parents[1] / "wall.yaml"
WALL = yaml.safe_load(FILE.read_text(encoding="utf-8"))
WIDER: frozenset[str] = frozenset(WALL["wider"])
MOST_RANGES = int(WALL["numbers"]["most_ranges"]["value"])
CASE_ACTS = frozenset(name for name, act in POLICY.acts.items() if act.of == "case")


@dataclass(frozen=True)
class Sight:
    """What the database may show; by itself nothing.

    Parameters
    ----------
    areas : ranges [low, high) of area paths, at most `MOST_RANGES`.
    units : row ids of the units whose work is done.
    shut : row ids of the units behind the person: cases that complain about them stay shut.
    sealed : by which relation ("area", "unit") sealed cases are reached.
    lent : public ids of cases that emergency access opens; the shield stands above them.
    held : row ids of cases for which the exact rule has been asked; nothing stands above them.
    wider : a key of `wider` in `wall.yaml`, while that is done; else "".
    """

    areas: tuple[tuple[str, str], ...] = ()
    units: tuple[int, ...] = ()
    shut: tuple[int, ...] = ()
    sealed: tuple[str, ...] = ()
    lent: tuple[str, ...] = ()
    held: tuple[int, ...] = ()
    wider: str = ""

    def settings(self) -> dict[str, str]:
        """Return what the database is told: name of a setting → its text, arrays as `{…}`."""
        return {
            "linli.areas": _array(bound for pair in self.areas for bound in pair),
            "linli.units": _array(self.units),
            "linli.shut": _array(self.shut),
            "linli.sealed": _array(self.sealed),
            "linli.lent": _array(self.lent),
            "linli.held": _array(self.held),
            "linli.wider": self.wider,
        }


NOTHING = Sight()


def sight_of(actor: Actor) -> Sight:
    """Return how far somebody sees at most; the system's own acts get nothing this way.

    >>> sight_of(Actor(None, "resident")) == NOTHING
    True
    """
    reaching = list(_reaching(actor))
    paths = {post.area_path for grant, post in reaching if grant.over is Reach.AREA}
    units = {
        unit for grant, post in reaching if grant.over is Reach.UNIT for unit in post.works_for
    }
    sealed = {grant.over.value for grant, post in reaching if _reaches_sealed(grant, post)}
    return Sight(
        areas=ranges_over(paths - {""}),
        units=tuple(sorted(units)),
        shut=actor.belongs_to(),
        sealed=tuple(sorted(sealed)),
        lent=tuple(sorted(actor.opened)),
    )


def ranges_over(paths: Collection[str], *, most: int = MOST_RANGES) -> tuple[tuple[str, str], ...]:
    """Return at most `most` ranges that hold all of some area paths, as narrow as may be.

    Where there are too many, neighbours that share most of their way from the top become one.

    >>> ranges_over({"99/", "99/9901/"})
    (('99/', '990'),)
    >>> ranges_over({"99/9901/990101/", "99/9901/990102/", "99/9902/"}, most=2)
    (('99/9901/990101/', '99/9901/9901020'), ('99/9902/', '99/99020'))
    """
    found: list[tuple[str, str]] = []
    for low, high in sorted(path_range(path) for path in paths):
        if found and high <= found[-1][1]:
            continue
        found.append((low, high))
    while len(found) > most:
        shared = [len(commonprefix([a[0], b[0]])) for a, b in zip(found, found[1:], strict=False)]
        place = shared.index(max(shared))
        found[place : place + 2] = [(found[place][0], found[place + 1][1])]
    return tuple(found)


def _reaching(actor: Actor) -> Iterator[tuple[Grant, Holding]]:
    """Each grant of some act on cases, with the post that gives it."""
    known = set(Role)
    for post in actor.holdings:
        if post.role in known:
            for grant in POLICY.grants[Role(post.role)]:
                if CASE_ACTS.intersection(grant.acts):
                    yield grant, post


def _reaches_sealed(grant: Grant, post: Holding) -> bool:
    return Level.SEALED in grant.levels(post.clearance)


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join('"' + _escaped(str(value)) + '"' for value in values) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
