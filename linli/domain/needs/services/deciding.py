"""A person decides what the machine only suggested.

Serves: R049.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import Revision, revise_case
from linli.domain.needs.errors import NoReading
from linli.domain.needs.events import ReadingDecided
from linli.domain.needs.models import Reading


@transaction.atomic
def decide_reading(
    ref: str,
    decision: Revision,
    *,
    seen: int | None = None,
    actor: Actor,
    at: datetime,
    key: str,
) -> Case:
    """Store what a clerk decided beside the suggestion, and revise the case accordingly.

    `seen` is the position of the case's history that the clerk looked at. Deciding the same again
    changes nothing. Records CaseRevised, ReadingDecided. Raises NotFound, NotPermitted,
    CaseIsElsewhere, RevisedMeanwhile, NoReading.
    """
    case = revise_case(ref, decision, seen=seen, actor=actor, at=at, key=key)
    rows = Reading.objects.select_for_update().filter(message__case=case)
    reading = rows.order_by("message_id").first()
    if reading is None:
        raise NoReading
    if _decided(reading) == _columns(decision):
        return case
    _store(reading, decision, actor=actor, at=at)
    suggested = "" if reading.abstained or not reading.matters else reading.matters[0]["code"]
    fact = ReadingDecided(
        case_ref=case.public_id,
        suggested_matter=suggested,
        matter=decision.matter,
        suggested_area=reading.area,
        area=decision.area,
        suggested_urgency=reading.urgency,
        urgency=decision.urgency,
    )
    record(fact, actor=actor, at=at)
    return case


def _store(reading: Reading, decision: Revision, *, actor: Actor, at: datetime) -> None:
    values = _columns(decision) | {
        "decided_by": actor.user_id,
        "decided_by_name": actor.name,
        "decided_at": at,
    }
    for name, value in values.items():
        setattr(reading, name, value)
    reading.save(update_fields=list(values))


def _columns(decision: Revision) -> dict[str, str | int | datetime | None]:
    return {
        "decided_matter": decision.matter,
        "decided_area": decision.area,
        "decided_urgency": decision.urgency,
        "decided_petition_type": decision.petition_type,
    }


def _decided(reading: Reading) -> dict[str, str | int | datetime | None]:
    return {
        "decided_matter": reading.decided_matter,
        "decided_area": reading.decided_area,
        "decided_urgency": reading.decided_urgency,
        "decided_petition_type": reading.decided_petition_type,
    }
