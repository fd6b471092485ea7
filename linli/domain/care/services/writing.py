"""Writing down a consent, a session or a crisis card, sealed before it is stored.

Serves: R129 R142.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from linli.domain.access.selectors import Actor, Level
from linli.domain.audit.services import record
from linli.domain.care.errors import ConsentMissing, NotCounselled
from linli.domain.care.events import CareWritten
from linli.domain.care.models import CareEntry
from linli.domain.care.rules.kinds import (
    CONSENT,
    SESSION,
    CareKind,
    faults_in,
    kind_of,
    subject_of,
)
from linli.domain.care.selectors import WRITE, in_force
from linli.domain.care.services.ending import erase_entry
from linli.domain.cases.models import Case
from linli.domain.cases.services.steps import lock_for, require_open_words
from linli.domain.catalogue.selectors import parameter
from linli.domain.vault.services import seal_person
from linli.kernel.errors import RejectedTogether
from linli.methods.normalise import clean


@transaction.atomic
def write_record(
    ref: str, *, kind: str, words: Mapping[str, str], actor: Actor, at: datetime, key: str
) -> CareEntry:
    """Write a record of a counselling case; sent twice with one key it is written once.

    A session needs a consent in force; a crisis card needs none, because it is to save life. A new
    consent or card takes the place of the one before. Records CareWritten, and CareErased for a
    card that was replaced.

    Parameters
    ----------
    kind : consent, session or card. words : by field of the kind.

    Raises NotFound, NotPermitted, NotCounselled, ConsentMissing, RejectedTogether, SecretMarked.
    """
    case = lock_for(ref, act=WRITE, actor=actor)
    if case.confidentiality != Level.SEALED:
        raise NotCounselled
    before = CareEntry.objects.filter(case=case, key=key).first()
    if before is not None:
        return before
    form = kind_of(kind)
    if faults := list(faults_in(form, words)):
        raise RejectedTogether(faults)
    require_open_words(*words.values())
    if kind == SESSION and not in_force(case, CONSENT, at).exists():
        raise ConsentMissing
    if form.alone:
        _end_former(case, kind, at=at, actor=actor)
    last = CareEntry.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    entry = CareEntry(
        case=case,
        number=last + 1,
        kind=kind,
        at=at,
        until=_until(form, at),
        by_id=actor.user_id,
        by_name=actor.name,
        key=key,
    )
    kept = {name: clean(said) for name, said in words.items() if said.strip()}
    seal_person(subject_of(case.public_id, entry.number), kept, at=at)
    entry.save(force_insert=True)
    record(CareWritten(case.public_id, entry.number, kind), actor=actor, at=at)
    return entry


def _until(form: CareKind, at: datetime) -> datetime | None:
    if not form.lasts:
        return None
    return at + timedelta(days=int(parameter(form.lasts, at).value))


def _end_former(case: Case, kind: str, *, at: datetime, actor: Actor) -> None:
    """Let what held so far give way: a consent is kept as it was given, a card is destroyed."""
    for former in in_force(case, kind, at).select_for_update():
        former.ended_at = at
        former.save(update_fields=["ended_at"])
        if kind != CONSENT:
            erase_entry(former, case.public_id, reason="replaced", actor=actor, at=at)
