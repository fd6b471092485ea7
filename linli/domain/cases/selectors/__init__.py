"""Public reads of cases: the one door. Every list, count and export asks the same predicate."""

from linli.domain.cases.models import (
    Case,
    CaseEvent,
    Clock,
    Feedback,
    Link,
    Note,
    Notice,
    Rendition,
    WorkItem,
)
from linli.domain.cases.rules.clocks import Fact as ClockFact
from linli.domain.cases.rules.clocks import is_overdue, reckon
from linli.domain.cases.rules.extending import most_extra, times_used
from linli.domain.cases.rules.flow import plain_ways
from linli.domain.cases.rules.rates import Rate
from linli.domain.cases.rules.renditions import Finding
from linli.domain.cases.rules.sides import EXCLUSION, EXTENSION, SUPERVISION
from linli.domain.cases.selectors.board import Board, Branch, Figures, Levels, Span, board_of
from linli.domain.cases.selectors.daily import DayCount, counts_of_days
from linli.domain.cases.selectors.detail import (
    ClockView,
    answers_of,
    awaits_rating,
    case_by_receipt,
    case_for,
    clock_view,
    feedback_of,
    items_of,
    links_of,
    notes_of,
    sees_case,
    timeline,
)
from linli.domain.cases.selectors.figures import (
    PeriodCounts,
    Tally,
    count_cases,
    counts_by,
    counts_of_period,
    three_rates,
)
from linli.domain.cases.selectors.filters import CaseFilter, cases_within
from linli.domain.cases.selectors.lists import (
    cases_for,
    export_rows,
    inbox,
    notices_for,
    notices_within,
    overdue_cases,
)
from linli.domain.cases.selectors.looks import Look, looks_at
from linli.domain.cases.selectors.merging import main_case_of
from linli.domain.cases.selectors.openings import (
    DECIDING,
    SEE_ALL,
    asked_person,
    needs_two_persons,
    open_glass,
    open_person,
    opening_to_decide,
    openings_of_cases,
    openings_within,
    own_openings,
    state_of,
    told_state_of,
    unconfirmed_openings,
    waiting_openings,
)
from linli.domain.cases.selectors.reckoning import calendar_for
from linli.domain.cases.selectors.renditions import (
    Asked,
    findings_for,
    rendition_for,
    renditions_for,
    renditions_of,
    shielded_refs,
)
from linli.domain.cases.selectors.waiting import waiting_counts
from linli.domain.cases.selectors.whom import dispatch_choices, respondents_of
from linli.domain.cases.selectors.working import act_for, step_for

__all__ = [
    "DECIDING",
    "SEE_ALL",
    "EXCLUSION",
    "EXTENSION",
    "SUPERVISION",
    "Asked",
    "Board",
    "Branch",
    "Case",
    "CaseEvent",
    "CaseFilter",
    "Clock",
    "ClockFact",
    "ClockView",
    "DayCount",
    "Feedback",
    "Figures",
    "Finding",
    "Levels",
    "Link",
    "Look",
    "Note",
    "Notice",
    "PeriodCounts",
    "Rate",
    "Rendition",
    "Span",
    "Tally",
    "WorkItem",
    "act_for",
    "answers_of",
    "awaits_rating",
    "board_of",
    "calendar_for",
    "case_by_receipt",
    "case_for",
    "cases_for",
    "cases_within",
    "clock_view",
    "count_cases",
    "counts_by",
    "counts_of_days",
    "counts_of_period",
    "dispatch_choices",
    "export_rows",
    "feedback_of",
    "findings_for",
    "inbox",
    "is_overdue",
    "items_of",
    "links_of",
    "looks_at",
    "main_case_of",
    "most_extra",
    "notes_of",
    "notices_for",
    "notices_within",
    "overdue_cases",
    "plain_ways",
    "reckon",
    "rendition_for",
    "renditions_for",
    "renditions_of",
    "respondents_of",
    "sees_case",
    "shielded_refs",
    "step_for",
    "three_rates",
    "timeline",
    "times_used",
    "asked_person",
    "needs_two_persons",
    "open_glass",
    "open_person",
    "opening_to_decide",
    "openings_of_cases",
    "openings_within",
    "own_openings",
    "state_of",
    "told_state_of",
    "unconfirmed_openings",
    "waiting_counts",
    "waiting_openings",
]
