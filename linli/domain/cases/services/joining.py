"""Wholes that go on by themselves once their parts are closed.

Serves: R020 R106.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.events import PartsJoined
from linli.domain.cases.models import Case, Link
from linli.domain.cases.rules.flow import join_is_met, move_after
from linli.domain.cases.services.moving import follow, views
from linli.domain.cases.services.steps import (
    close_item,
    is_repeat,
    known_of,
    lock_case,
    open_items,
    stage_def,
    write,
)
from linli.domain.catalogue.selectors import CLOSED


def advance_wholes(ref: str, *, at: datetime) -> int:
    """Let the wholes of a closed part go on where their stage waits for it; returns how many.

    Called by the reaction to CaseClosed, and by a sweeper for those that it missed. Records
    PartsJoined, once a stage and round.
    """
    links = Link.objects.filter(kind=Link.Kind.PART, case__public_id=ref)
    wholes = links.filter(other__status=Case.Status.OPEN)
    return sum(_advance(whole, at) for whole in wholes.values_list("other__public_id", flat=True))


def advance_waiting(*, at: datetime) -> int:
    """Let every whole go on whose parts are closed; returns how many did."""
    links = Link.objects.filter(kind=Link.Kind.PART, case__status=Case.Status.CLOSED)
    wholes = links.filter(other__status=Case.Status.OPEN).distinct()
    return sum(_advance(whole, at) for whole in wholes.values_list("other__public_id", flat=True))


@transaction.atomic
def _advance(ref: str, at: datetime) -> bool:
    case = lock_case(ref)
    if case.status == Case.Status.CLOSED:
        return False
    stage = stage_def(case)
    then = stage.parts.then if stage.parts else None
    if stage.parts is None or then is None:
        return False
    key = f"parts:{stage.key}:{case.round}"
    items = open_items(case)
    if is_repeat(case, key) or not items:
        return False
    parts = Link.objects.filter(other=case, kind=Link.Kind.PART)
    ends = list(parts.values_list("case__closed_at", flat=True))
    if not join_is_met(stage.parts.join, ends, since=min(item.opened_at for item in items)):
        return False
    way, known = stage.way(then), known_of(case)
    if way is not None and way.target(known) == CLOSED and None in ends:
        return False  # it cannot end before its parts; the last of them lets it go on
    for item in items:
        move = move_after(stage, views(items), done=item.pk, outcome=then, facts=known)
        close_item(item, outcome=then, reason="", result={}, actor=SYSTEM_ACTOR, at=at)
        if move is not None:
            break
    fact = PartsJoined(case.public_id, stage.key, then)
    write(case, fact, actor=SYSTEM_ACTOR, at=at, key=key, item=items[0])
    if move is not None:
        follow(case, move, actor=SYSTEM_ACTOR, at=at, outcome=then)
    return True
