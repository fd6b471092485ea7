"""Ways in that take a second person: what waits, what stands open, what has been.

Serves: R109 R129 X02.
"""

from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet

from linli.domain.access.models import Opening
from linli.domain.access.rules.actors import standing_of
from linli.domain.access.rules.openings import (
    APPROVE_GLASS,
    APPROVE_PERSON,
    GLASS,
    PERSON,
    needs_two_to_see_who,
)
from linli.domain.access.selectors import Actor, is_open_at, may, visible
from linli.domain.cases.models import Case
from linli.domain.cases.selectors.renditions import shielded_refs

SEE_ALL = "audit.view"
DECIDING = {GLASS: APPROVE_GLASS, PERSON: APPROVE_PERSON}
# `unconfirmed` stands open, or stood, without a second person, whose time has run out.
StateWord = Literal["waiting", "open", "over", "ended", "refused", "lapsed", "unconfirmed"]


def needs_two_persons(case: Case) -> bool:
    """Whether one person's reason is not enough to see who complains in a case."""
    return needs_two_to_see_who(standing_of(case))


def open_person(case: Case, actor: Actor, *, at: datetime) -> Opening | None:
    """Return what lets an actor see who complains in a case at a moment, or None."""
    return _open(actor, PERSON, case, at)


def open_glass(case: Case, actor: Actor, *, at: datetime) -> Opening | None:
    """Return what lets an actor look at a case beyond reach at a moment, or None."""
    return _open(actor, GLASS, case, at)


def asked_person(case: Case, actor: Actor, *, at: datetime) -> Opening | None:
    """Return what an actor has asked for in a case and nobody has decided yet, or None."""
    mine = _own(actor).filter(kind=PERSON, case_ref=case.public_id)
    return mine.filter(state=Opening.State.ASKED, decide_by__gt=at).first()


def own_openings(actor: Actor, *, most: int = 20) -> list[Opening]:
    """Return what an actor has asked for, newest first."""
    return list(_own(actor).order_by("-asked_at", "-id")[:most])


def waiting_openings(actor: Actor, *, at: datetime) -> QuerySet[Opening]:
    """Return what waits for a decision that the actor may take, oldest first."""
    rows = Opening.objects.filter(_reached(actor), state=Opening.State.ASKED)
    rows = rows.filter(Q(decide_by__gt=at) | Q(starts_at__isnull=False))
    return rows.exclude(pk__in=_own(actor)).select_related("user").order_by("asked_at", "id")


def openings_that_wait(actor: Actor, *, at: datetime) -> list[QuerySet[Opening]]:
    """Return what waits for a decision of the actor; for auditors, what nobody confirmed in time.

    None of either where the post has no part in it.
    """
    found = []
    if any(may(actor, act) for act in DECIDING.values()):
        found.append(waiting_openings(actor, at=at))
    if may(actor, SEE_ALL):
        found.append(unconfirmed_openings(actor, at=at))
    return found


def unconfirmed_openings(actor: Actor, *, at: datetime) -> QuerySet[Opening]:
    """Return emergency access that was given at once and nobody confirmed in time."""
    late = Q(state=Opening.State.ASKED, starts_at__isnull=False, decide_by__lte=at)
    return openings_within(actor).filter(late)


def openings_within(actor: Actor) -> QuerySet[Opening]:
    """Return what was ever asked for, as far as the actor oversees it, newest first.

    Auditors see all but what is about complaints of their own unit; others what they could decide.
    """
    reached = _reached(actor)
    if may(actor, SEE_ALL):
        reached |= ~Q(case_ref__in=shielded_refs(actor))
    rows = Opening.objects.filter(reached).select_related("user", "decided_by")
    return rows.order_by("-asked_at", "-id")


def opening_to_decide(actor: Actor, ref: str, *, ends: bool = False) -> Opening | None:
    """Return one that the actor may decide on, or shut (`ends`), or None.

    Whoever asked may shut their own, and whoever granted it may as well, whatever they see now.
    """
    mine = _reached(actor)
    if ends and actor.user_id is not None:
        mine |= Q(user_id=actor.user_id) | Q(decided_by_id=actor.user_id)
    rows = Opening.objects.filter(mine, public_id=ref)
    return rows.select_related("user", "decided_by").first()


def openings_of_cases(refs: list[str]) -> list[str]:
    """Return public ids of whatever was asked for about some cases, by their public ids."""
    if not refs:
        return []
    rows = Opening.objects.filter(case_ref__in=refs)
    return list(rows.values_list("public_id", flat=True))


def state_of(opening: Opening, *, at: datetime) -> StateWord:
    """Say how an opening stands at a moment, for whoever oversees it."""
    if opening.ended_at is not None and opening.state != Opening.State.REFUSED:
        return "ended"
    if opening.state == Opening.State.REFUSED:
        return "refused"
    is_late = opening.decide_by <= at
    if opening.state == Opening.State.ASKED and is_late:
        return "lapsed" if opening.starts_at is None else "unconfirmed"
    if opening.ends_at is None:
        return "waiting"
    return "open" if opening.ends_at > at else "over"


def told_state_of(opening: Opening, *, at: datetime) -> StateWord:
    """Say how an opening stands for whoever asked: of a case beyond reach, nothing it would tell.

    A refusal looks like an ask that nobody decides on: it would say that there is such a case.
    """
    state = state_of(opening, at=at)
    if opening.starts_at is not None:
        if state == "refused":
            return "ended"
        is_open = opening.ended_at is None and opening.ends_at is not None and opening.ends_at > at
        return "open" if is_open else ("ended" if opening.ended_at else "over")
    if opening.kind == GLASS and state in ("refused", "waiting", "lapsed"):
        return "waiting" if opening.decide_by > at else "lapsed"
    return state


def _own(actor: Actor) -> QuerySet[Opening]:
    rows = Opening.objects.all()
    return rows.none() if actor.user_id is None else rows.filter(user_id=actor.user_id)


def _open(actor: Actor, kind: str, case: Case, at: datetime) -> Opening | None:
    mine = _own(actor).filter(is_open_at(at), kind=kind, case_ref=case.public_id)
    return mine.order_by("-ends_at").first()


def _reached(actor: Actor) -> Q:
    """What is about cases that the actor sees by post and may decide for."""
    mine = actor.by_post()
    seen = visible(Case.objects.all(), mine, "case.view")
    reached = Q(pk__in=[])
    for kind, act in DECIDING.items():
        if may(mine, act):
            refs = visible(seen, mine, act).values("public_id")
            reached |= Q(kind=kind, case_ref__in=refs)
    return reached
