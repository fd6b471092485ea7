"""How much waits for a person, as every page of the desk tells in its menu: one question for all.

Serves: R033.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors.lists import notices_within
from linli.domain.cases.selectors.openings import openings_that_wait
from linli.domain.cases.selectors.renditions import unanswered_renditions

Found = list[QuerySet[Any]]  # rows of several models, of which only the number counts
WAITING: Mapping[str, Callable[[Actor, datetime], Found]] = {
    "notices": lambda actor, _: [notices_within(actor)],
    "renditions": lambda actor, _: [unanswered_renditions(actor)],
    "openings": lambda actor, at: openings_that_wait(actor, at=at),
}


def waiting_counts(
    actor: Actor, kinds: Collection[str], *, at: datetime, most: int = 100
) -> Counter[str]:
    """Count what waits for the actor.

    Parameters
    ----------
    kinds : names out of `WAITING`.
    most : where counting stops; openings to decide and openings that ring count apart.
    """
    rows = [
        found.order_by().values_list(Value(kind))[:most]
        for kind in kinds
        for found in WAITING[kind](actor, at)
    ]
    if not rows:
        return Counter()
    told = rows[0].union(*rows[1:], all=True) if rows[1:] else rows[0]
    return Counter(kind for (kind,) in told)
