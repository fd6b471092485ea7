"""What every command on a record does: lock, refuse a repeat, write the fact down. Not public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require
from linli.domain.audit.services import record_all
from linli.domain.catalogue.errors import NoLedger
from linli.domain.catalogue.selectors import (
    LedgerDef,
    LedgerVersion,
    ledger_by_code,
    secrecy_basis,
)
from linli.domain.ledgers.errors import (
    LedgerEnded,
    NotTheirLedger,
    RecordRetired,
    WordsMissing,
)
from linli.domain.ledgers.events import RecordFact
from linli.domain.ledgers.models import Record, RecordEvent
from linli.domain.ledgers.rules.reviewing import due_after
from linli.domain.ledgers.rules.values import Json
from linli.domain.organisations.selectors import day_of
from linli.kernel.errors import NotFound
from linli.kernel.secrecy import SecretMarked, secret_mark

LOOK = "ledger.view"
Fields = Mapping[str, Json | None]


@dataclass(frozen=True)
class Fact:
    """A fact about a record that is to be written, with what it changed.

    Parameters
    ----------
    before, after : the fields that it changed. key : idempotency key of the command.
    """

    record: Record
    event: RecordFact
    before: Fields
    after: Fields
    reason: str = ""
    key: str = ""


def lock_for(ref: str, *, act: str, actor: Actor) -> Record:
    """Lock a record, by public id or number, that an act of the actor reaches.

    Raises NotFound, NotPermitted.
    """
    rows = Record.objects.select_for_update(of=("self",)).select_related("version", "owner")
    found = rows.filter(Q(public_id=ref) | Q(number=ref)).first()
    if found is None:
        raise NotFound
    require(actor, act, found, look=LOOK)
    return found


def is_repeat(record: Record, key: str) -> bool:
    """Whether a command with this key has already been carried out on the record."""
    return bool(key) and RecordEvent.objects.filter(record=record, key=key).exists()


def version_in_force(code: str, at: datetime) -> LedgerVersion:
    """The version by which records are written now. Raises NoLedger, LedgerEnded."""
    try:
        return ledger_by_code(code, at)
    except NoLedger:
        if LedgerVersion.objects.filter(code=code).exists():
            raise LedgerEnded(code) from None
        raise


def require_keeper(ledger: LedgerDef, actor: Actor, roles: Sequence[str] = ()) -> None:
    """Raise NotTheirLedger unless a role held keeps the ledger, or is one of those named."""
    if not actor.is_system and not actor.roles() & set(roles or ledger.owner.roles):
        raise NotTheirLedger(ledger.name, ledger.name_en)


def require_in_use(record: Record) -> None:
    """Raise RecordRetired where the record has gone out of use."""
    if record.status != Record.Status.OPEN:
        raise RecordRetired(record.number)


def require_words(text: str) -> None:
    """Raise WordsMissing where nothing was written."""
    if not text.strip():
        raise WordsMissing


def require_open_words(*words: object) -> None:
    """Raise SecretMarked where some text bears a mark of state secrecy: nothing of it is kept."""
    for text in words:
        mark = secret_mark(text) if isinstance(text, str) else None
        if mark is not None:
            raise SecretMarked(mark, secrecy_basis(), field="reason")


def next_review(ledger: LedgerDef, at: datetime) -> date | None:
    """The day on which a record written or reviewed now is due for review; None without a cycle."""
    return due_after(ledger.review.every, day_of(at)) if ledger.review else None


def write(facts: Sequence[Fact], *, actor: Actor, at: datetime) -> None:
    """Write facts into the journal and the records' own histories; the records are saved after.

    Each record's `seq` goes on by one for each of its facts.
    """
    for fact in facts:
        require_open_words(fact.reason)
    journal_ids = record_all([fact.event for fact in facts], actor=actor, at=at)
    events: list[RecordEvent] = []
    for fact, journal_id in zip(facts, journal_ids, strict=True):
        fact.record.seq += 1
        events.append(
            RecordEvent(
                record=fact.record,
                seq=fact.record.seq,
                at=at,
                activity=fact.event.name,
                before=dict(fact.before),
                after=dict(fact.after),
                reason=fact.reason,
                actor_id=actor.user_id,
                actor_name=actor.name,
                key=fact.key or None,
                journal_id=journal_id,
            )
        )
    RecordEvent.objects.bulk_create(events)
