"""Looking at a record that is not for all: the look is written down with the reading.

Serves: R017 X10.
"""

from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record as record_fact
from linli.domain.catalogue.selectors import LedgerDef
from linli.domain.ledgers.events import RecordViewed
from linli.domain.ledgers.models import Record


def is_guarded(record: Record, ledger: LedgerDef) -> bool:
    """Whether a look at a record is written down: it is confidential, or tells of a person."""
    personal = (field.code for field in ledger.fields if field.personal)
    return record.confidentiality != "ordinary" or any(record.data.get(c) for c in personal)


def note_record_look(
    record: Record, ledger: LedgerDef, *, actor: Actor, at: datetime
) -> int | None:
    """Write down who looked at a guarded record, in what post; in the transaction of the look.

    Returns the id of the row, which the page may carry as its mark; None where none is needed.
    Records RecordViewed.
    """
    if not is_guarded(record, ledger):
        return None
    role, office = actor.post
    event = RecordViewed(record.public_id, record.ledger, role, office)
    return record_fact(event, actor=actor, at=at)
