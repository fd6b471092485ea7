"""Opening a case by hand: by staff whose standard it is, or below a case as one of its parts.

Serves: R014 R105.
"""

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from linli.domain.access.selectors import Actor, Holding
from linli.domain.access.services import require
from linli.domain.audit.services import lock_streams
from linli.domain.cases.errors import CaseIsClosed
from linli.domain.cases.events import CaseOpened
from linli.domain.cases.models import Case, CaseEvent
from linli.domain.cases.selectors.working import act_for
from linli.domain.cases.services.drafting import name_cases
from linli.domain.cases.services.intake import NewCase
from linli.domain.cases.services.links import tie
from linli.domain.cases.services.opening import open_case
from linli.domain.cases.services.steps import (
    lock_case,
    require_open_words,
    require_words,
    stage_def,
)
from linli.domain.catalogue.errors import NoStandard
from linli.domain.catalogue.selectors import matter_by_code, standard_by_code
from linli.domain.places.selectors import area_by_code
from linli.kernel.errors import NotPermitted, Rejected
from linli.kernel.paths import is_inside

OPEN = "case.open"
LOCK = 1_234_500_011


@transaction.atomic
def open_by_hand(new: NewCase, *, actor: Actor, at: datetime, key: str) -> Case:
    """Open a case whose standard lets staff open it; the unit of the post has it first.

    Sent twice with one key it is opened once. Records CaseOpened. Raises NotFound, NotPermitted,
    Rejected where a text is missing or bears a mark of secrecy.
    """
    _one_at_a_time(key)
    before = _opened_before(actor, key)
    if before is not None:
        return before
    holding = _holding_for(new, actor, at)
    _require_said(new)
    return open_case(replace(new, origin_unit=holding.unit_id), actor=actor, at=at, key=key)


@transaction.atomic
def open_part(whole: str, new: NewCase, *, actor: Actor, at: datetime, key: str) -> Case:
    """Open a part of a case in a stage that has parts, by whoever has the stage.

    Records CaseOpened for the part, CaseLinked for both. Raises NotFound, NotPermitted,
    CaseIsClosed, Rejected for a matter that the stage does not name.
    """
    above = lock_case(whole)
    if above.status == Case.Status.CLOSED:
        raise CaseIsClosed(above.number)
    stage = stage_def(above)
    require(actor, act_for(stage.role, by_units=stage.by_units), above)
    before = _opened_before(actor, key)
    if before is not None:
        return before
    listed = stage.parts.matters if stage.parts else ()
    if not any(new.matter == code or new.matter.startswith(f"{code}.") for code in listed):
        raise Rejected(
            f"“{stage.title}”环节不能立这类子工单。可立：{'、'.join(listed) or '无'}。",
            f"No part of this kind can be opened at “{stage.title_en}”. Possible: "
            f"{', '.join(listed) or 'none'}.",
            field="matter",
        )
    _require_said(new)
    unit = next(iter(actor.unit_ids()), 0)
    name = name_cases(1, at=at)[0]
    lock_streams((name.ref, above.public_id))
    named = replace(new, origin_unit=unit, name=name)
    part = open_case(named, actor=actor, at=at, key=key)
    tie(part, above, "part", actor=actor, at=at, key="")
    return part


def _one_at_a_time(key: str) -> None:
    """Let nobody else open a case under this key until this one stands or is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, key])


def _opened_before(actor: Actor, key: str) -> Case | None:
    rows = CaseEvent.objects.filter(seq=1, activity=CaseOpened.name, key=key)
    found = rows.filter(actor_id=actor.user_id).select_related("case__standard").first()
    return found.case if found else None


def _holding_for(new: NewCase, actor: Actor, at: datetime) -> Holding:
    """The post by which the actor opens the case. Raises NotPermitted, NoStandard."""
    matter = matter_by_code(new.matter)
    if not matter.standard_code:
        raise NoStandard(matter.code, at.date().isoformat())
    definition = standard_by_code(matter.standard_code, at).definition
    path = area_by_code(new.area).path
    for _, holding in actor.reaches(OPEN):
        reaches = holding.area_path and is_inside(path, holding.area_path)
        if holding.role in definition.opened_by and reaches:
            return holding
    raise NotPermitted(
        f"您的岗位不能在此处登记“{definition.name}”。请核对地点，或请有此职责的岗位登记。",
        f"Your post cannot open “{definition.name_en}” here. Check the place, or ask a post that "
        "may.",
    )


def _require_said(new: NewCase) -> None:
    require_words(new.title)
    require_words(new.body)
    require_open_words(new.title, new.body, new.address)
