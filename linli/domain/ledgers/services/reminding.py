"""Units are reminded of records that are due for review; who realigns them after a publication.

Serves: R017.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.selectors import LedgerDef, ledgers_in_force
from linli.domain.ledgers.events import ReviewReminded
from linli.domain.ledgers.models import Record, RecordEvent
from linli.domain.ledgers.rules.reviewing import lead_reached
from linli.domain.ledgers.services.steps import Fact, write
from linli.domain.organisations.selectors import day_of

AT_ONCE = 500


def remind_reviews(*, at: datetime) -> int:
    """Remind the units of records that come due, once for each due day and lead; returns how many.

    May run at any time, also twice at once. Records ReviewReminded.
    """
    count = 0
    for version in ledgers_in_force(at):
        if version.definition.review:
            count += _remind(version.definition, at)
    return count


def _remind(ledger: LedgerDef, at: datetime) -> int:
    count, after = 0, 0
    while rows := _due(ledger, day_of(at), after):
        after = rows[-1]
        with transaction.atomic():
            count += _remind_some(rows, ledger, at)
    return count


def _due(ledger: LedgerDef, on: date, after: int) -> list[int]:
    review = ledger.review
    first = on + timedelta(days=max(review.remind, default=0) if review else 0)
    rows = Record.objects.filter(
        ledger=ledger.ledger, status="open", review_due_on__lte=first, pk__gt=after
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def _remind_some(rows: list[int], ledger: LedgerDef, at: datetime) -> int:
    locked = Record.objects.select_for_update(skip_locked=True).filter(pk__in=rows)
    records = list(locked.order_by("pk"))
    told = set(
        RecordEvent.objects.filter(record__in=records, activity=ReviewReminded.name).values_list(
            "record_id", "key"
        )
    )
    facts = [
        fact
        for record in records
        if (fact := _fact(record, ledger, at)) and (record.pk, fact.key) not in told
    ]
    if facts:
        write(facts, actor=SYSTEM_ACTOR, at=at)
        Record.objects.bulk_update([fact.record for fact in facts], ["seq"])
    return len(facts)


def _fact(record: Record, ledger: LedgerDef, at: datetime) -> Fact | None:
    due, review = record.review_due_on, ledger.review
    if due is None or review is None or record.status != Record.Status.OPEN:
        return None
    lead = lead_reached(review, due, day_of(at))
    if lead is None:
        return None
    event = ReviewReminded(record.public_id, record.ledger, due.isoformat(), lead)
    return Fact(record, event, {}, {}, key=f"remind:{due.isoformat()}:{lead}")


@transaction.atomic
def realign_records(*, at: datetime) -> int:
    """Give records the visibility that the ledgers in force say; returns how many were not so.

    Follows from a publication; a record that is written meanwhile has it already.
    """
    count = 0
    for version in ledgers_in_force(at):
        ledger = version.definition
        rows = Record.objects.filter(ledger=ledger.ledger)
        is_public = ledger.visibility == "public"
        same = rows.filter(confidentiality=ledger.confidentiality, is_public=is_public)
        count += rows.exclude(pk__in=same.values("pk")).update(
            confidentiality=ledger.confidentiality, is_public=is_public
        )
    return count
