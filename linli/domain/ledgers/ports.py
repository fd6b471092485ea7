"""What ledgers ask of what stands beside them: cases, without knowing what a case is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from linli.domain.access.selectors import Actor


@dataclass(frozen=True)
class FoundCase:
    """A case in reach: its public id, and the number that people quote."""

    ref: str
    number: str
    title: str


class CaseFinder(Protocol):
    """Finds cases for ledgers."""

    def in_reach(self, actor: Actor, words: Collection[str]) -> Mapping[str, FoundCase]:
        """Return word → case, for each public id or number that the actor may look at."""
