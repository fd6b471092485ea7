"""Which addresses and methods are sent to: the table of routes, every act and odd methods."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from linli.config.bench._access_oracle import Policy
from linli.config.bench._access_routes import ANY, Row, Table, served
from linli.config.bench._requests_sender import named, quoted
from linli.config.bench._requests_stage import RESIDENT, Stage

PLACE = re.compile(r"\(\?P<(\w+)>(?:\[[^]]*\]|[^)[])*\)|<(?:\w+:)?(\w+)>")
ANCHORS = re.compile(r"[\^$]|\\[AZ]")
API = "api:"
OF_THE_API = 8  # times as often as each page: there are few, and machines call them
CHANGING = 3  # times as often those that change what is ours
ODD = ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "get")


@dataclass(frozen=True, eq=False)  # told apart by what they are, since rows hold dicts
class Target:
    """A route, a method, and where the route stands for many acts, which."""

    row: Row
    method: str
    act: str = ""

    @property
    def key(self) -> str:
        """What addresses of this kind are remembered by."""
        return named(self.row.route, self.act)

    @property
    def name(self) -> str:
        """Method, route and act."""
        return f"{self.method} {self.key}"

    @property
    def is_api(self) -> bool:
        """Whether machines call it."""
        return self.row.route.startswith(API)

    @property
    def pattern(self) -> str:
        """The address with its places."""
        return "/" + ANCHORS.sub("", served()[self.row.route])

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the places in the address."""
        return tuple(found[1] or found[2] for found in PLACE.finditer(self.pattern))

    def address(self, values: Mapping[str, str]) -> str:
        """Return the address with these values in its places; what has none is a word."""
        return PLACE.sub(
            lambda found: quoted(values.get(found[1] or found[2], "none")), self.pattern
        )


@cache
def _table() -> Table:
    return Table.of_the_platform()


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    return tuple(Policy.of_the_platform().lines)


@cache
def targets() -> tuple[Target, ...]:
    """Return every route by every method that it has a row for, each act a target of its own."""
    table = _table()
    found: list[Target] = []
    for row in table.rows:
        acts = list(table.acts) if row.act_by else [""]
        for method in ("GET", "POST") if row.method == ANY else (row.method,):
            of_row = [Target(row, method, act) for act in acts]
            found += of_row * _often(row)
    return tuple(found)


def _often(row: Row) -> int:
    if row.route.startswith(API):
        return OF_THE_API
    return CHANGING if row.method == "POST" else 1


@cache
def odd_targets() -> tuple[Target, ...]:
    """Return every route by a method that it has no row for."""
    first = {row.route: row for row in _table().rows}
    return tuple(Target(row, ODD[place % len(ODD)]) for place, row in enumerate(first.values()))


@cache
def insiders(target: Target) -> tuple[str, ...]:
    """Return who is let in at an address, so that what is behind the door is tried as well."""
    row, table = target.row, _table()
    if row.of == "receipt" or row.route.startswith("portal:"):
        return (RESIDENT,)
    acts = {table.acts.get(target.act, ""), *row.any, *row.acts[:1]} - {""}
    if table.acts.get(target.act):
        acts = {table.acts[target.act]}
    return tuple(sorted({role for role, act in _lines() if act in acts}))


def filling(target: Target, stage: Stage, chance: Random) -> dict[str, str]:
    """Return what stands in the places of an address of ours that is there."""
    row = target.row
    case = chance.choice(stage.cases)
    account = chance.choice(list(stage.accounts))
    by_kind: Mapping[str, Mapping[str, str]] = {
        "case": {"ref": chance.choice((case.ref, case.ref, case.number)), "photo": case.photo},
        "account": {"username": account, "number": str(stage.accounts[account])},
        "proposal": {"ref": _one(stage.proposals, chance)},
        "rendition": {"ref": _one(stage.renditions, chance)},
    }
    told = chance.choice(list(row.fillings()))
    acts = {row.act_by: target.act} if row.act_by else {}
    return {**by_kind.get(row.what or row.of, {}), **told, **acts}


def _one(refs: Sequence[str], chance: Random) -> str:
    return chance.choice(refs) if refs else "b" * 26
