"""Ways in that take a second person: deciding on them, shutting them, and who did not decide.

Serves: R109 R129 X02 X08.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.access.events import (
    OpeningDecided,
    OpeningEnded,
    OpeningUnconfirmed,
)
from linli.domain.access.models import Opening
from linli.domain.access.rules.openings import (
    BREAK,
    GLASS,
    approving,
    spans_of,
)
from linli.domain.access.selectors import (
    SYSTEM_ACTOR,
    Actor,
    is_shielded_from,
    may_on,
)
from linli.domain.audit.services import record
from linli.domain.cases.models import Case
from linli.domain.organisations.selectors import actor_for
from linli.kernel.errors import NotFound, NotPermitted, WrongState

State = Opening.State


@transaction.atomic
def decide_opening(ref: str, *, granted: bool, actor: Actor, at: datetime) -> Opening:
    """Grant or refuse what another asked for; it opens now, for as long as the rules say.

    What stood open already is confirmed, or shut at once. Records OpeningDecided. Raises NotFound
    to whom the case itself is not in reach, NotPermitted to whoever asked, and WrongState where it
    was decided or ran out, or where who asked may not have it any more.
    """
    opening = _locked(ref)
    case = _within_reach(opening, actor)
    if actor.user_id is None or actor.user_id == opening.user_id:
        raise NotPermitted(
            "不能审批自己的申请。请由另一位有权限的人员审批。",
            "Nobody decides on what they asked for. Let another person do it.",
        )
    has_run_out = opening.decide_by <= at and not opening.is_urgent
    if opening.state != State.ASKED or has_run_out:
        raise WrongState(
            "这项申请已有人审批，或者已经过期。请刷新页面查看结果。",
            "Somebody has decided on this, or it has run out. Reload the page to see.",
        )
    if granted:
        _require_worthy(opening, case, at=at)
    opening.state = State.GRANTED if granted else State.REFUSED
    opening.decided_by_id, opening.decided_at = actor.user_id, at
    if granted and opening.starts_at is None:
        opening.starts_at, opening.ends_at = at, at + spans_of(opening.kind).open
    elif not granted and opening.starts_at is not None:
        opening.ended_by_id, opening.ended_at = actor.user_id, at
    opening.save()
    until = opening.ends_at.isoformat() if granted and opening.ends_at else ""
    said = (opening.public_id, opening.kind, opening.case_ref, opening.state, until)
    record(OpeningDecided(*said), actor=actor, at=at)
    return opening


@transaction.atomic
def end_opening(ref: str, *, actor: Actor, at: datetime) -> Opening:
    """Shut what stands open, at once. Records OpeningEnded.

    For whoever asked, whoever granted, and whoever could. Raises NotFound to all others, and
    WrongState where it is shut already.
    """
    opening = _locked(ref)
    if actor.user_id is None or actor.user_id not in (opening.user_id, opening.decided_by_id):
        _within_reach(opening, actor)
    is_open = opening.starts_at is not None and opening.ended_at is None
    if not is_open or opening.ends_at is None or opening.ends_at <= at:
        raise WrongState(
            "这项查阅已经结束，不用再收回。",
            "This access has ended; there is nothing left to shut.",
        )
    opening.ended_by_id, opening.ended_at = actor.user_id, at
    opening.save(update_fields=["ended_by", "ended_at"])
    said = (opening.public_id, opening.kind, opening.case_ref)
    record(OpeningEnded(*said), actor=actor, at=at)
    return opening


@transaction.atomic
def alarm_unconfirmed(*, at: datetime, limit: int = 100) -> int:
    """Tell auditors of emergency access that nobody confirmed in time; returns how many.

    Records OpeningUnconfirmed.
    """
    late = Opening.objects.select_for_update(skip_locked=True).filter(
        state=State.ASKED, starts_at__isnull=False, decide_by__lte=at, alarmed_at__isnull=True
    )
    found = list(late.order_by("decide_by")[:limit])
    for opening in found:
        opening.alarmed_at = at
        opening.save(update_fields=["alarmed_at"])
        fact = OpeningUnconfirmed(opening.public_id, opening.case_ref)
        record(fact, actor=SYSTEM_ACTOR, at=at)
    return len(found)


def _locked(ref: str) -> Opening:
    found = Opening.objects.select_for_update(of=("self",)).select_related("user")
    opening = found.filter(public_id=ref).first()
    if opening is None:
        raise NotFound
    return opening


def _within_reach(opening: Opening, actor: Actor) -> Case:
    """Return the case of an opening to whoever may decide on it and sees the case by post."""
    case = Case.objects.filter(public_id=opening.case_ref).first() if opening.case_ref else None
    mine = actor.by_post()
    if case is None or not (
        may_on(mine, approving(opening.kind), case) and may_on(mine, "case.view", case)
    ):
        raise NotFound
    return case


def _require_worthy(opening: Opening, case: Case, *, at: datetime) -> None:
    """Raise WrongState where who asked may not have it now."""
    asker = actor_for(opening.user, at=at)
    if is_shielded_from(asker, case):
        raise WrongState(
            "申请人所在单位在这件工单中被投诉，不能批准。",
            "The unit of whoever asked is complained about in this case; it cannot be granted.",
        )
    may_have = asker.may(BREAK) if opening.kind == GLASS else may_on(asker, "person.view", case)
    if not may_have:
        raise WrongState(
            "申请人现在的岗位已不能使用这项查阅，不能批准。",
            "Whoever asked holds no post any more for which this could be granted.",
        )
