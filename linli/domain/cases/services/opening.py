"""Opening cases, one or hundreds at once: the same rows and facts either way.

Serves: R011 R014 R108 R134.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.models import Func, Value
from django.utils import timezone

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record_all
from linli.domain.cases.events import CaseOpened
from linli.domain.cases.models import Case, CaseEvent, Clock, Timer, WorkItem
from linli.domain.cases.selectors.receipts import receipt_hash
from linli.domain.cases.selectors.reckoning import calendar_of
from linli.domain.cases.services.intake import CaseName, NewCase, clock_for
from linli.domain.cases.services.running import (
    CASE_CLOCK,
    CONTACT_CLOCK,
    STAGE_CLOCK,
    begun_clock,
    timers_of,
)
from linli.domain.cases.services.steps import event_of
from linli.domain.catalogue.selectors import (
    Matter,
    StageDef,
    StandardDef,
    StandardVersion,
    clock_limit,
    matter_by_code,
    standard_for,
)
from linli.domain.places.selectors import Area, area_by_code
from linli.kernel.calendar import WorkingCalendar
from linli.kernel.ids import case_number, public_id
from linli.methods.words import search_tokens


@dataclass
class _Opened:
    """A case and all that comes into being with it, before it is stored."""

    case: Case
    fact: CaseOpened
    key: str
    items: list[WorkItem] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)


def open_case(new: NewCase, *, actor: Actor, at: datetime, key: str) -> Case:
    """Open a case under the standard of its matter; its first stage begins. Records CaseOpened.

    The caller has checked that the message is new; `key` names the command in the history.
    Raises NotFound where matter or area are unknown, Rejected where no standard holds.
    """
    return open_cases([(new, key)], actor=actor, at=at)[0]


@transaction.atomic
def open_cases(news: Sequence[tuple[NewCase, str]], *, actor: Actor, at: datetime) -> list[Case]:
    """Open many cases, each with the key of its command; records CaseOpened for each.

    All are opened or none. Raises as `open_case`.
    """
    known = _Known([new for new, _ in news], at)
    names = iter(name_cases(sum(new.name is None for new, _ in news), at=at))
    opened = [
        _opened(new, new.name or next(names), known, key=key, actor=actor, at=at)
        for new, key in news
    ]
    Case.objects.bulk_create(one.case for one in opened)
    WorkItem.objects.bulk_create(item for one in opened for item in one.items)
    Clock.objects.bulk_create(clock for one in opened for clock in one.clocks)
    Timer.objects.bulk_create(timer for one in opened for timer in one.timers)
    journal = record_all([one.fact for one in opened], actor=actor, at=at)
    CaseEvent.objects.bulk_create(
        event_of(one.case, one.fact, row, actor=actor, at=at, key=one.key)
        for one, row in zip(opened, journal, strict=True)
    )
    return [one.case for one in opened]


def name_cases(count: int, *, at: datetime) -> list[CaseName]:
    """Give out public ids and numbers for cases that are about to be opened."""
    day = timezone.localdate(at)
    return [CaseName(public_id(), case_number(day, serial)) for serial in _serials(count)]


class _Known:
    """What the cases of one command need, looked up once each."""

    def __init__(self, news: Sequence[NewCase], at: datetime) -> None:
        self._at = at
        matters = Matter.objects.filter(code__in={new.matter for new in news})
        areas = Area.objects.filter(code__in={new.area for new in news})
        self._matters = {matter.code: matter for matter in matters}
        self._areas = {area.code: area for area in areas}
        self._standards: dict[str, StandardVersion] = {}
        self._days: dict[date, WorkingCalendar] = {}

    def matter(self, code: str) -> Matter:
        return self._matters.get(code) or matter_by_code(code)

    def area(self, code: str) -> Area:
        return self._areas.get(code) or area_by_code(code)

    def standard(self, matter: Matter) -> StandardVersion:
        if matter.standard_code not in self._standards:
            self._standards[matter.standard_code] = standard_for(matter.code, self._at)
        return self._standards[matter.standard_code]

    def calendar(self, at: datetime) -> WorkingCalendar:
        day = timezone.localdate(at)
        if day not in self._days:
            self._days[day] = calendar_of(at)
        return self._days[day]


def _opened(
    new: NewCase, name: CaseName, known: _Known, *, key: str, actor: Actor, at: datetime
) -> _Opened:
    matter, area = known.matter(new.matter), known.area(new.area)
    standard = known.standard(matter)
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
        stage=standard.definition.first_stage.key,
        received_at=new.received_at,
        opened_at=at,
        receipt_hash=receipt_hash(new.receipt),
        seq=1,
        search_text=f"{new.title}\n{new.body}\n{new.address}",
        search=_vector(f"{new.title} {new.body} {new.address}"),
    )
    case.calendar = known.calendar(new.received_at)
    fact = CaseOpened(
        case.public_id, case.number, str(standard), matter.code, area.code, new.channel
    )
    opened = _Opened(case, fact, key)
    _begin(opened, standard.definition, actor=actor, at=at)
    return opened


def _begin(opened: _Opened, standard: StandardDef, *, actor: Actor, at: datetime) -> None:
    """Begin the first stage: its item, its clocks and timers, and what is due when."""
    case, stage = opened.case, standard.first_stage
    clock = standard.clock(case.clock_code)
    if clock is not None and clock.first_contact is not None:
        limit = clock.first_contact
        contact = begun_clock(case, CONTACT_CLOCK, limit, item=None, starts_at=case.received_at)
        opened.clocks.append(contact)
    if stage.each == "units":  # nobody has been named yet
        return
    item = WorkItem(
        case=case,
        stage=stage.key,
        round=case.round,
        role=stage.role,
        is_lead=True,
        opened_at=at,
        opened_by=actor.user_id,
    )
    running = _clock_of(case, stage, standard, item, at)
    item.due_at = case.due_at = running.due_at
    case.due_is_provisional = running.due_at is not None and running.is_provisional
    opened.items.append(item)
    opened.clocks.append(running)
    opened.timers += timers_of(running, item, stage, at)


def _clock_of(
    case: Case, stage: StageDef, standard: StandardDef, item: WorkItem, at: datetime
) -> Clock:
    if stage.own_limit is not None:
        return begun_clock(case, STAGE_CLOCK, stage.own_limit, item=item, starts_at=at)
    limit = clock_limit(standard, case.clock_code)
    starts_at = case.received_at if limit.start == "received" else at
    return begun_clock(case, CASE_CLOCK, limit, item=None, starts_at=starts_at)


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
