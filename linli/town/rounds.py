"""Plays the cases of the town in the order of time: what each office does, and when.

The offices stand behind a port, so that the play needs no database: `office.py` fills it with
the services of the domain.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

from linli.town.chance import chance_for
from linli.town.demands import Demand
from linli.town.fates import Fate, Verdict, handling_text

LATEST_RETURN_HOURS = 6.0  # an objection must come within a working day
URGED_AFTER_HOURS = 5.0
SHORTEST = timedelta(minutes=4)
FIRST_SHARE, SECOND_SHARE = 0, 1
CO_UNIT_SHARE = 0.6  # helpers are done before the lead is
DECIDED_AFTER = timedelta(days=1)
WINDOW_DAYS = 14.0  # residents may ask for more within fifteen days of closing


class Office(Protocol):
    """What the play asks of the platform; each call is one act of one person at one moment.

    `ref` names a case; a call that starts work returns when it is due.
    """

    def receive(self, demand: Demand, *, at: datetime) -> str: ...
    def decide(self, ref: str, demand: Demand, *, at: datetime) -> None: ...
    def answer(self, ref: str, *, text: str, at: datetime) -> None: ...
    def route(self, ref: str, *, route: str, at: datetime) -> None: ...
    def merge(self, ref: str, *, into: str, at: datetime) -> None: ...
    def dispatch(
        self, ref: str, *, to: str, co_units: tuple[str, ...], at: datetime
    ) -> datetime: ...
    def contact(self, ref: str, *, unit: str, at: datetime) -> None: ...
    def hand_back(self, ref: str, *, unit: str, text: str, at: datetime) -> None: ...
    def rule(self, ref: str, *, to: str, text: str, at: datetime) -> datetime: ...
    def complete(self, ref: str, *, unit: str, text: str, at: datetime) -> None: ...
    def ask(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None: ...
    def hear(self, ref: str, *, verdict: Verdict, at: datetime) -> datetime | None: ...
    def urge(self, ref: str, *, text: str, at: datetime) -> None: ...
    def exclude(self, ref: str, *, unit: str, reason: str, text: str, at: datetime) -> None: ...


Step = Callable[[datetime], None]
Progress = Callable[[int, int], None]


class Agenda:
    """What happens next; two things at one moment happen in the order in which they were set."""

    def __init__(self, until: datetime) -> None:
        self._until = until
        self._serial = count()
        self._heap: list[tuple[datetime, int, Step]] = []

    def add(self, at: datetime, step: Step) -> None:
        """Set a step; one that lies after the end is left undone, so that cases stay open."""
        if at <= self._until:
            heapq.heappush(self._heap, (at, next(self._serial), step))

    def run(self) -> None:
        """Carry out every step in the order of time."""
        while self._heap:
            at, _, step = heapq.heappop(self._heap)
            step(at)


class Course:
    """The way of one case through the offices, as its fate says."""

    def __init__(
        self,
        demand: Demand,
        fate: Fate,
        *,
        office: Office,
        agenda: Agenda,
        refs: MutableMapping[str, str],
        seed: int,
    ) -> None:
        self.demand = demand
        self.fate = fate
        self.ref = ""
        self._office = office
        self._agenda = agenda
        self._refs = refs
        self._rng = chance_for(seed, "course", demand.id)
        self._unit = fate.unit
        self._round = 0
        self._is_answered = self._is_dispatched = False

    def begin(self, at: datetime) -> None:
        """Take the message in; the desk sees it some minutes later."""
        self.ref = self._refs[self.demand.id] = self._office.receive(self.demand, at=at)
        self._agenda.add(at + timedelta(minutes=self.fate.triage_minutes), self._triage)

    def _triage(self, at: datetime) -> None:
        self._office.decide(self.ref, self.demand, at=at)
        desk = self.fate.desk
        origin = self._refs.get(self.demand.duplicate_of, "")
        if desk == "merge" and origin:
            self._office.merge(self.ref, into=origin, at=at)
        elif desk == "answer":
            self._office.answer(self.ref, text=self._say("desk_answers"), at=at)
            self._after_answer(at)
        elif desk == "route":
            self._office.route(self.ref, route=self.fate.route, at=at)
        else:
            self._dispatch(at)

    def _dispatch(self, at: datetime) -> None:
        self._is_dispatched = True
        objection = self.fate.objection
        co_units = () if objection else self.fate.co_units
        due = self._office.dispatch(self.ref, to=self.fate.first_unit, co_units=co_units, at=at)
        if objection:
            hours = min(objection.return_hours, LATEST_RETURN_HOURS)
            self._agenda.add(at + timedelta(hours=hours), self._hand_back)
        else:
            self._handle(at, due, co_units=co_units)

    def _hand_back(self, at: datetime) -> None:
        objection = self.fate.objection
        if objection is None:
            return
        text = self._say("returns")
        self._office.hand_back(self.ref, unit=objection.unit, text=text, at=at)
        self._agenda.add(at + timedelta(hours=objection.ruling_hours), self._rule)

    def _rule(self, at: datetime) -> None:
        objection = self.fate.objection
        if objection is None:
            return
        text = self._say("upheld" if objection.upheld else "rejected")
        to = self._unit if objection.upheld else ""
        due = self._office.rule(self.ref, to=to, text=text, at=at)
        self._handle(at, due)

    def _handle(self, at: datetime, due: datetime, *, co_units: tuple[str, ...] = ()) -> None:
        """Plan when the unit speaks to the resident, when its helpers are done, when it answers."""
        self._is_answered = False
        share = self.fate.shares[FIRST_SHARE if self._round == 0 else SECOND_SHARE]
        room = max(due - at, SHORTEST)
        done = at + max(room * share, SHORTEST)
        contact = at + timedelta(hours=self.fate.contact_hours)
        if self._round == 0 and contact < done:
            self._agenda.add(contact, self._contact)
        for unit in co_units:
            self._agenda.add(at + (done - at) * CO_UNIT_SHARE, self._helper(unit))
        if done > due and self.fate.is_urged:
            self._agenda.add(due + timedelta(hours=URGED_AFTER_HOURS), self._urge)
        self._agenda.add(done, self._complete)

    def _contact(self, at: datetime) -> None:
        if not self._is_answered:
            self._office.contact(self.ref, unit=self._unit, at=at)

    def _helper(self, unit: str) -> Step:
        def complete(at: datetime) -> None:
            self._office.complete(self.ref, unit=unit, text=self._say("answers"), at=at)

        return complete

    def _urge(self, at: datetime) -> None:
        if not self._is_answered:
            self._office.urge(self.ref, text=self._say("urges"), at=at)

    def _complete(self, at: datetime) -> None:
        self._is_answered = True
        explains = self.demand.petition_type in ("inquiry", "suggestion")
        text = self._say("explains" if explains else "answers")
        self._office.complete(self.ref, unit=self._unit, text=text, at=at)
        if self.fate.exclusion and self._round == 0:
            self._agenda.add(at + SHORTEST, self._exclude)
        self._after_answer(at)

    def _exclude(self, at: datetime) -> None:
        self._office.exclude(
            self.ref,
            unit=self._unit,
            reason=self.fate.exclusion,
            text=self._say("evidence"),
            at=at,
        )

    def _after_answer(self, at: datetime) -> None:
        self._is_answered = True
        self._agenda.add(at + timedelta(days=self.fate.follow_up_days), self._ask)

    def _ask(self, at: datetime) -> None:
        verdicts = self.fate.verdicts
        verdict = verdicts[min(self._round, len(verdicts) - 1)]
        due = self._office.ask(self.ref, verdict=verdict, at=at)
        if due is not None:
            self._again(at, due)
        elif self.fate.own_word and self._round == 0:
            days = min(self.fate.own_word.days, WINDOW_DAYS)
            self._agenda.add(at + timedelta(days=days), self._hear)

    def _hear(self, at: datetime) -> None:
        if self.fate.own_word is None:
            return
        due = self._office.hear(self.ref, verdict=self.fate.own_word.verdict, at=at)
        if due is not None:
            self._again(at, due)

    def _again(self, at: datetime, due: datetime) -> None:
        """Not solved: back to whoever answered; what the desk answered is dispatched now."""
        self._round += 1
        if self._is_dispatched:
            self._handle(at, due)
        else:
            self._agenda.add(at + timedelta(minutes=self.fate.triage_minutes), self._dispatch)

    def _say(self, name: str) -> str:
        return handling_text(self._rng, name, place=self.demand.place, subject=self.demand.subject)


def play(
    fates: Iterable[tuple[Demand, Fate]],
    *,
    office: Office,
    until: datetime,
    seed: int,
    known: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> dict[str, str]:
    """Play every case until a moment; what lies after it stays undone.

    Returns the case of each demand, by the demand's id. Merged cases follow an earlier one,
    which must be among the demands or among `known`, the cases that stand already.
    """
    agenda = Agenda(until)
    refs = dict(known or {})
    courses: dict[str, Course] = {}
    for demand, fate in fates:
        courses[demand.id] = Course(
            demand, fate, office=office, agenda=agenda, refs=refs, seed=seed
        )
    total, begun = len(courses), count(1)

    def begin(course: Course) -> Step:
        def step(at: datetime) -> None:
            course.begin(at)
            if progress is not None:
                progress(next(begun), total)

        return step

    for course in courses.values():
        agenda.add(course.demand.received_at, begin(course))
    agenda.run()
    return {id_: course.ref for id_, course in courses.items() if course.ref}
