"""A message comes in: checked, read, a case opened, all in one transaction."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from django.db import IntegrityError, transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.audit.services import record
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import NewCase, open_case
from linli.domain.needs.errors import KeyReused, NoAreas, UnknownArea, UnknownCode
from linli.domain.needs.events import MessageReceived
from linli.domain.needs.models import Message, Reading, Reporter
from linli.domain.needs.rules.intake import NewMessage, checked_message
from linli.domain.needs.rules.reading import TextReading
from linli.domain.needs.rules.urgency import LEVELS, Level
from linli.domain.needs.selectors.readings import message_by_key, message_by_source
from linli.domain.needs.selectors.standing import Standing, standing
from linli.domain.needs.selectors.suggesting import chosen_matter, read_message
from linli.domain.needs.services.receipts import receipt_again, receipt_for
from linli.kernel.ids import public_id

# What does not make another message of it: where it stands in a file, when a clock says it came.
NOT_SAID = frozenset({"receipt", "row", "received_at"})


@dataclass(frozen=True)
class Received:
    """What came of a message.

    Parameters
    ----------
    receipt : the code by which the resident tracks the case; "" where a message of another key
        is known by its number in the source system, because the code is not that caller's.
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

    Records MessageReceived and CaseOpened. Raises NotPermitted, Rejected or RejectedTogether
    naming field and row, UnknownArea, UnknownCode, KeyReused, NoAreas.
    """
    if not is_resident(actor):
        require_act(actor, "message.create")
    known = standing(at)
    checked = checked_message(new, limits=known.limits, at=at)
    found = _known(checked, key)
    if found is not None:
        return found
    _refuse_unknown_codes(checked, known)
    try:
        return _receive(checked, known, actor=actor, at=at, key=key)
    except IntegrityError:
        found = _known(checked, key)
        if found is None:
            raise
        return found


def is_resident(actor: Actor) -> bool:
    """Whether somebody speaks for themselves, without an account; they need no post for it."""
    return actor.user_id is None and not actor.is_system


@transaction.atomic
def _receive(new: NewMessage, known: Standing, *, actor: Actor, at: datetime, key: str) -> Received:
    reading = read_message(new, known=known, at=at)
    receipt = new.receipt or receipt_for(key)
    opening = _case_of(new, reading, known, receipt=receipt, at=at)
    case = open_case(opening, actor=actor, at=at, key=key)
    message = _keep_message(new, case, at=at, key=key)
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
    said = {name: str(value) for name, value in asdict(new).items() if name not in NOT_SAID}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _known(new: NewMessage, key: str) -> Received | None:
    by_key = message_by_key(key)
    if by_key is not None:
        if by_key.fingerprint != fingerprint(new):
            raise KeyReused
        code = new.receipt or receipt_again(by_key.case, key)
        return Received(by_key.case, by_key, code, is_repeat=True)
    found = message_by_source(new.source, new.source_id)
    return None if found is None else Received(found.case, found, "", is_repeat=True)


def _refuse_unknown_codes(new: NewMessage, known: Standing) -> None:
    """Refuse what a person or system has chosen where nothing of that code is in force."""
    if not known.ground.paths:
        raise NoAreas
    if new.area and new.area not in known.ground.paths:
        raise UnknownArea(new.area, new.row)
    if new.matter and new.matter not in known.matters.ids:
        raise UnknownCode("matter", ("事项", "matter"), new.matter, new.row)
    if new.urgency and new.urgency not in LEVELS:
        raise UnknownCode("urgency", ("紧急程度", "urgency"), new.urgency, new.row)


def _case_of(
    new: NewMessage, reading: TextReading, known: Standing, *, receipt: str, at: datetime
) -> NewCase:
    matter = new.matter or chosen_matter(reading, known)
    # The types that there are depend on the matter's standard, hence on what was read.
    if new.petition_type and new.petition_type not in known.petition_types(matter):
        names = ("诉求类型", "petition type")
        raise UnknownCode("petition_type", names, new.petition_type, new.row)
    if reading.place is None:
        raise NoAreas
    return NewCase(
        title=new.title,
        body=new.body,
        matter=matter,
        area=reading.place.code,
        petition_type=new.petition_type or reading.petition_type,
        channel=new.channel,
        received_at=new.received_at or at,
        urgency=cast(Level, new.urgency) if new.urgency else reading.urgency.level,
        address=new.address,
        lng=new.lng,
        lat=new.lat,
        receipt=receipt,
    )


def _keep_message(new: NewMessage, case: Case, *, at: datetime, key: str) -> Message:
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
    return message


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
        duplicates=[
            {"ref": guess.ref, "score": guess.score, "distance_m": guess.distance_m}
            for guess in reading.duplicates
        ],
        reasons=[asdict(reason) for reason in reading.reasons],
    )
