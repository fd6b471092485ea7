"""What a record names and what happened to it, as its page tells them; how a list may be ordered.

Serves: R017.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONArray

from linli.domain.access.selectors import Actor, visible
from linli.domain.catalogue.selectors import LedgerDef, LedgerField
from linli.domain.catalogue.selectors.ledgers import CASE
from linli.domain.ledgers.models import Record, RecordEvent, RecordLink
from linli.domain.ledgers.rules.showing import text_of
from linli.domain.ledgers.selectors.listing import UNORDERED
from linli.domain.ledgers.selectors.naming import case_finder, names_for
from linli.domain.ledgers.selectors.reading import VIEW

MOST_NAMING = 500


@dataclass(frozen=True)
class Named:
    """What a link names: a record of a ledger, or a case where `ledger` is `case`."""

    ledger: str
    ref: str
    number: str
    title: str


@dataclass(frozen=True)
class Changed:
    """A field that a fact changed, before and after in words; a field that is gone has none.

    Parameters
    ----------
    code : of the field, or `state`, `status`, `review_due_on`.
    """

    code: str
    field: LedgerField | None
    before: str
    after: str


@dataclass(frozen=True)
class ToldFact:
    """A fact of a record's history with what it changed."""

    event: RecordEvent
    changes: tuple[Changed, ...]


def named_in(actor: Actor, ledger: LedgerDef, record: Record) -> dict[str, list[Named]]:
    """Code of a link field → what it names that the actor may see, in the order written."""
    found: dict[str, list[Named]] = {}
    for field in ledger.filled:
        refs = record.data.get(field.code)
        if field.kind == "link" and isinstance(refs, list):
            known = _known(actor, field.links_to or CASE, refs)
            found[field.code] = [known[ref] for ref in refs if ref in known]
    return found


def naming_case(actor: Actor) -> ArraySubquery:
    """What a query of cases reads besides: rows for `Named(*row)`, of the records that name it.

    Those within the actor's reach, by ledger and title, at most 500.
    """
    here = RecordLink.objects.filter(
        record=OuterRef("pk"), case_ref=OuterRef(OuterRef("public_id"))
    )
    rows = visible(Record.objects.filter(Exists(here)), actor, VIEW)
    told = rows.order_by("ledger", "title", "pk")[:MOST_NAMING]
    return ArraySubquery(told.values_list(JSONArray("ledger", "public_id", "number", "title")))


def told_history(
    actor: Actor, ledger: LedgerDef, events: Sequence[RecordEvent], *, lang: str
) -> list[ToldFact]:
    """Say in words what each fact changed; links out of reach stay unnamed."""
    datas = [data for event in events for data in (event.before, event.after)]
    known = {field.code for field in ledger.filled}
    filled = [{code: v for code, v in data.items() if code in known and v} for data in datas]
    names = names_for(actor, ledger, filled)

    def words(code: str, value: object) -> str:
        field = ledger.field(code)
        if value is None:
            return ""
        if field is not None:
            return text_of(field, value, names, lang)  # type: ignore[arg-type]  # as stored
        state = ledger.state(str(value)) if code == "state" else None
        return str(value) if state is None else (state.name_en if _en(lang) else state.name)

    return [
        ToldFact(
            event,
            tuple(
                Changed(
                    code,
                    ledger.field(code),
                    words(code, event.before.get(code)),
                    words(code, event.after.get(code)),
                )
                for code in dict.fromkeys([*event.before, *event.after])
            ),
        )
        for event in events
    ]


def orders_of(ledger: LedgerDef) -> list[LedgerField]:
    """The fields by which a list of records can be put in order."""
    return [
        field
        for field in ledger.listed
        if not (field.derived or field.many or field.personal or field.kind in UNORDERED)
    ]


def _known(actor: Actor, target: str, refs: Sequence[str]) -> Mapping[str, Named]:
    if target == CASE:
        cases = case_finder().in_reach(actor, refs).values()
        return {case.ref: Named(CASE, case.ref, case.number, case.title) for case in cases}
    rows = visible(Record.objects.filter(ledger=target, public_id__in=refs), actor, VIEW)
    return {
        ref: Named(target, ref, number, title)
        for ref, number, title in rows.values_list("public_id", "number", "title")
    }


def _en(lang: str) -> bool:
    return lang.startswith("en")
