"""What a case begins with, and what a clerk corrects before dispatch."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.cases.errors import RevisedMeanwhile
from linli.domain.cases.events import CaseRevised
from linli.domain.cases.models import Case, CaseEvent
from linli.domain.cases.services.running import (
    CASE_CLOCK,
    CONTACT_CLOCK,
    change_limit,
    clocks_of,
    new_clock,
    refresh_due,
)
from linli.domain.cases.services.steps import (
    definition_of,
    is_repeat,
    lock_for,
    open_items,
    require_listed,
    require_stage,
    write,
)
from linli.domain.catalogue.selectors import StandardDef, clock_limit, matter_by_code
from linli.domain.places.selectors import area_by_code
from linli.kernel.errors import Rejected

Urgency = Literal["ordinary", "urgent", "emergency"]


@dataclass(frozen=True)
class CaseName:
    """Public id and number of a case, given out before it is opened."""

    ref: str
    number: str


@dataclass(frozen=True)
class NewCase:
    """What is needed to open a case; text is already checked and cleaned by whoever feeds it.

    Parameters
    ----------
    matter, area : codes; area may be any level of the tree.
    petition_type : code of the standard's petition types.
    channel : how it came in, e.g. web, phone, window, grid, import.
    received_at : when it reached us, UTC.
    receipt : the resident's receipt code, or "" where none was given.
    confidentiality : "" for what the standard says.
    source_number : the number that it bears where it comes from; "" for none. Found by search.
    name : where it has been given out already.
    origin_unit : row id of the unit that opens it by hand; 0 for none.
    """

    title: str
    body: str
    matter: str
    area: str
    petition_type: str
    channel: str
    received_at: datetime
    urgency: Urgency = "ordinary"
    address: str = ""
    lng: float | None = None
    lat: float | None = None
    receipt: str = ""
    clock: str = ""
    confidentiality: Literal["", "ordinary", "sensitive", "sealed"] = ""
    source_number: str = ""
    name: CaseName | None = None
    origin_unit: int = 0


@dataclass(frozen=True)
class Revision:
    """What a clerk corrects before dispatch."""

    matter: str
    area: str
    petition_type: str
    urgency: Urgency
    clock: str = ""


@transaction.atomic
def revise_case(
    ref: str,
    revision: Revision,
    *,
    seen: int | None = None,
    actor: Actor,
    at: datetime,
    key: str,
) -> Case:
    """Correct matter, place, type and urgency before dispatch. Records CaseRevised.

    Parameters
    ----------
    seen : position of the case's history that the actor looked at (`case.seq`); None where the
        actor looked at nothing, as on the way in.

    Clocks that run take the limits of the new class. Raises NotFound, NotPermitted,
    CaseIsElsewhere, RevisedMeanwhile, Rejected for a type or an urgency that there is not.
    """
    case = lock_for(ref, act="case.triage", actor=actor)
    if is_repeat(case, key):
        return case
    require_stage(case, definition_of(case).first_stage.key)
    if seen is not None:
        _require_unrevised(case, seen)
    _require_known(case, revision)
    matter, area = matter_by_code(revision.matter), area_by_code(revision.area)
    case.matter, case.area, case.area_path = matter, area, area.path
    case.petition_type, case.urgency = revision.petition_type, revision.urgency
    case.clock_code = revision.clock or clock_for(revision, matter.clock_code, definition_of(case))
    _let_clocks_follow(case)
    case.save(
        update_fields=[
            "matter",
            "area",
            "area_path",
            "petition_type",
            "urgency",
            "clock_code",
        ]
    )
    fact = CaseRevised(
        case.public_id, matter.code, area.code, case.urgency, case.petition_type, case.clock_code
    )
    write(case, fact, actor=actor, at=at, key=key)
    return case


def _require_known(case: Case, revision: Revision) -> None:
    """Raise NotListed or Rejected for a petition type or an urgency that there is not."""
    listed = definition_of(case).petition_types
    if listed:
        names = {"zh": "诉求类型", "en": "petition types"}
        require_listed(revision.petition_type, listed, field="petition_type", **names)
    if revision.urgency not in Case.Urgency.values:
        raise Rejected(
            f"没有“{revision.urgency}”这一紧急程度。请从列表中选择。",
            f"There is no urgency {revision.urgency}; choose one of the list.",
            field="urgency",
        )


def _let_clocks_follow(case: Case) -> None:
    """Give the running clocks the limits of the class that the case has now."""
    standard = definition_of(case)
    own = standard.clock(case.clock_code)
    limits = {
        CASE_CLOCK: clock_limit(standard, case.clock_code),
        CONTACT_CLOCK: own.first_contact if own else None,
    }
    running = clocks_of(case)
    for clock in running:
        limit = limits.get(clock.kind)
        if limit is not None:
            change_limit(clock, limit)
    contact = limits[CONTACT_CLOCK]
    if contact is not None and not case.clocks.filter(kind=CONTACT_CLOCK).exists():
        start = case.received_at
        running.append(new_clock(case, CONTACT_CLOCK, contact, item=None, starts_at=start))
    refresh_due(case, running, open_items(case))


def _require_unrevised(case: Case, seen: int) -> None:
    """Raise RevisedMeanwhile where the case was corrected after a position of its history."""
    later = CaseEvent.objects.filter(case=case, activity=CaseRevised.name, seq__gt=seen)
    last = later.order_by("-seq").first()
    if last is None:
        return
    kinds = definition_of(case).petition_types
    kind = next((kind for kind in kinds if kind.code == case.petition_type), None)
    zh = [case.matter.name, case.area.name, kind.name if kind else ""]
    en = [case.matter.name_en, case.area.name, kind.name_en if kind else "", case.urgency]
    zh.append(str(Case.Urgency(case.urgency).label))
    raise RevisedMeanwhile(
        last.actor_name, "、".join(filter(None, zh)), ", ".join(filter(None, en))
    )


def clock_for(new: NewCase | Revision, matter_clock: str, standard: StandardDef) -> str:
    """Choose the clock class: danger first, then the matter's own, then the petition type's."""
    if new.urgency != "ordinary" and standard.danger_clock:
        return standard.danger_clock
    if matter_clock and matter_clock != standard.default_clock:
        return matter_clock
    return standard.clock_for_type(new.petition_type)
