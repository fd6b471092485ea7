"""Deleting for good: the person by their key, the words column by column, and a line in the ledger.

Which columns hold words is said by the catalogue of data and nowhere else.
Serves: X01.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.services import record, record_all
from linli.domain.cases.models import Case
from linli.domain.needs.services import erase_reporter
from linli.domain.privacy.events import RecordsDeleted, WordsDeleted
from linli.domain.privacy.models import Deletion
from linli.domain.privacy.selectors.catalogue import CATALOGUE
from linli.kernel.ids import public_id

TIME, REQUEST = "time", "request"


@dataclass(frozen=True)
class Batch:
    """What was deleted together: of which kind, why, in which run, what, from when to when."""

    run: str
    keep: str
    reason: str
    refs: Sequence[str]
    since: datetime
    until: datetime


def delete_for_request(about: Case, *, person: bool, words: bool, at: datetime) -> None:
    """Delete what a person asked to have deleted, as far as nothing stands against it.

    Records PersonErased, WordsDeleted, RecordsDeleted. The receipt code stays, by which the person
    sees that it was done.
    """
    run, moment = public_id(), about.closed_at or about.received_at
    if person and erase_reporter(about.public_id, actor=SYSTEM_ACTOR, at=at):
        note(Batch(run, "identity", REQUEST, [about.public_id], moment, moment), at=at)
    if words:
        delete_words([about], keeps={"words"}, reason=REQUEST, at=at)
        note(Batch(run, "words", REQUEST, [about.public_id], moment, moment), at=at)


@transaction.atomic
def delete_words(
    cases: Sequence[Case], *, keeps: Collection[str], reason: str, at: datetime
) -> None:
    """Empty every column of some cases that the catalogue keeps as words; bare records stay.

    Parameters
    ----------
    keeps : classes of the catalogue whose columns are emptied.

    Records WordsDeleted for each case.
    """
    ids = [case.pk for case in cases]
    for table, entry in CATALOGUE.tables.items():
        columns = [one for one in CATALOGUE.of(table) if one.keep in keeps]
        if entry.reach and columns:
            model = _models()[table]
            rows = model._default_manager.filter(**{f"{_way(entry.reach)}__in": ids})
            rows.update(**dict(_emptied(model, one.name, one.left) for one in columns))
    facts = [WordsDeleted(case.public_id, reason) for case in cases]
    record_all(facts, actor=SYSTEM_ACTOR, at=at)


def note(batch: Batch, *, at: datetime) -> None:
    """Write a batch into the ledger and the journal. Records RecordsDeleted."""
    commitment = commitment_over(batch.refs)
    Deletion.objects.create(
        run=batch.run,
        at=at,
        keep=batch.keep,
        count=len(batch.refs),
        reason=batch.reason,
        since=batch.since,
        until=batch.until,
        commitment=commitment,
        actor_name=SYSTEM_ACTOR.name,
    )
    fact = RecordsDeleted(batch.run, batch.keep, len(batch.refs), batch.reason, commitment)
    record(fact, actor=SYSTEM_ACTOR, at=at)


def commitment_over(refs: Iterable[str]) -> str:
    """Return a digest over references that are random themselves; from it none can be told."""
    return hashlib.sha256("\n".join(sorted(refs)).encode()).hexdigest()


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def _way(reach: str) -> str:
    """Write columns that lead to a case as Django's way to it: `message_id.case_id`."""
    return reach.replace("_id.", "__")


def _emptied(model: type[models.Model], column: str, left: str) -> tuple[str, object]:
    """Return the field of a column and what stands in it once it was emptied."""
    field = next(one for one in model._meta.concrete_fields if one.column == column)
    if field.null:
        return field.name, None
    if isinstance(field, models.JSONField):
        return field.name, field.get_default()
    return field.name, left
