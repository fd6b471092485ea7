"""Opening cases, one or hundreds at once: the same rows and facts either way.

Serves: R011 R014 R108 R134.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.cases.models import Case, Clock, WorkItem
from linli.domain.cases.services.drafting import Draft, Known, draft_case, named, store_drafts
from linli.domain.cases.services.intake import CaseName, NewCase
from linli.domain.cases.services.running import (
    CASE_CLOCK,
    CONTACT_CLOCK,
    STAGE_CLOCK,
    begins_at,
    begun_clock,
    timers_of,
)
from linli.domain.catalogue.selectors import StageDef, StandardDef, clock_limit


def open_case(new: NewCase, *, actor: Actor, at: datetime, key: str) -> Case:
    """Open a case under the standard of its matter; its first stage begins. Records CaseOpened.

    The caller has checked that the message is new; `key` names the command in the history.
    Raises NotFound where matter or area are unknown, Rejected where no standard holds.
    """
    case = open_cases([(new, key)], actor=actor, at=at)[0]
    wall.hold([case.pk])
    return case


@transaction.atomic
def open_cases(cases: Sequence[tuple[NewCase, str]], *, actor: Actor, at: datetime) -> list[Case]:
    """Open many cases, each with the key of its command; records CaseOpened for each.

    All are opened or none. Raises as `open_case`.
    """
    news = [new for new, _ in cases]
    known = Known(matters=(n.matter for n in news), areas=(n.area for n in news))
    names = named(news, at=at)
    drafts = [
        _opened(new, name, known, key=key, actor=actor, at=at)
        for (new, key), name in zip(cases, names, strict=True)
    ]
    return store_drafts(drafts, actor=actor, at=at)


def _opened(
    new: NewCase, name: CaseName, known: Known, *, key: str, actor: Actor, at: datetime
) -> Draft:
    standard = known.standard(known.matter(new.matter), at)
    draft = draft_case(new, name, known, key=key, standard=standard, at=at)
    draft.case.calendar = known.calendar(at)
    _begin(draft, standard.definition, actor=actor, at=at)
    return draft


def _begin(draft: Draft, standard: StandardDef, *, actor: Actor, at: datetime) -> None:
    """Begin the first stage: its item, its clocks and timers, and what is due when."""
    case, stage = draft.case, standard.first_stage
    clock = standard.clock(case.clock_code)
    if clock is not None and clock.first_contact is not None:
        limit = clock.first_contact
        contact = begun_clock(case, CONTACT_CLOCK, limit, item=None, starts_at=case.received_at)
        draft.clocks.append(contact)
    if stage.each == "units":  # nobody has been named yet
        return
    item = WorkItem(
        case=case,
        stage=stage.key,
        round=case.round,
        unit_id=case.origin_unit_id if stage.each == "own" else None,
        role=stage.role,
        is_lead=True,
        opened_at=at,
        opened_by=actor.user_id,
    )
    running = _clock_of(case, stage, standard, item, at)
    item.due_at = case.due_at = running.due_at
    case.due_is_provisional = running.due_at is not None and running.is_provisional
    draft.items.append(item)
    draft.clocks.append(running)
    draft.timers += timers_of(running, item, stage, at)


def _clock_of(
    case: Case, stage: StageDef, standard: StandardDef, item: WorkItem, at: datetime
) -> Clock:
    if stage.own_limit is not None:
        starts_at = begins_at(case, stage.own_limit, at)
        return begun_clock(case, STAGE_CLOCK, stage.own_limit, item=item, starts_at=starts_at)
    limit = clock_limit(standard, case.clock_code)
    starts_at = begins_at(case, limit, at)
    return begun_clock(case, CASE_CLOCK, limit, item=None, starts_at=starts_at)
