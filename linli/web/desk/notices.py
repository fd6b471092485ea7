"""What has just happened to cases that somebody here has to do with, until it is seen.

Serves: R020 R134.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.domain.audit.services import record_list
from linli.domain.cases.selectors import Notice, notices_for, waiting_counts
from linli.domain.cases.services import mark_notices_seen
from linli.kernel.clock import utc_now
from linli.web.desk.signed_in import staff_page
from linli.web.desk.telling import notice_words
from linli.web.desk.words import stage_words
from linli.web.ui.actors import actor_of


@dataclass(frozen=True)
class Told:
    """A notice as it is shown."""

    words: str
    title: str
    number: str
    url: str
    unit: str
    stage: str
    at: datetime


@staff_page
@require_http_methods(["GET", "POST"])
def notices_page(request: HttpRequest) -> HttpResponse:
    """The unseen notices, newest first; one button marks as seen what the page has shown."""
    actor, now = actor_of(request), utc_now()
    if request.method == "POST":
        mark_notices_seen(actor=actor, at=_shown_at(request, now))
        return redirect("desk:notices")
    with transaction.atomic():
        notices = notices_for(actor)
        refs = dict.fromkeys(notice.case.public_id for notice in notices)
        record_list(list(refs), door="notices", actor=actor, at=now)
    shown = {
        "notices": [_told(notice) for notice in notices],
        "openings": waiting_counts(actor, ["openings"], at=now)["openings"],
        "now": now,
    }
    return render(request, "desk/notices.html", shown)


def _shown_at(request: HttpRequest, now: datetime) -> datetime:
    """When the page was made: what came later has not been seen."""
    try:
        at = datetime.fromisoformat(request.POST.get("at", ""))
    except ValueError:
        return now
    return min(at, now) if at.tzinfo is not None else now


def _told(notice: Notice) -> Told:
    return Told(
        words=notice_words(notice.kind),
        title=notice.case.title,
        number=notice.case.number,
        url=reverse("desk:case", args=[notice.case.public_id]),
        unit=notice.unit.name if notice.unit else "",
        stage=stage_words(notice.case),
        at=notice.at,
    )
