"""One case and everything about it. The only way in is `case_for`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q
from django.db.models.expressions import BaseExpression

from linli.domain.access import wall
from linli.domain.access.selectors import Actor, visible
from linli.domain.cases.models import Case, CaseEvent, Clock, Feedback, Link, Note, WorkItem
from linli.domain.cases.rules.lights import Light, light_of
from linli.domain.cases.selectors.receipts import receipt_hashes
from linli.domain.cases.selectors.reckoning import begun_at, calendar_for, reckoning_of
from linli.kernel.calendar import WorkingCalendar
from linli.kernel.errors import NotFound
from linli.kernel.units import LimitUnit


@dataclass(frozen=True)
class ClockView:
    """A clock in words.

    Parameters
    ----------
    due_at : UTC, None before it starts.
    zh, en : how the due time came about.
    light : green, yellow, red or card while it runs; "" where the standard has no lights.
    """

    kind: str
    due_at: datetime | None
    is_provisional: bool
    is_running: bool
    is_paused: bool
    zh: str
    en: str
    source: str
    light: Light | Literal[""] = ""

    def explain(self, lang: str = "zh-hans") -> str:
        """Say how the due time came about."""
        return self.en if lang.startswith("en") else self.zh


def case_for(actor: Actor, ref: str, **beside: BaseExpression) -> Case:
    """Return a case by public id or number, if the actor may see it. Raises NotFound.

    Parameters
    ----------
    beside : name → what other parts know of it, read with the row as an attribute of that name.
    """
    if "\0" in ref:  # comes in an address as %00; PostgreSQL cannot look for it
        raise NotFound
    rows = Case.objects.filter(Q(public_id=ref) | Q(number=ref)).annotate(**beside)
    found = visible(rows, actor, "case.view").select_related(
        "matter", "area", "lead_unit", "standard"
    )
    case = found.first()
    if case is None:
        raise NotFound
    return case


def sees_case(actor: Actor, ref: str) -> bool:
    """Whether a case lies within the actor's reach."""
    try:
        case_for(actor, ref)
    except NotFound:
        return False
    return True


def case_by_receipt(code: str) -> Case:
    """Return the case that a resident's receipt code opens. Raises NotFound."""
    rows = Case.objects.select_related("matter", "area", "lead_unit", "standard")
    with wall.wider("receipt"):
        case = rows.filter(receipt_hash__in=receipt_hashes(code)).first() if code else None
    if case is None:
        raise NotFound(
            "没有找到这个查询码对应的诉求。请核对查询码，字母和数字共 16 位。",
            "No request belongs to this receipt code. Check it: 16 letters and digits.",
        )
    wall.hold([case.pk])
    return case


def timeline(case: Case) -> list[CaseEvent]:
    """Return what has happened to a case, newest first."""
    rows = CaseEvent.objects.filter(case=case).select_related("unit", "item")
    return list(rows.order_by("-seq"))


def items_of(case: Case) -> list[WorkItem]:
    """Return the work items of a case, in the order in which they were opened."""
    return list(WorkItem.objects.filter(case=case).select_related("unit").order_by("id"))


def notes_of(case: Case, *, public_only: bool = False) -> list[Note]:
    """Return the notes of a case, newest first."""
    rows = Note.objects.filter(case=case)
    return list((rows.filter(is_public=True) if public_only else rows).order_by("-written_at"))


def feedback_of(case: Case) -> list[Feedback]:
    """Return what the resident said, newest first."""
    return list(Feedback.objects.filter(case=case).order_by("-given_at", "-id"))


def answers_of(case: Case) -> list[WorkItem]:
    """Return the answers given, newest first: the done items whose outcome is an answer.

    Of a matter taken over as finished the words may be unknown; then there is no answer to show.
    """
    rows = WorkItem.objects.filter(case=case, state="done", outcome="answer").exclude(reason="")
    return list(rows.select_related("unit").order_by("-closed_at"))


def awaits_rating(case: Case) -> bool:
    """Whether the resident may speak now: asked back, or the case has ended."""
    stage = case.standard.definition.stage(case.stage)
    is_asked = stage is not None and stage.way("unsolved") is not None
    return is_asked or case.status == Case.Status.CLOSED


def links_of(case: Case, actor: Actor) -> list[Link]:
    """Return the links of a case to cases that the actor's posts reach as well."""
    mine = visible(Case.objects.all(), actor.by_post(), "case.view")
    rows = Link.objects.filter(Q(case=case, other__in=mine) | Q(other=case, case__in=mine))
    return list(rows.select_related("case", "other").order_by("linked_at"))


def clock_view(case: Case, *, at: datetime) -> list[ClockView]:
    """Return the clocks of a case in words, running ones first."""
    days = calendar_for(case, at)
    rows = Clock.objects.filter(case=case)
    views: list[ClockView] = []
    for clock in rows.order_by("-is_running", "id"):
        reckoning = reckoning_of(clock, days)
        due = reckoning.due
        views.append(
            ClockView(
                kind=clock.kind,
                due_at=due.at if due else None,
                is_provisional=bool(due and due.provisional),
                is_running=reckoning.is_running,
                is_paused=reckoning.is_paused,
                zh=due.zh if due else "尚未开始计时",
                en=due.en if due else "not started",
                source=clock.source,
                light=_light(case, clock, days, at) if reckoning.is_running else "",
            )
        )
    return views


def _light(case: Case, clock: Clock, days: WorkingCalendar, at: datetime) -> Light | Literal[""]:
    lights, begun = case.standard.definition.lights, begun_at(clock)
    if lights is None or clock.due_at is None or begun is None:
        return ""
    unit = LimitUnit(clock.limit_unit)
    return light_of(
        begun, clock.due_at, at=at, held_at=case.held_at, unit=unit, lights=lights, calendar=days
    )
