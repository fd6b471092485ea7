"""Shielding whoever complains: the unit complained about sees nothing and handles nothing.

Serves: R129 X08.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor, Level
from linli.domain.access.services import require
from linli.domain.cases.events import CaseClassified, RespondentCleared, RespondentNamed
from linli.domain.cases.models import Case, Rendition
from linli.domain.cases.rules.flow import Move
from linli.domain.cases.services.moving import follow
from linli.domain.cases.services.steps import (
    definition_of,
    is_repeat,
    lock_for,
    open_items,
    require_words,
    write,
)
from linli.domain.cases.services.withdrawing import withdraw_all
from linli.domain.organisations.selectors import house_of, unit_by_code
from linli.kernel.errors import NotFound, Rejected


@transaction.atomic
def name_respondent(
    ref: str, *, unit: str, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Name a unit as the one complained about: it and its parts lose sight of the case.

    Where one of them has the work, all open work is taken back and the case begins again at the
    first stage, whose clerk finds another. Records RespondentNamed.

    Raises NotFound, NotPermitted, ReasonMissing.
    """
    case = lock_for(ref, act="case.name_respondent", actor=actor)
    if is_repeat(case, key):
        return case
    require_words(reason)
    named = unit_by_code(unit)
    case.respondent_ids = sorted({*case.respondent_ids, named.pk})
    case.save(update_fields=["respondent_ids"])
    fact = RespondentNamed(case.public_id, named.code, reason)
    write(case, fact, actor=actor, at=at, key=key)
    _take_back(case, house_of([named.pk]), actor=actor, at=at)
    return case


@transaction.atomic
def clear_respondent(
    ref: str, *, unit: str, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Take back that a unit is complained about; it need answer nothing any more.

    Records RespondentCleared, and RenditionWithdrawn for what was open.

    Raises NotFound where it was not named, NotPermitted, ReasonMissing.
    """
    case = lock_for(ref, act="case.clear_respondent", actor=actor)
    if is_repeat(case, key):
        return case
    require_words(reason)
    named = unit_by_code(unit)
    if named.pk not in case.respondent_ids:
        raise NotFound
    case.respondent_ids = [other for other in case.respondent_ids if other != named.pk]
    case.save(update_fields=["respondent_ids"])
    fact = RespondentCleared(case.public_id, named.code, reason)
    write(case, fact, actor=actor, at=at, key=key)
    withdraw_all(case, why=Rendition.Why.CLEARED, units=[named.pk], actor=actor, at=at)
    return case


@transaction.atomic
def classify_case(
    ref: str, *, level: str, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Make a case more or less confidential; less is another's decision. Records CaseClassified.

    Raises NotFound, NotPermitted, ReasonMissing, Rejected where the level is unknown or the
    present one.
    """
    case = lock_for(ref, act="case.classify", actor=actor)
    if is_repeat(case, key):
        return case
    require_words(reason)
    others = {known.value for known in Level} - {case.confidentiality}
    if level not in others:
        raise Rejected(
            f"没有“{level}”这一保密等级，或者工单已是这一等级。请从列表中选择。",
            f"There is no level {level}, or the case has it already. Choose one of the list.",
            field="level",
        )
    if Level(case.confidentiality) not in Level(level).below():
        require(actor, "case.declassify", case)
    case.confidentiality = level
    case.save(update_fields=["confidentiality"])
    write(case, CaseClassified(case.public_id, level, reason), actor=actor, at=at, key=key)
    return case


def _take_back(case: Case, house: Collection[int], *, actor: Actor, at: datetime) -> None:
    """Begin again at the first stage where the house has open work."""
    items = open_items(case)
    if case.lead_unit_id in house:
        case.lead_unit = None
        case.save(update_fields=["lead_unit"])
    if not any(item.unit_id in house for item in items):
        return
    first = definition_of(case).first_stage.key
    back = Move(first, True, tuple(item.pk for item in items))
    follow(case, back, actor=actor, at=at, outcome="taken_back")
