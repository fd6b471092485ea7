"""How much more time a stage may be given, and how often."""

from collections.abc import Iterable
from typing import Protocol

from linli.domain.catalogue.rules.stage import ExtendDef
from linli.kernel.units import Limit


class Asked(Protocol):
    """A request for more time: in which round it was made, and what came of it."""

    @property
    def round(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def outcome(self) -> str: ...


def most_extra(limit: Limit, terms: ExtendDef) -> Limit:
    """Return by how much a limit may be lengthened at most, in its own unit."""
    if terms.most is not None:
        return Limit(int(terms.most.value), limit.unit)
    factor = float(terms.factor.value) if terms.factor is not None else 0.0
    return Limit(int(limit.value * factor), limit.unit)


def times_used(asked: Iterable[Asked], *, case_round: int) -> int:
    """Count the requests of a round that took one of its chances: neither refused nor cancelled."""
    own = (one for one in asked if one.round == case_round)
    return sum(one.outcome != "refused" and one.state != "cancelled" for one in own)
