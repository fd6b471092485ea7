"""Forbidding, by law, that anything of a case is deleted; and allowing it again."""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.cases.services.steps import lock_for, require_open_words, require_words
from linli.domain.privacy.errors import HeldAlready
from linli.domain.privacy.events import HoldLifted, HoldSet
from linli.domain.privacy.models import LegalHold
from linli.methods.normalise import clean


@transaction.atomic
def set_hold(ref: str, *, reason: str, actor: Actor, at: datetime) -> None:
    """Let nothing of a case be deleted until the hold is lifted. Records HoldSet.

    Raises NotFound, NotPermitted, ReasonMissing, HeldAlready.
    """
    case = lock_for(ref, act="case.hold", actor=actor)
    require_words(reason)
    require_open_words(reason)
    if LegalHold.objects.filter(case=case, lifted_at__isnull=True).exists():
        raise HeldAlready
    LegalHold.objects.create(case=case, reason=clean(reason), set_at=at, set_by_name=actor.name)
    record(HoldSet(case.public_id), actor=actor, at=at)


@transaction.atomic
def lift_hold(ref: str, *, actor: Actor, at: datetime) -> None:
    """Let the times to keep of a case count again. Records HoldLifted.

    Raises NotFound, NotPermitted, HeldAlready where there is none.
    """
    case = lock_for(ref, act="case.hold", actor=actor)
    held = LegalHold.objects.filter(case=case, lifted_at__isnull=True)
    if not held.update(lifted_at=at, lifted_by_name=actor.name):
        raise HeldAlready
    record(HoldLifted(case.public_id), actor=actor, at=at)
