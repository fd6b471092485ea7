"""Opening a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.models import Func, Value
from django.utils import timezone

from linli.domain.access.selectors import Actor
from linli.domain.cases.events import CaseOpened, CaseRevised
from linli.domain.cases.models import Case
from linli.domain.cases.selectors.receipts import receipt_hash
from linli.domain.cases.services.moving import enter
from linli.domain.cases.services.running import CONTACT_CLOCK, new_clock
from linli.domain.cases.services.steps import (
    definition_of,
    is_repeat,
    lock_for,
    require_stage,
    write,
)
from linli.domain.catalogue.selectors import StandardDef, matter_by_code, standard_for
from linli.domain.places.selectors import area_by_code
from linli.kernel.ids import case_number, public_id
from linli.methods.words import search_tokens

Urgency = Literal["ordinary", "urgent", "emergency"]


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


@dataclass(frozen=True)
class Revision:
    """What a clerk corrects before dispatch."""

    matter: str
    area: str
    petition_type: str
    urgency: Urgency
    clock: str = ""


@transaction.atomic
def open_case(new: NewCase, *, actor: Actor, at: datetime, key: str) -> Case:
    """Open a case under the standard of its matter; its first stage begins. Records CaseOpened.

    The caller has checked that the message is new; `key` names the command in the history.
    Raises NotFound where matter or area are unknown, Rejected where no standard holds.
    """
    matter, area = matter_by_code(new.matter), area_by_code(new.area)
    standard = standard_for(new.matter, at)
    chosen = new.clock or clock_for(new, matter.clock_code, standard.definition)
    case = Case.objects.create(
        public_id=public_id(),
        number=case_number(timezone.localdate(at), _next_serial()),
        standard=standard,
        matter=matter,
        petition_type=new.petition_type,
        channel=new.channel,
        urgency=new.urgency,
        confidentiality=standard.definition.confidentiality,
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
        search_text=f"{new.title}\n{new.body}\n{new.address}",
        search=_vector(f"{new.title} {new.body} {new.address}"),
    )
    fact = CaseOpened(
        case.public_id, case.number, str(standard), matter.code, area.code, new.channel
    )
    write(case, fact, actor=actor, at=at, key=key)
    clock = standard.definition.clock(chosen)
    if clock is not None and clock.first_contact is not None:
        new_clock(case, CONTACT_CLOCK, clock.first_contact, item=None, starts_at=new.received_at)
    enter(case, standard.definition.first_stage, handlers=(), actor=actor, at=at)
    return case


@transaction.atomic
def revise_case(ref: str, revision: Revision, *, actor: Actor, at: datetime, key: str) -> Case:
    """Correct matter, place, type and urgency before dispatch. Records CaseRevised.

    Raises NotFound, NotPermitted, CaseIsElsewhere.
    """
    case = lock_for(ref, act="case.triage", actor=actor)
    if is_repeat(case, key):
        return case
    require_stage(case, definition_of(case).first_stage.key)
    matter, area = matter_by_code(revision.matter), area_by_code(revision.area)
    case.matter, case.area, case.area_path = matter, area, area.path
    case.petition_type, case.urgency = revision.petition_type, revision.urgency
    case.clock_code = revision.clock or clock_for(revision, matter.clock_code, definition_of(case))
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


def clock_for(new: NewCase | Revision, matter_clock: str, standard: StandardDef) -> str:
    """Choose the clock class: danger first, then the matter's own, then the petition type's."""
    if new.urgency != "ordinary" and standard.clock("urgent") is not None:
        return "urgent"
    if matter_clock and matter_clock != standard.default_clock:
        return matter_clock
    return standard.clock_for_type(new.petition_type)


def _next_serial() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('case_serial')")
        return int(cursor.fetchone()[0])


def _vector(text: str) -> Func:
    """Segmented words as a tsvector, made by the database in the same statement."""
    words = Value(search_tokens(text))
    return Func(
        words,
        template="to_tsvector('simple', %(expressions)s)",
        output_field=SearchVectorField(),
    )
