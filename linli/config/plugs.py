"""Which adapter fills which port of the domain, where one part of it asks another.

The settings name these by path: they need the models, which are not there when settings are read.
"""

from collections.abc import Collection, Mapping

from django.db.models import Q

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors import cases_within
from linli.domain.ledgers.ports import FoundCase


class CasesInReach:
    """Finds the cases that records of ledgers name; what is out of reach is not there."""

    def in_reach(self, actor: Actor, words: Collection[str]) -> Mapping[str, FoundCase]:
        """Return word → case, for each public id or number that the actor may look at."""
        rows = cases_within(actor, act="case.view")
        found = rows.filter(Q(public_id__in=words) | Q(number__in=words))
        cases = [FoundCase(*row) for row in found.values_list("public_id", "number", "title")]
        both = [*((case.ref, case) for case in cases), *((case.number, case) for case in cases)]
        return {word: case for word, case in both if word in words}
