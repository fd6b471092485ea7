"""A message comes in: checked, read, a case opened, all in one transaction."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, cast

from django.db import IntegrityError, transaction

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import NewCase, open_case
from linli.domain.needs.errors import KeyReused, UnknownArea
from linli.domain.needs.events import MessageReceived
from linli.domain.needs.models import Message, Reading, Reporter
from linli.domain.needs.rules.intake import NewMessage, checked_message
from linli.domain.needs.rules.reading import TextReading
from linli.domain.needs.selectors.readings import message_by_key, message_by_source
from linli.domain.needs.selectors.standing import ground, intake_limits
from linli.domain.needs.selectors.suggesting import chosen_matter, suggest
from linli.kernel.ids import public_id, receipt_code


@dataclass(frozen=True)
class Received:
    """What came of a message.

    Parameters
    ----------
    receipt : the code by which the resident tracks the case; "" for a repeated submission,
        because only its digest is kept.
    is_repeat : whether the same submission had come before.
    """

    case: Case
    message: Message
    receipt: str
    is_repeat: bool


def receive_message(new: NewMessage, *, actor: Actor, at: datetime, key: str) -> Received:
    """Take a message in and open a case for it, once however often it is sent.

    Parameters
    ----------
    key : idempotency key of the submission. The same key, or the same number of the same
        source, answers with what came of the first.

    Records MessageReceived and CaseOpened. Raises Rejected or RejectedTogether naming field and
    row, UnknownArea, KeyReused.
    """
    checked = checked_message(new, limits=intake_limits(at), at=at)
    if checked.area and checked.area not in ground().paths:
        raise UnknownArea(checked.area, row=checked.row)
    found = _known(checked, key)
    if found is not None:
        return found
    try:
        return _receive(checked, actor=actor, at=at, key=key)
    except IntegrityError:
        found = _known(checked, key)
        if found is None:
            raise
        return found


@transaction.atomic
def _receive(new: NewMessage, *, actor: Actor, at: datetime, key: str) -> Received:
    reading = suggest(new, at=at)
    receipt = new.receipt or receipt_code()
    case = open_case(_case_of(new, reading, receipt, at), actor=actor, at=at, key=key)
    message = Message.objects.create(
        public_id=public_id(),
        case=case,
        key=key,
        fingerprint=fingerprint(new),
        source=new.source,
        source_id=new.source_id,
        channel=new.channel,
        title=new.title,
        body=new.body,
        address=new.address,
        lng=new.lng,
        lat=new.lat,
        received_at=new.received_at or at,
        stored_at=at,
    )
    if new.reporter_name or new.reporter_phone:
        Reporter.objects.create(message=message, name=new.reporter_name, phone=new.reporter_phone)
    _keep_reading(message, reading)
    fact = MessageReceived(
        case_ref=case.public_id,
        message_ref=message.public_id,
        channel=new.channel,
        source=new.source,
        model=reading.model,
        suggested=reading.suggested_matter,
        abstained=reading.abstained,
    )
    record(fact, actor=actor, at=at)
    return Received(case, message, receipt, is_repeat=False)


def fingerprint(new: NewMessage) -> str:
    """Return a digest of what a message says, to tell a repeat from a key used twice."""
    said = {
        name: str(value)
        for name, value in asdict(new).items()
        if name not in ("receipt", "row", "received_at")
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _known(new: NewMessage, key: str) -> Received | None:
    by_key = message_by_key(key)
    if by_key is not None and by_key.fingerprint != fingerprint(new):
        raise KeyReused
    found = by_key or message_by_source(new.source, new.source_id)
    return None if found is None else Received(found.case, found, "", is_repeat=True)


def _case_of(new: NewMessage, reading: TextReading, receipt: str, at: datetime) -> NewCase:
    place = reading.place
    if place is None:
        raise UnknownArea("", row=new.row)
    urgency = cast(Literal["ordinary", "urgent", "emergency"], new.urgency or reading.urgency.level)
    return NewCase(
        title=new.title,
        body=new.body,
        matter=new.matter or chosen_matter(reading.matters),
        area=place.code,
        petition_type=new.petition_type or reading.petition_type,
        channel=new.channel,
        received_at=new.received_at or at,
        urgency=urgency,
        address=new.address,
        lng=new.lng,
        lat=new.lat,
        receipt=receipt,
    )


def _keep_reading(message: Message, reading: TextReading) -> None:
    place = reading.place
    Reading.objects.create(
        message=message,
        model=reading.model,
        matters=[asdict(guess) for guess in reading.matters],
        abstained=reading.abstained,
        area=place.code if place else "",
        area_origin=place.origin if place else "",
        area_names=list(place.names) if place else [],
        area_others=list(place.others) if place else [],
        urgency=reading.urgency.level,
        urgency_words=list(reading.urgency.words),
        petition_type=reading.petition_type,
        duplicates=[asdict(guess) for guess in reading.duplicates],
        reasons=[asdict(reason) for reason in reading.reasons],
    )
