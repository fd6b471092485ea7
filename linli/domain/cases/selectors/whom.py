"""Whom a case may be handed to, and whom it complains about.

Serves: R019 X08.
"""

from datetime import datetime

from linli.domain.cases.models import Case
from linli.domain.organisations.selectors import (
    DispatchSuggestion,
    Reason,
    Unit,
    house_of,
    units,
    units_by_ids,
    units_for_dispatch,
)

INSTEAD = Reason(
    "instead",
    "职责清单所列主责单位被投诉，须由其他单位办理；请人工选定。",
    "The lead of the duty list is complained about; another unit must handle it. Choose one.",
)


def dispatch_choices(case: Case, *, at: datetime) -> list[DispatchSuggestion]:
    """Return whom a case may be handed to, best first, each with its reasons.

    As the duty list says, without whoever is complained about and its parts. Where that leaves
    out the lead, every other unit may be chosen.
    """
    listed = units_for_dispatch(case.matter.code, case.area_path, at=at)
    shut = house_of(case.respondent_ids)
    left = [found for found in listed if found.unit.pk not in shut]
    if not listed or listed[0].unit.pk not in shut:
        return left
    known = shut | {found.unit.pk for found in left}
    others = [unit for unit in units(at=at) if unit.pk not in known]
    return [*left, *(DispatchSuggestion(unit, "territory", (INSTEAD,)) for unit in others)]


def respondents_of(case: Case) -> list[Unit]:
    """Return the units that a case complains about, by code."""
    found = units_by_ids(set(case.respondent_ids)) if case.respondent_ids else {}
    return sorted(found.values(), key=lambda unit: unit.code)
