"""A record goes from state to state, is looked through again, and goes out of use.

Serves: R017.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.catalogue.selectors import LedgerDef, MoveDef
from linli.domain.ledgers.errors import MoveWaits, NoMoveWaits, NoSuchMove, SameHand
from linli.domain.ledgers.events import (
    MoveProposed,
    MoveRefused,
    RecordMoved,
    RecordRetired,
    RecordReviewed,
)
from linli.domain.ledgers.models import MoveProposal, Record, RecordKey
from linli.domain.ledgers.services.laying import EDIT, claim_values
from linli.domain.ledgers.services.steps import (
    Fact,
    is_repeat,
    lock_for,
    next_review,
    require_in_use,
    require_keeper,
    require_words,
    version_in_force,
    write,
)
from linli.domain.organisations.selectors import day_of
from linli.methods.normalise import clean

DECIDE = "ledger.decide"
MOVED = ["state", "status", "closed_at", "review_due_on", "seq", "updated_at", "updated_by"]


@transaction.atomic
def move_record(
    ref: str, *, move: str, reason: str = "", actor: Actor, at: datetime, key: str
) -> Record:
    """Move a record to another state, or propose it where a second person must agree.

    Records RecordMoved or MoveProposed. Raises NotFound, NotPermitted, NotTheirLedger, NoSuchMove,
    WordsMissing where the move needs a reason, MoveWaits.
    """
    record = lock_for(ref, act=EDIT, actor=actor)
    if is_repeat(record, key):
        return record
    ledger = version_in_force(record.ledger, at).definition
    way = _way(ledger, record, move)
    require_keeper(ledger, actor, way.roles)
    if way.needs_reason:
        require_words(reason)
    if MoveProposal.objects.filter(record=record, state="asked").exists():
        raise MoveWaits(record.number)
    if not way.second_person:
        _move(record, ledger, way, reason, actor, at, key)
        return record
    MoveProposal.objects.create(
        record=record,
        move=move,
        reason=clean(reason),
        proposed_by=actor.user_id,
        proposer_name=actor.name,
        proposed_at=at,
    )
    event = MoveProposed(record.public_id, record.ledger, move)
    _tell(Fact(record, event, {}, {}, clean(reason), key), actor, at)
    return record


@transaction.atomic
def decide_move(
    ref: str, *, granted: bool, reason: str = "", actor: Actor, at: datetime, key: str
) -> Record:
    """Decide, as a second person, on the move that a record waits for; a refusal says why.

    Records RecordMoved or MoveRefused. Raises NotFound, NotPermitted, NoMoveWaits, SameHand for
    who proposed it, WordsMissing, NoSuchMove where the ledger has changed meanwhile.
    """
    record = lock_for(ref, act=DECIDE, actor=actor)
    if is_repeat(record, key):
        return record
    waiting = MoveProposal.objects.select_for_update().filter(record=record, state="asked").first()
    if waiting is None:
        raise NoMoveWaits(record.number)
    if actor.user_id is None or actor.user_id == waiting.proposed_by:
        raise SameHand
    ledger = version_in_force(record.ledger, at).definition
    found = ledger.move(waiting.move)
    if found and found.decided_by:
        require_keeper(ledger, actor, found.decided_by)
    if not granted:
        require_words(reason)
    waiting.state = MoveProposal.State.GRANTED if granted else MoveProposal.State.REFUSED
    waiting.decided_by, waiting.decider_name = actor.user_id, actor.name
    waiting.decided_at, waiting.answer = at, clean(reason)
    waiting.save()
    if granted:
        way = _way(ledger, record, waiting.move)
        _move(record, ledger, way, reason or waiting.reason, actor, at, key)
    else:
        event = MoveRefused(record.public_id, record.ledger, waiting.move)
        _tell(Fact(record, event, {}, {}, clean(reason), key), actor, at)
    return record


@transaction.atomic
def review_record(ref: str, *, note: str = "", actor: Actor, at: datetime, key: str) -> Record:
    """Say that a record was looked through and holds; its next review is reckoned from today.

    Records RecordReviewed. Raises NotFound, NotPermitted, NotTheirLedger, RecordRetired.
    """
    record = lock_for(ref, act=EDIT, actor=actor)
    if is_repeat(record, key):
        return record
    ledger = version_in_force(record.ledger, at).definition
    require_keeper(ledger, actor)
    require_in_use(record)
    before = record.review_due_on
    record.reviewed_on, record.review_due_on = day_of(at), next_review(ledger, at)
    due = record.review_due_on.isoformat() if record.review_due_on else ""
    event = RecordReviewed(record.public_id, record.ledger, due)
    told = {"review_due_on": before.isoformat() if before else None}
    _tell(
        Fact(record, event, told, {"review_due_on": due or None}, clean(note), key),
        actor,
        at,
        also=("reviewed_on", "review_due_on"),
    )
    return record


@transaction.atomic
def retire_record(ref: str, *, reason: str, actor: Actor, at: datetime, key: str) -> Record:
    """Take a record out of use; it stays for reading, and its values may be used anew.

    Only ledgers without states: where there are states, a move ends a record.
    Records RecordRetired. Raises NotFound, NotPermitted, NotTheirLedger, RecordRetired,
    WordsMissing, NoSuchMove.
    """
    record = lock_for(ref, act=EDIT, actor=actor)
    if is_repeat(record, key):
        return record
    ledger = version_in_force(record.ledger, at).definition
    require_keeper(ledger, actor)
    require_in_use(record)
    if ledger.states:
        raise NoSuchMove(record.number, "retire")
    require_words(reason)
    _close(record, at)
    event = RecordRetired(record.public_id, record.ledger)
    status = ({"status": "open"}, {"status": "closed"})
    _tell(Fact(record, event, *status, clean(reason), key), actor, at, also=MOVED)
    return record


def _way(ledger: LedgerDef, record: Record, move: str) -> MoveDef:
    found = ledger.move(move)
    if found is None or record.state not in found.begins:
        raise NoSuchMove(record.number, found.name if found else move)
    return found


def _move(
    record: Record,
    ledger: LedgerDef,
    way: MoveDef,
    reason: str,
    actor: Actor,
    at: datetime,
    key: str,
) -> None:
    before, record.state = record.state, way.to
    state = ledger.state(way.to)
    if state and state.ends and record.status == Record.Status.OPEN:
        _close(record, at)
    elif state and not state.ends and record.status == Record.Status.CLOSED:
        record.status, record.closed_at = Record.Status.OPEN, None
        record.review_due_on = next_review(ledger, at)
        claim_values([(record, ledger)])
    event = RecordMoved(record.public_id, record.ledger, way.code, before, way.to)
    fact = Fact(record, event, {"state": before}, {"state": way.to}, clean(reason), key)
    _tell(fact, actor, at, also=MOVED)


def _close(record: Record, at: datetime) -> None:
    record.status, record.closed_at, record.review_due_on = Record.Status.CLOSED, at, None
    RecordKey.objects.filter(record=record).delete()


def _tell(fact: Fact, actor: Actor, at: datetime, *, also: Sequence[str] = ()) -> None:
    """Write one fact and save what it changed of the record."""
    fact.record.updated_at, fact.record.updated_by = at, actor.name
    write([fact], actor=actor, at=at)
    fact.record.save(update_fields=sorted({*also, "seq", "updated_at", "updated_by"}))
