"""Cases that are about to be stored, with all that comes into being with them. Not public."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Func, Value
from django.utils import timezone

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record_all
from linli.domain.cases.events import CaseFact, CaseOpened
from linli.domain.cases.models import Case, CaseEvent, Clock, Feedback, Timer, WorkItem
from linli.domain.cases.selectors.receipts import receipt_hash
from linli.domain.cases.selectors.reckoning import calendar_of
from linli.domain.cases.services.intake import CaseName, NewCase, clock_for
from linli.domain.cases.services.steps import event_of
from linli.domain.catalogue.errors import NoStandard
from linli.domain.catalogue.selectors import (
    Matter,
    StandardVersion,
    matter_by_code,
    published_state,
    standard_by_code,
)
from linli.domain.places.selectors import Area, area_by_code
from linli.kernel.calendar import WorkingCalendar
from linli.kernel.ids import case_number, public_id
from linli.methods.words import search_tokens


@dataclass
class Draft:
    """A case and all that comes into being with it, before it is stored.

    Parameters
    ----------
    facts : in order; the first is the opening, and bears the key of the command.
    """

    case: Case
    facts: list[CaseFact]
    key: str
    items: list[WorkItem] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)


class Known:
    """What the cases of one command need, looked up once each."""

    def __init__(self, *, matters: Iterable[str], areas: Iterable[str]) -> None:
        """Look up what the cases name by code."""
        self._matters = {one.code: one for one in Matter.objects.filter(code__in=set(matters))}
        self._areas = {one.code: one for one in Area.objects.filter(code__in=set(areas))}
        self._state = published_state()

    def matter(self, code: str) -> Matter:
        """Return a matter. Raises NotFound."""
        if code not in self._matters:
            self._matters[code] = matter_by_code(code)
        return self._matters[code]

    def area(self, code: str) -> Area:
        """Return an area. Raises NotFound."""
        return self._areas.get(code) or area_by_code(code)

    def standard(self, matter: Matter, at: datetime) -> StandardVersion:
        """Return the version of a matter's standard that is in force. Raises Rejected."""
        if not matter.standard_code:
            raise NoStandard(matter.code, timezone.localdate(at).isoformat())
        return standard_by_code(matter.standard_code, at, state=self._state)

    def calendar(self, at: datetime) -> WorkingCalendar:
        """Return the calendar by which limits are counted on the day."""
        return calendar_of(at, state=self._state)


def draft_case(
    new: NewCase, name: CaseName, known: Known, *, key: str, standard: StandardVersion, at: datetime
) -> Draft:
    """Return a case in its first stage, opened at a moment, with the fact of its opening."""
    matter, area = known.matter(new.matter), known.area(new.area)
    chosen = new.clock or clock_for(new, matter.clock_code, standard.definition)
    case = Case(
        public_id=name.ref,
        number=name.number,
        standard=standard,
        matter=matter,
        petition_type=new.petition_type,
        channel=new.channel,
        urgency=new.urgency,
        confidentiality=new.confidentiality or standard.definition.confidentiality,
        clock_code=chosen,
        title=new.title,
        body=new.body,
        address=new.address,
        area=area,
        area_path=area.path,
        lng=new.lng,
        lat=new.lat,
        origin_unit_id=new.origin_unit or None,
        unit_ids=[new.origin_unit] if new.origin_unit else [],
        stage=standard.definition.first_stage.key,
        received_at=new.received_at,
        opened_at=at,
        receipt_hash=receipt_hash(new.receipt),
        seq=1,
        search_text="\n".join((new.title, new.body, new.address, new.source_number)),
        search=_vector(f"{new.title} {new.body} {new.address}"),
    )
    fact = CaseOpened(
        case.public_id, case.number, str(standard), matter.code, area.code, new.channel
    )
    return Draft(case, [fact], key)


@wall.wider("intake")
def store_drafts(drafts: Sequence[Draft], *, actor: Actor, at: datetime) -> list[Case]:
    """Store cases with all that belongs to them, and record their facts."""
    for draft in drafts:
        draft.case.seq = len(draft.facts)
    Case.objects.bulk_create(draft.case for draft in drafts)
    WorkItem.objects.bulk_create(item for draft in drafts for item in draft.items)
    Clock.objects.bulk_create(clock for draft in drafts for clock in draft.clocks)
    Timer.objects.bulk_create(timer for draft in drafts for timer in draft.timers)
    Feedback.objects.bulk_create(said for draft in drafts for said in draft.feedback)
    journal = iter(record_all([f for draft in drafts for f in draft.facts], actor=actor, at=at))
    CaseEvent.objects.bulk_create(
        _event(draft, place, next(journal), actor=actor, at=at)
        for draft in drafts
        for place in range(len(draft.facts))
    )
    return [draft.case for draft in drafts]


def name_cases(count: int, *, at: datetime) -> list[CaseName]:
    """Give out public ids and numbers for cases that are about to be opened."""
    day = timezone.localdate(at)
    return [CaseName(public_id(), case_number(day, serial)) for serial in _serials(count)]


def named(news: Sequence[NewCase], *, at: datetime) -> list[CaseName]:
    """Return the names of cases, given out now where that has not been done."""
    names = iter(name_cases(sum(new.name is None for new in news), at=at))
    return [new.name or next(names) for new in news]


def _event(draft: Draft, place: int, journal_id: int, *, actor: Actor, at: datetime) -> CaseEvent:
    key = "" if place else draft.key
    event = event_of(draft.case, draft.facts[place], journal_id, actor=actor, at=at, key=key)
    event.seq = place + 1
    return event


def _serials(count: int) -> Iterable[int]:
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_serial') FROM generate_series(1, %s)", [count])
        return [int(row[0]) for row in cursor.fetchall()]


def _vector(text: str) -> Func:
    """Segmented words as a tsvector, made by the database in the same statement."""
    words = Value(search_tokens(text))
    return Func(
        words,
        template="to_tsvector('simple', %(expressions)s)",
        output_field=SearchVectorField(),
    )
