"""Messages come in, one or hundreds at once: checked, read, a case opened, all in a transaction.

Serves: R045 R049 R081 R134.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.audit.services import lock_streams, record_all
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import archive_cases, open_cases
from linli.domain.needs.errors import NumberUsed
from linli.domain.needs.events import MessageReceived
from linli.domain.needs.models import Message, Reading
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.selectors.standing import standing
from linli.domain.needs.services.planning import (
    Fresh,
    Incoming,
    Plan,
    Repeat,
    RepeatOf,
    plan_messages,
)
from linli.domain.needs.services.receipts import receipt_again
from linli.domain.vault.selectors import NAME, PHONE
from linli.domain.vault.services import Person, seal_many
from linli.kernel.errors import LinliError
from linli.kernel.ids import public_id
from linli.methods.normalise import clean

ATTEMPTS = 5


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
    naming field and row, UnknownArea, UnknownCode, KeyReused, NumberUsed, NoAreas.
    """
    came = receive_messages([Incoming(new, key)], actor=actor, at=at)[0]
    if isinstance(came, LinliError):
        raise came
    if not came.is_repeat:
        wall.hold([came.case.pk])  # whoever took it down may add to it
    if came.message.key != key and not _says_the_same(came.message, new):
        raise NumberUsed(new.source_id)
    return came


def _says_the_same(message: Message, new: NewMessage) -> bool:
    """Whether nothing would be lost if a message were taken for one that came before."""
    given = ((new.title, message.title), (new.address, message.address))
    return clean(new.body) == message.body and all(
        not text or " ".join(clean(text).split()) == kept for text, kept in given
    )


def receive_messages(
    batch: Sequence[Incoming], *, actor: Actor, at: datetime
) -> list[Received | LinliError]:
    """Take messages in as `receive_message` does one after the other, in one transaction.

    What comes with its ending is taken over as a closed case: nothing follows from it.
    Returns in their order what came of each, or why it was refused; what is refused leaves
    nothing behind. Where another process takes in the same meanwhile, all is looked at again.

    Records MessageReceived and CaseOpened for each, CaseArchived for what has ended. Raises
    NotPermitted, NoAreas.
    """
    if not is_resident(actor):
        require_act(actor, "message.create")
    for _ in range(ATTEMPTS - 1):
        try:
            return _receive(batch, actor=actor, at=at)
        except IntegrityError:  # somebody else was first: then it is known now
            continue
    return _receive(batch, actor=actor, at=at)


def is_resident(actor: Actor) -> bool:
    """Whether somebody speaks for themselves, without an account; they need no post for it."""
    return actor.user_id is None and not actor.is_system


@wall.wider("intake")
def _receive(
    batch: Sequence[Incoming], *, actor: Actor, at: datetime
) -> list[Received | LinliError]:
    plans = plan_messages(batch, standing(at), at=at)
    fresh = [plan for plan in plans if isinstance(plan, Fresh)]
    stored = iter(_store(fresh, actor=actor, at=at) if fresh else ())
    came: list[Received | LinliError] = []
    for one, plan in zip(batch, plans, strict=True):
        came.append(next(stored) if isinstance(plan, Fresh) else _not_fresh(plan, one.key, came))
    return came


def _not_fresh(
    plan: Plan, key: str, came: Sequence[Received | LinliError]
) -> Received | LinliError:
    if isinstance(plan, Repeat):
        again = plan.new.receipt or receipt_again(plan.message.case, key)
        receipt = again if plan.is_same_key else ""
        return Received(plan.message.case, plan.message, receipt, is_repeat=True)
    if isinstance(plan, RepeatOf):
        first = came[plan.place]
        if isinstance(first, LinliError):
            return first
        receipt = first.receipt if plan.is_same_key else ""
        return Received(first.case, first.message, receipt, is_repeat=True)
    if isinstance(plan, LinliError):
        return plan
    raise TypeError("a fresh message is stored")


@transaction.atomic
def _store(fresh: Sequence[Fresh], *, actor: Actor, at: datetime) -> list[Received]:
    cases = _cases(fresh, actor=actor, at=at)
    pairs = list(zip(fresh, cases, strict=True))
    messages = Message.objects.bulk_create(_message(one, case, at=at) for one, case in pairs)
    kept = list(zip(fresh, messages, strict=True))
    seal_many([_person(one, case) for one, case in pairs], at=at)
    Reading.objects.bulk_create(
        _reading(one, message)
        for one, message in kept
        if one.ending is None or one.reading.matters  # of history nothing is suggested unread
    )
    record_all([_fact(one, message) for one, message in kept], actor=actor, at=at)
    return [Received(message.case, message, one.receipt, is_repeat=False) for one, message in kept]


def _cases(fresh: Sequence[Fresh], *, actor: Actor, at: datetime) -> list[Case]:
    """Open a case for what is to be worked on, and take over what has ended, in their order."""
    pasts = [(past, one.key) for one in fresh if (past := one.past) is not None]
    news = [(one.opening, one.key) for one in fresh if one.ending is None]
    if pasts and news:  # two acts of one transaction: their streams are locked in one order
        lock_streams(one.opening.name.ref for one in fresh if one.opening.name is not None)
    opened = iter(open_cases(news, actor=actor, at=at) if news else ())
    archived = iter(archive_cases(pasts, actor=actor, at=at) if pasts else ())
    return [next(opened if one.ending is None else archived) for one in fresh]


def _person(one: Fresh, case: Case) -> Person:
    said = {NAME: one.new.reporter_name, PHONE: one.new.reporter_phone}
    return Person(case.public_id, {field: value for field, value in said.items() if value})


def _message(one: Fresh, case: Case, *, at: datetime) -> Message:
    new = one.new
    return Message(
        public_id=public_id(),
        case=case,
        key=one.key,
        fingerprint=one.mark,
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


def _reading(one: Fresh, message: Message) -> Reading:
    reading, place = one.reading, one.reading.place
    return Reading(
        message=message,
        model=reading.model,
        matters=[dict(vars(guess)) for guess in reading.matters],
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
        reasons=[dict(vars(reason)) for reason in reading.reasons],
    )


def _fact(one: Fresh, message: Message) -> MessageReceived:
    return MessageReceived(
        case_ref=message.case.public_id,
        message_ref=message.public_id,
        channel=one.new.channel,
        source=one.new.source,
        model=one.reading.model,
        suggested=one.reading.suggested_matter,
        abstained=one.reading.abstained,
    )
