"""Which addresses and methods are sent to: the table of routes, every act and odd methods."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from linli.config.bench._access_routes import ANY, Row, Table, served
from linli.config.bench._requests_sender import named, quoted
from linli.config.bench._requests_stage import Stage

PLACE = re.compile(r"\(\?P<(\w+)>(?:\[[^]]*\]|[^)[])*\)|<(?:\w+:)?(\w+)>")
ANCHORS = re.compile(r"[\^$]|\\[AZ]")
API = "api:"
OF_THE_API = 8  # times as often as each page: there are few, and machines call them
ODD = ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "get")


@dataclass(frozen=True)
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
def targets() -> tuple[Target, ...]:
    """Return every route by every method that it has a row for, and each by one that it has not."""
    table, found = Table.of_the_platform(), []
    for row in table.rows:
        acts = list(table.acts) if row.act_by else [""]
        for method in ("GET", "POST") if row.method == ANY else (row.method,):
            of_row = [Target(row, method, act) for act in acts]
            found += of_row * (OF_THE_API if row.route.startswith(API) else 1)
    first = {row.route: row for row in table.rows}
    odd = [Target(row, ODD[place % len(ODD)]) for place, row in enumerate(first.values())]
    return (*found, *odd)


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
