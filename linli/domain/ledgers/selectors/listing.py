"""Lists of records: narrowed, put in order, a page at a time; calendar, map and what is due.

Serves: R017.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, FloatField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from linli.domain.access.selectors import Actor, visible
from linli.domain.catalogue.selectors import LedgerDef, LedgerField
from linli.domain.ledgers.models import Record
from linli.domain.ledgers.rules import turning
from linli.domain.ledgers.selectors.reading import VIEW, ledger_in_force, records_in_reach
from linli.kernel.errors import Rejected
from linli.kernel.paths import path_range

PAGE_SIZE = 50
COUNT_CAP = 10_000
MOST_POINTS = 5_000
MOST_DAYS = 2_000
LEAST_NUMBER = -1e300
NEVER = "9999-12-31"
UNORDERED = frozenset({"choices", "point", "file", "link", "citation"})


@dataclass(frozen=True)
class RecordFilter:
    """Conditions that all hold together; an empty one narrows nothing.

    Parameters
    ----------
    words : text to look for in number, title and texts. status : open, closed, "" for both.
    state : code of a state. area_path : codes with a slash after each; all below is included.
    unit : code of the unit that keeps it.
    due_until : only records whose review is due on that day or before.
    values : code of a filter field → code of a choice, area, unit or matter; yes or no; a date or
        number, or a range ``low..high`` of which either end may be left out.
    """

    words: str = ""
    status: str = "open"
    state: str = ""
    area_path: str = ""
    unit: str = ""
    due_until: date | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordPage:
    """A page of records.

    Parameters
    ----------
    after : cursor of the next page, "" on the last.
    total : how many there are in all; "at least" where `is_counted` is False.
    """

    items: Sequence[Record]
    after: str
    total: int
    is_counted: bool


NOTHING_SET = RecordFilter()
EVERY_STATUS = RecordFilter(status="")


def records(
    actor: Actor,
    code: str,
    where: RecordFilter = NOTHING_SET,
    *,
    at: datetime,
    order: str = "-updated",
    after: str = "",
    size: int = PAGE_SIZE,
) -> RecordPage:
    """Return a page of a ledger's records that the actor may see, by keyset.

    Parameters
    ----------
    order : updated, number, title, due, or the code of a field that is not a list; a minus before
        it turns it round. after : the cursor that the page before gave.

    Raises NoLedger, and Rejected for an order, a filter or a cursor that there is not.
    """
    ledger = ledger_in_force(code, at)
    rows = records_within(actor, ledger, where)
    name, backwards = order.removeprefix("-"), order.startswith("-")
    ordered = rows.annotate(place=_place(ledger, name))
    if after:
        ordered = ordered.filter(
            _beyond(after, turning.kind_of(name, ledger.field(name)), backwards)
        )
    sign = "-" if backwards else ""
    ordered = ordered.select_related("owner", "area", "version").order_by(
        f"{sign}place", f"{sign}pk"
    )
    found = list(ordered.defer("search_text", "version__body", "area__polygon")[: size + 1])
    total = rows.order_by()[: COUNT_CAP + 1].count()
    following = (
        turning.cursor_of(found[size - 1].place, found[size - 1].pk) if len(found) > size else ""
    )
    return RecordPage(found[:size], following, min(total, COUNT_CAP), total <= COUNT_CAP)


def records_within(
    actor: Actor, ledger: LedgerDef, where: RecordFilter = NOTHING_SET, *, act: str = VIEW
) -> QuerySet[Record]:
    """The records of a ledger that an act of the actor reaches, narrowed. Raises Rejected."""
    rows = records_in_reach(actor, ledger.ledger, act=act).filter(_condition(where))
    for code, value in where.values.items():
        if value != "":
            rows = rows.filter(_value(ledger, code, value))
    return rows


def public_records(code: str, words: str = "", *, at: datetime) -> QuerySet[Record]:
    """The records in use of a ledger that is open to everybody; none of any other ledger."""
    ledger = ledger_in_force(code, at)
    if ledger.visibility != "public":
        return Record.objects.none()
    rows = Record.objects.filter(ledger=code, is_public=True, status="open")
    return rows.filter(_words(words.strip())).select_related("area").order_by("title", "pk")


def due_for_review(actor: Actor, *, until: date) -> QuerySet[Record]:
    """The records in reach whose review is due on a day or before, soonest first."""
    rows = Record.objects.filter(status="open", review_due_on__lte=until)
    reach = visible(rows, actor, "ledger.edit").select_related("owner", "area", "version")
    return reach.defer("search_text", "version__body").order_by("review_due_on", "pk")


@dataclass(frozen=True)
class Day:
    """An entry of the calendar: which date of which record, from day to day, both counted."""

    record: Record
    field: LedgerField | None  # None: its review is due
    starts: date
    ends: date


def calendar_between(actor: Actor, code: str, *, start: date, end: date, at: datetime) -> list[Day]:
    """What stands in a ledger's calendar from a day to a day, both counted, by day.

    At most 2,000 entries. Raises NoLedger.
    """
    ledger = ledger_in_force(code, at)
    rows = records_in_reach(actor, code).filter(status="open").defer("search_text")
    found: list[Day] = []
    for entry in ledger.calendar:
        begins = KeyTextTransform(entry.starts, "data")
        last = Coalesce(KeyTextTransform(entry.ends, "data"), begins) if entry.ends else begins
        within = rows.annotate(begins=begins, last=last).filter(
            begins__lte=end.isoformat(), last__gte=start.isoformat()
        )
        found += [_day(row, ledger, entry.starts) for row in within[:MOST_DAYS]]
    due = rows.filter(review_due_on__range=(start, end))
    found += [Day(r, None, r.review_due_on, r.review_due_on) for r in due if r.review_due_on]
    return sorted(found, key=lambda day: (day.starts, day.record.pk))[:MOST_DAYS]


def _day(row: Record, ledger: LedgerDef, code: str) -> Day:
    begins, last = (date.fromisoformat(getattr(row, name)) for name in ("begins", "last"))
    return Day(row, ledger.field(code), begins, last)


def points_within(
    actor: Actor,
    code: str,
    *,
    box: tuple[float, float, float, float],
    where: RecordFilter = NOTHING_SET,
    at: datetime,
) -> list[Record]:
    """The records of a ledger that lie in a box, at most 5,000. Raises NoLedger.

    Parameters
    ----------
    box : west, south, east, north in degrees.
    """
    west, south, east, north = box
    ledger = ledger_in_force(code, at)
    rows = records_within(actor, ledger, where)
    here = rows.filter(lng__range=(west, east), lat__range=(south, north))
    return list(here.defer("search_text").order_by("pk")[:MOST_POINTS])


def _condition(where: RecordFilter) -> Q:
    exact = {"status": where.status, "state": where.state, "owner__code": where.unit}
    condition = Q(**{name: value for name, value in exact.items() if value})
    if where.area_path:
        low, high = path_range(where.area_path)
        condition &= Q(area_path__gte=low, area_path__lt=high)
    if where.due_until:
        condition &= Q(review_due_on__lte=where.due_until)
    return condition & _words(where.words.strip())


def _words(words: str) -> Q:
    if not words:
        return Q()
    parts = words.lower().split()[:8]
    found = Q()
    for part in parts:
        found &= Q(search_text__contains=part)
    return found | Q(number__iexact=words)


def _value(ledger: LedgerDef, code: str, value: str) -> Q:
    of = ledger.field(code)
    if of is None or not of.filter or of.personal:
        raise _no_such("筛选", "filter", code, [f.code for f in ledger.filled if f.filter])
    if of.kind == "yes_no":
        return Q(data__contains={code: value.lower() in ("yes", "true", "1", "是")})
    if of.kind == "choices":
        return Q(data__contains={code: [value]})
    if of.kind == "date":
        return _range(KeyTextTransform(code, "data"), code, value, date.fromisoformat)
    if of.kind == "number":
        number = Cast(KeyTextTransform(code, "data"), FloatField())
        return _range(number, code, value, turning.finite)
    try:
        return Q(data__contains={code: turning.stored(value)})
    except ValueError:
        raise _unread("筛选", "filter", code) from None


def _range(of: Combinable, code: str, value: str, read: Callable[[str], date | float]) -> Q:
    try:
        ends = turning.read_bounds(value, read)
    except ValueError:
        raise _unread("筛选", "filter", code) from None
    condition = Q()
    for lookup, end in zip((GreaterThanOrEqual, LessThanOrEqual), ends, strict=True):
        if end is not None:
            condition &= Q(lookup(of, str(end) if isinstance(end, date) else end))
    return condition


def _place(ledger: LedgerDef, name: str) -> Combinable:
    """What the order goes by; the same values stand in the cursor."""
    plain = {"updated": F("updated_at"), "number": F("number"), "title": F("title")}
    if name in plain:
        return plain[name]
    if name == "due":
        due = Cast("review_due_on", TextField())
        return Coalesce(due, Value(NEVER), output_field=TextField())
    of = ledger.field(name)
    if of is None or of.derived or of.many or of.personal or of.kind in UNORDERED:
        raise _no_such(
            "排序",
            "order",
            name,
            [*plain, "due", *(f.code for f in ledger.listed if not f.personal)],
        )
    text = KeyTextTransform(name, "data")
    if of.kind in turning.NUMBERS:
        return Coalesce(Cast(text, FloatField()), Value(LEAST_NUMBER))
    return Coalesce(text, Value(""), output_field=TextField())


def _beyond(cursor: str, kind: turning.PlaceKind, backwards: bool) -> Q:
    try:
        place, number = turning.read_cursor(cursor, kind)
    except ValueError:
        raise _unread("翻页", "after", cursor[:40]) from None
    step = "lt" if backwards else "gt"
    return Q((f"place__{step}", place)) | Q(("place", place), (f"pk__{step}", number))


def _no_such(zh: str, en: str, code: str, listed: Sequence[str]) -> Rejected:
    said = ", ".join(dict.fromkeys(listed)) or "—"
    return Rejected(
        f"台账不能按“{code}”{zh}。可用：{said}。",
        f"The ledger has no {en} “{code}”. Use one of: {said}.",
        field=en,
    )


def _unread(zh: str, en: str, given: str) -> Rejected:
    return Rejected(
        f"{zh}条件“{given}”读不懂，没有查询。请从列表页重新选择。",
        f"The {en} “{given}” cannot be read, so nothing was looked for. Choose it on the list.",
        field=en,
    )
