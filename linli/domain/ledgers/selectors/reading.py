"""Ledgers and their records, as those who may look see them.

Serves: R017 R129.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from linli.domain.access.selectors import Actor, may, may_on, visible
from linli.domain.catalogue.errors import NoLedger
from linli.domain.catalogue.selectors import (
    LedgerDef,
    LedgerField,
    LedgerVersion,
    MoveDef,
    ledger_by_code,
    ledgers_in_force,
)
from linli.domain.ledgers.models import MoveProposal, Record, RecordEvent, RecordLink
from linli.domain.ledgers.rules.deriving import derived_in
from linli.domain.ledgers.rules.showing import text_of
from linli.domain.ledgers.rules.values import Json
from linli.domain.ledgers.selectors.naming import names_for
from linli.domain.organisations.selectors import day_of
from linli.kernel.errors import NotFound

VIEW = "ledger.view"


@dataclass(frozen=True)
class LedgerCard:
    """A ledger with how many of its records in use the actor may see.

    Parameters
    ----------
    due_reviews : how many of them are due for review, of those that the actor may change.
    """

    definition: LedgerDef
    open_records: int
    may_add: bool
    due_reviews: int = 0


@dataclass(frozen=True)
class Shown:
    """A field of a record as people read it.

    Parameters
    ----------
    field : its definition. value : as stored, or reckoned where it is derived; None where empty.
    text : in words, "" where empty.
    """

    field: LedgerField
    value: Json | None
    text: str


@dataclass(frozen=True)
class RecordView:
    """One record with everything that its page shows.

    Parameters
    ----------
    definition : the ledger in force, or the last one where it has ended.
    shown : every field of it, in order. missing : codes of fields that it requires and the record
        lacks, because a newer version asks for more.
    moves : that the actor may make now. waiting : the move that waits for a second person.
    """

    record: Record
    definition: LedgerDef
    shown: tuple[Shown, ...]
    missing: tuple[str, ...]
    moves: tuple[MoveDef, ...]
    waiting: MoveProposal | None
    may_edit: bool
    may_decide: bool


def ledger_in_force(code: str, at: datetime) -> LedgerDef:
    """The ledger as it is now, or as it was last where it has ended. Raises NoLedger."""
    try:
        return ledger_by_code(code, at).definition
    except NoLedger:
        last = LedgerVersion.objects.filter(code=code).order_by("-published_at", "-pk").first()
        if last is None:
            raise
        return last.definition


def ledgers_visible(actor: Actor, *, at: datetime) -> list[LedgerCard]:
    """The ledgers in force with their counts, by name; none where no post may look at any."""
    if not may(actor, VIEW):
        return []
    rows = Record.objects.filter(status="open").order_by()
    counts = _count(visible(rows, actor, VIEW))
    due = _count(visible(rows.filter(review_due_on__lte=day_of(at)), actor, "ledger.edit"))
    versions = ledgers_in_force(at)
    return [
        LedgerCard(
            v.definition,
            counts.get(v.code, 0),
            may_add(actor, v.definition),
            due.get(v.code, 0),
        )
        for v in sorted(versions, key=lambda version: version.name)
    ]


def _count(rows: QuerySet[Record]) -> dict[str, int]:
    return dict(rows.values("ledger").annotate(n=Count("pk")).values_list("ledger", "n"))


def may_add(actor: Actor, ledger: LedgerDef) -> bool:
    """Whether the actor's posts let it enter records of a ledger somewhere."""
    return may(actor, "ledger.edit") and keeps(actor, ledger)


def keeps(actor: Actor, ledger: LedgerDef) -> bool:
    """Whether a role that the actor holds keeps the ledger."""
    return actor.is_system or bool(actor.roles() & set(ledger.owner.roles))


def records_in_reach(actor: Actor, code: str, *, act: str = VIEW) -> QuerySet[Record]:
    """All records of a ledger that an act of the actor reaches."""
    return visible(Record.objects.filter(ledger=code), actor, act)


def record_for(actor: Actor, ref: str) -> Record:
    """A record by public id or number. Raises NotFound where it is absent or out of reach."""
    rows = visible(Record.objects.select_related("version", "owner", "area"), actor, VIEW)
    found = rows.filter(public_id=ref).first() or rows.filter(number=ref).first()
    if found is None:
        raise NotFound
    return found


def files_of(record: Record, field: str) -> list[str]:
    """The ids of the files that a file field of a record names."""
    value = record.data.get(field)
    return list(value) if isinstance(value, list) else []


def record_view(actor: Actor, ref: str, *, at: datetime, lang: str = "") -> RecordView:
    """One record with its fields in words and what the actor may do. Raises NotFound."""
    record = record_for(actor, ref)
    ledger = ledger_in_force(record.ledger, at)
    waiting = MoveProposal.objects.filter(record=record, state="asked").first()
    may_edit = may_on(actor, "ledger.edit", record)
    is_open = record.status == Record.Status.OPEN
    may_move = [m for m in ledger.moves_from(record.state) if _may_move(actor, ledger, m)]
    return RecordView(
        record=record,
        definition=ledger,
        shown=shown(actor, ledger, [record], on=day_of(at), lang=lang or actor.lang)[0],
        missing=tuple(f.code for f in ledger.filled if f.required and f.code not in record.data),
        moves=tuple(may_move) if may_edit and waiting is None else (),
        waiting=waiting,
        may_edit=may_edit and is_open and keeps(actor, ledger),
        may_decide=waiting is not None and _may_decide(actor, ledger, record, waiting),
    )


def shown(
    actor: Actor,
    ledger: LedgerDef,
    records: Sequence[Record],
    *,
    on: date,
    lang: str = "",
    fields: Sequence[LedgerField] | None = None,
) -> list[tuple[Shown, ...]]:
    """For each record its fields in words, all or those given; a fixed number of queries."""
    names = names_for(actor, ledger, [record.data for record in records])
    counts = _named_by(actor, ledger, records)
    rows: list[tuple[Shown, ...]] = []
    for record in records:
        derived = derived_in(ledger, record.data, on=on, named_by=counts.get(record.pk, {}))
        values: dict[str, Json | None] = {**record.data, **derived}
        rows.append(
            tuple(
                Shown(
                    field,
                    values.get(field.code),
                    text_of(field, values.get(field.code), names, lang or actor.lang),
                )
                for field in (ledger.fields if fields is None else fields)
            )
        )
    return rows


def history(actor: Actor, ref: str) -> list[RecordEvent]:
    """What happened to a record, newest first. Raises NotFound."""
    return list(RecordEvent.objects.filter(record=record_for(actor, ref)).order_by("-seq"))


def naming_records(actor: Actor, ref: str) -> list[Record]:
    """The records in reach that name a record, by ledger and title. Raises NotFound."""
    rows = visible(Record.objects.all(), actor, VIEW)
    found = rows.filter(links_out__other=record_for(actor, ref)).distinct()
    return list(found.order_by("ledger", "title", "pk")[:500])


def records_naming_case(actor: Actor, case_ref: str) -> list[Record]:
    """The records in reach that name a case by its public id, by ledger and title."""
    rows = visible(Record.objects.all(), actor, VIEW)
    found = rows.filter(links_out__case_ref=case_ref).exclude(links_out__case_ref="").distinct()
    return list(found.order_by("ledger", "title", "pk")[:500])


def _may_move(actor: Actor, ledger: LedgerDef, move: MoveDef) -> bool:
    return actor.is_system or bool(actor.roles() & set(move.roles or ledger.owner.roles))


def _may_decide(actor: Actor, ledger: LedgerDef, record: Record, waiting: MoveProposal) -> bool:
    move = ledger.move(waiting.move)
    by_role = not (move and move.decided_by) or bool(actor.roles() & set(move.decided_by))
    other = actor.user_id is not None and actor.user_id != waiting.proposed_by
    return by_role and other and may_on(actor, "ledger.decide", record)


def _named_by(
    actor: Actor, ledger: LedgerDef, records: Sequence[Record]
) -> Mapping[int, Mapping[str, int]]:
    """Record → ledger → how many of its records in use name it."""
    by = {field.derived.by for field in ledger.fields if field.derived and field.derived.by}
    if not by:
        return {}
    rows = RecordLink.objects.filter(
        other__in=[record.pk for record in records],
        record__ledger__in=by,
        record__status="open",
    )
    counted = rows.values("other_id", "record__ledger").annotate(n=Count("record", distinct=True))
    found: dict[int, dict[str, int]] = {}
    for other, code, count in counted.values_list("other_id", "record__ledger", "n"):
        found.setdefault(other, {})[code] = count
    return found
