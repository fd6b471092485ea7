"""The page of one case: what it is, where it stands, what may be done next, what has happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.domain.cases.selectors import (
    Case,
    answers_of,
    case_for,
    clock_view,
    feedback_of,
    items_of,
    links_of,
    notes_of,
    timeline,
)
from linli.kernel.clock import utc_now
from linli.web.desk.acting import acts_for
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import (
    actor_words,
    clock_words,
    fact_words,
    matter_words,
    reason_words,
    stage_words,
)
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Fact, Happening


@staff_page
@require_GET
def case_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One case, if it is within reach."""
    actor, now = actor_of(request), utc_now()
    case = case_for(actor, ref)
    items = items_of(case)
    shown = {
        "case": case,
        "now": now,
        "facts": _facts(case),
        "stage": stage_words(case),
        "clocks": [clock_words(clock) for clock in clock_view(case, at=now)],
        "state_kind": "done" if case.status == "closed" else "active",
        "acts": acts_for(case, actor, items),
        "answers": answers_of(case),
        "notes": notes_of(case),
        "feedback": feedback_of(case),
        "links": links_of(case, actor),
        "entries": [
            Happening(
                fact_words(event),
                event.at,
                by=actor_words(event),
                text=reason_words(event),
                kind="problem" if event.activity in ("case_returned", "case_reopened") else "",
            )
            for event in timeline(case)
        ],
    }
    return render(request, "desk/case.html", shown)


def _facts(case: Case) -> list[Fact]:
    lead = case.lead_unit.name if case.lead_unit else ""
    return [
        Fact(_("事项"), matter_words(case)),
        Fact(_("区域"), case.area.name),
        Fact(_("地址"), case.address),
        Fact(_("主办单位"), lead),
        Fact(_("紧急程度"), case.get_urgency_display()),
        Fact(_("第几轮"), case.round),
        Fact(_("退单次数"), case.bounces),
        Fact(_("标准"), f"{case.standard.name} {case.standard.version}"),
    ]
