"""Taking over matters that ended elsewhere: closed cases, as if they had gone their way here.

Serves: R045 R108 R134.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.cases.events import CaseArchived
from linli.domain.cases.models import Case, Clock, Feedback, WorkItem
from linli.domain.cases.rules.past import (
    Ending,
    Leg,
    Turn,
    faults_in_ending,
    parts_of,
    road_to,
    turns_of,
)
from linli.domain.cases.selectors.reckoning import calendar_of
from linli.domain.cases.services.drafting import Draft, Known, draft_case, named, store_drafts
from linli.domain.cases.services.intake import CaseName, NewCase, clock_for
from linli.domain.cases.services.running import CASE_CLOCK, CONTACT_CLOCK, ended_clock
from linli.domain.catalogue.selectors import StandardDef, clock_limit
from linli.domain.organisations.selectors import Unit
from linli.kernel.errors import LinliError, Rejected, RejectedTogether

CLOSED = "closed"


@dataclass(frozen=True)
class PastCase:
    """A matter that has ended elsewhere.

    Parameters
    ----------
    new : what it began with; `received_at` is a moment of the past.
    source : name of the system that it is taken over from.
    """

    new: NewCase
    ending: Ending
    source: str


class Archive:
    """What past matters are checked against, looked up once each."""

    def __init__(self, *, matters: Iterable[str], areas: Iterable[str] = (), at: datetime) -> None:
        """Look up what is named by code, and all units."""
        self.known = Known(matters=matters, areas=areas)
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.calendar = calendar_of(at)
        self._at = at

    def standard_of(self, new: NewCase) -> StandardDef:
        """Return the standard in force when a matter was received. Raises NotFound, Rejected."""
        return self.known.standard(self.known.matter(new.matter), new.received_at).definition

    def faults(self, past: PastCase) -> list[LinliError]:
        """Return all that is wrong with how a matter is said to have ended."""
        try:
            standard = self.standard_of(past.new)
        except Rejected as error:
            return [error]
        found = faults_in_ending(
            past.ending,
            received_at=past.new.received_at,
            standard=standard,
            units=self.units.keys(),
            at=self._at,
        )
        return list(found)

    def due_of(self, new: NewCase, *, starts_at: datetime) -> datetime:
        """Return when a matter was due whose limit began to run at a moment."""
        standard = self.standard_of(new)
        chosen = clock_for(new, self.known.matter(new.matter).clock_code, standard)
        return self.calendar.add(starts_at, clock_limit(standard, chosen).limit).at


@transaction.atomic
def archive_cases(
    pasts: Sequence[tuple[PastCase, str]], *, actor: Actor, at: datetime
) -> list[Case]:
    """Take over matters that have ended, each with the key of its command; all or none.

    Each becomes a closed case under the standard in force when it was received. Nothing follows
    from it: no timer is set, nobody is told. The caller has checked that the matters are new.
    Records CaseOpened and CaseArchived for each, now. Raises RejectedTogether naming field and
    row, NotFound where matter or area are unknown.
    """
    news = [past.new for past, _ in pasts]
    archive = Archive(matters=(n.matter for n in news), areas=(n.area for n in news), at=at)
    faults = [fault for past, _ in pasts for fault in archive.faults(past)]
    if faults:
        raise RejectedTogether(faults)
    drafts = [
        _archived(past, name, archive, key=key)
        for (past, key), name in zip(pasts, named(news, at=at), strict=True)
    ]
    return store_drafts(drafts, actor=actor, at=at)


def _archived(past: PastCase, name: CaseName, archive: Archive, *, key: str) -> Draft:
    new, ending, known = past.new, past.ending, archive.known
    version = known.standard(known.matter(new.matter), new.received_at)
    standard = version.definition
    draft = draft_case(new, name, known, key=key, standard=version, at=new.received_at)
    case = draft.case
    case.calendar = archive.calendar
    _end(case, ending, archive, standard)
    turns = turns_of(ending, new.received_at)
    clocks = [_clock(case, turn, standard) for turn in turns]
    road = road_to(standard, ending.outcome, by_units=bool(ending.unit))
    for turn, clock in zip(turns, clocks, strict=True):
        draft.items += _items(case, turn, road, ending, archive, due_at=clock.due_at)
        draft.feedback += _feedback(case, turn)
    draft.clocks = [*clocks, *_contact_clocks(case, standard)]
    draft.facts.append(_fact(past, case))
    return draft


def _end(case: Case, ending: Ending, archive: Archive, standard: StandardDef) -> None:
    """Let the case stand as it ended."""
    lead = archive.units.get(ending.unit)
    helpers = [archive.units[code] for code in ending.co_units]
    case.stage, case.status = CLOSED, Case.Status.CLOSED
    case.outcome, case.exclusion = ending.outcome, ending.exclusion
    case.route = ending.route
    if ending.outcome == "merge":
        case.route = standard.merge_route or ""
    case.lead_unit = lead
    case.unit_ids = sorted({unit.pk for unit in (lead, *helpers) if unit is not None})
    case.round, case.bounces = len(ending.rounds), ending.bounces
    case.contacted_at, case.answered_at = ending.contacted_at, ending.answered_at
    case.closed_at = ending.closed_at


def _clock(case: Case, turn: Turn, standard: StandardDef) -> Clock:
    limit = clock_limit(standard, case.clock_code)
    is_first = turn.number == 1 and limit.start == "received"
    starts_at = case.received_at if is_first else turn.began_at
    return ended_clock(case, CASE_CLOCK, limit, starts_at=starts_at, ends_at=turn.answered_at)


def _contact_clocks(case: Case, standard: StandardDef) -> list[Clock]:
    """The clock to the first contact; where that is not known, no rate may hold it for late."""
    found = standard.clock(case.clock_code)
    if found is None or found.first_contact is None or case.contacted_at is None:
        return []
    starts, ends = case.received_at, case.contacted_at
    return [ended_clock(case, CONTACT_CLOCK, found.first_contact, starts_at=starts, ends_at=ends)]


def _items(
    case: Case,
    turn: Turn,
    road: Sequence[Leg],
    ending: Ending,
    archive: Archive,
    *,
    due_at: datetime | None,
) -> Iterator[WorkItem]:
    """Yield the work of a round of which it is known when it was done."""
    for part in parts_of(turn, road, ending, received_at=case.received_at):
        unit = archive.units.get(part.unit)
        yield WorkItem(
            case=case,
            stage=part.stage.key,
            round=turn.number,
            unit=unit,
            role=part.stage.role,
            is_lead=part.is_lead,
            state=WorkItem.State.DONE,
            outcome=part.outcome,
            reason=part.words,
            opened_at=part.opened_at,
            closed_at=part.closed_at,
            due_at=due_at if unit is not None else None,
        )


def _feedback(case: Case, turn: Turn) -> Iterator[Feedback]:
    for said in turn.told.said:
        yield Feedback(
            case=case,
            round=turn.number,
            contacted=said.contacted,
            solved=said.solved,
            satisfied=said.satisfied,
            comment=said.comment,
            by=said.by,
            given_at=said.given_at,
        )


def _fact(past: PastCase, case: Case) -> CaseArchived:
    answered = past.ending.answered_at
    return CaseArchived(
        case.public_id,
        past.source,
        past.ending.unit,
        case.received_at.isoformat(),
        answered.isoformat() if answered else "",
        past.ending.closed_at.isoformat(),
        past.ending.outcome,
    )
