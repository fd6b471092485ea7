"""Reads about the duty list: who leads in a matter in a place, and who may not be asked.

Serves: R019 R020.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet

from linli.domain.organisations.models import Duty, Unit
from linli.domain.organisations.rules.duties import (
    NATURE_REASONS,
    Reason,
    Refusal,
    list_reason,
    matter_codes,
    nearest_first,
    refusal_for,
    refusal_of_closed,
)
from linli.domain.organisations.rules.kinds import DutyNature, UnitKind, is_grassroots
from linli.domain.organisations.rules.validity import Validity
from linli.domain.organisations.selectors.units import day_of, holds_on
from linli.domain.places.selectors import EVERYWHERE, inside, paths_above

Part = Literal["lead", "assistant", "territory"]


@dataclass(frozen=True)
class DutyMatch:
    """The entry of the duty list that counts for a matter in a place, with its units."""

    duty: Duty
    lead: Unit
    assistants: tuple[Unit, ...]
    nature: DutyNature
    legal_basis: str
    source: str
    reasons: tuple[Reason, ...]

    @property
    def unit_ids(self) -> frozenset[int]:
        """Row ids of the lead and of all who assist."""
        return frozenset({self.lead.pk, *(unit.pk for unit in self.assistants)})


@dataclass(frozen=True)
class DispatchSuggestion:
    """A unit that a matter may be handed to, what its part would be, and why."""

    unit: Unit
    part: Part
    reasons: tuple[Reason, ...]


def duties(path: str = EVERYWHERE, *, at: datetime | None = None) -> QuerySet[Duty]:
    """Return the entries of the duty list inside an area, by matter."""
    found = Duty.objects.filter(inside(path)).select_related("lead", "area")
    return found if at is None else found.filter(holds_on(day_of(at)))


def _match_for(matter_code: str, area_path: str, day: date) -> DutyMatch | None:
    """The first entry that applies and whose lead can be found."""
    applying = (
        Duty.objects.filter(
            holds_on(day),
            matter_code__in=matter_codes(matter_code),
            area_path__in=paths_above(area_path),
        )
        .select_related("lead", "area")
        .prefetch_related("assistants")
    )
    found = (_match(duty, matter_code, area_path, day) for duty in nearest_first(applying))
    return next((match for match in found if match is not None), None)


def _match(duty: Duty, matter_code: str, area_path: str, day: date) -> DutyMatch | None:
    kinds = [duty.lead_kind, *duty.assistant_kinds]
    serving = _serving(area_path, [kind for kind in kinds if kind], day)
    lead = _standing(duty.lead, day) or serving.get(duty.lead_kind)
    if lead is None:
        return None
    named = [_standing(unit, day) for unit in duty.assistants.all()]
    named += [serving.get(kind) for kind in duty.assistant_kinds]
    nature = DutyNature(duty.nature)
    why = list_reason(
        matter_code=matter_code, entry=duty, area_name=duty.area.name, basis=duty.legal_basis
    )
    return DutyMatch(
        duty=duty,
        lead=lead,
        assistants=tuple({unit.pk: unit for unit in named if unit and unit != lead}.values()),
        nature=nature,
        legal_basis=duty.legal_basis,
        source=duty.source,
        reasons=(why, NATURE_REASONS[nature]),
    )


def _standing(unit: Unit | None, day: date) -> Unit | None:
    """The unit if it exists on that day, else whoever succeeded it, else None."""
    seen: set[int] = set()
    while unit is not None and unit.pk not in seen:
        if Validity(unit.valid_from, unit.valid_to).holds_on(day):
            return unit
        seen.add(unit.pk)
        unit = unit.successor
    return None


def _serving(area_path: str, kinds: Sequence[str], day: date) -> dict[str, Unit]:
    """The unit of each kind that serves a place: the one with the deepest area around it."""
    if not kinds:
        return {}
    around = Unit.objects.filter(
        holds_on(day), kind__in=set(kinds), area_path__in=paths_above(area_path)
    )
    nearest_last = sorted(around.order_by("-code"), key=lambda unit: len(unit.area_path))
    return {unit.kind: unit for unit in nearest_last}


def duty_for(matter_code: str, area_path: str, *, at: datetime) -> DutyMatch | None:
    """Return the entry of the duty list that counts for a matter in a place, None if none does.

    The deepest area around the place goes first, within it the matter itself, then the
    matters above it. A lead that was merged is replaced by its successor.
    """
    return _match_for(matter_code, area_path, day_of(at))


def may_receive(unit: Unit, *, matter_code: str, area_path: str, at: datetime) -> Refusal | None:
    """Return why a unit may not be handed a matter in a place, None if it may.

    Where the list says nothing about the matter, nothing is refused: a person decides.
    Parts of a listed unit may receive what it may, save that a recovered duty reaches no
    street office and no community.
    """
    return first_refusal([unit], matter_code=matter_code, area_path=area_path, at=at)


def first_refusal(
    units: Sequence[Unit], *, matter_code: str, area_path: str, at: datetime
) -> Refusal | None:
    """Return why the first unit that may not be handed a matter may not; None if all may."""
    day = day_of(at)
    match = _match_for(matter_code, area_path, day)
    refusals = (_refusal(unit, match, day) for unit in units)
    return next((refusal for refusal in refusals if refusal is not None), None)


def _refusal(unit: Unit, match: DutyMatch | None, day: date) -> Refusal | None:
    if not Validity(unit.valid_from, unit.valid_to).holds_on(day):
        return refusal_of_closed(unit.name)
    if match is None:
        return None
    return refusal_for(
        unit_name=unit.name,
        unit_kind=unit.kind,
        listed=_is_listed(unit, match),
        nature=match.nature,
        lead_name=match.lead.name,
    )


def _is_listed(unit: Unit, match: DutyMatch) -> bool:
    """Whether the unit or one that it is a part of leads or assists."""
    seen: set[int] = set()
    above: Unit | None = unit
    while above is not None and above.pk not in seen:
        if above.pk in match.unit_ids:
            return True
        if above.kind == UnitKind.COMMUNITY:
            return False  # a community governs itself; it is nobody's part
        seen.add(above.pk)
        above = above.parent
    return False


def units_for_dispatch(
    matter_code: str, area_path: str, *, at: datetime
) -> list[DispatchSuggestion]:
    """Return whom a matter in a place may be handed to, best first, each with its reasons.

    The lead of the entry that counts, then those who assist; after them, where no entry
    counts, the street office and the community of the place.
    """
    match = duty_for(matter_code, area_path, at=at)
    if match is None:
        return _of_the_place(area_path, day_of(at))
    rest = tuple(
        DispatchSuggestion(unit, "assistant", match.reasons)
        for unit in match.assistants
        if not (match.nature is DutyNature.RECOVERED and is_grassroots(unit.kind))
    )
    return [DispatchSuggestion(match.lead, "lead", match.reasons), *rest]


def _of_the_place(area_path: str, day: date) -> list[DispatchSuggestion]:
    why = Reason(
        "territory",
        "职责清单没有列出该事项，按属地列出；请人工确认主责单位。",
        "The duty list does not name this matter; these serve the place. Confirm the lead.",
    )
    kinds = (UnitKind.STREET_OFFICE, UnitKind.COMMUNITY)
    serving = _serving(area_path, kinds, day)
    found = (serving[kind] for kind in kinds if kind in serving)
    return [DispatchSuggestion(unit, "territory", (why,)) for unit in found]
