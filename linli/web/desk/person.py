"""Who sent a message: shown to whoever must call back, and every look is written down.

Serves: R109 X02.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.domain.access.services import require
from linli.domain.audit.services import record_view
from linli.domain.cases.selectors import case_for
from linli.domain.needs.selectors import reporter_of
from linli.kernel.clock import utc_now
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Fact

SHOWN = ("reporter_name", "reporter_phone")


@staff_page
@require_POST
def person_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Name and phone of the reporter. A POST, so that no link or prefetch looks by accident."""
    actor = actor_of(request)
    case = case_for(actor, ref)
    require(actor, "person.view", case)
    with transaction.atomic():
        record_view(case.public_id, fields=SHOWN, purpose="contact", actor=actor, at=utc_now())
        reporter = reporter_of(case)
    facts = [
        Fact(_("姓名"), reporter.name if reporter else ""),
        Fact(_("联系电话"), reporter.phone if reporter else ""),
    ]
    return render(request, "desk/person.html", {"case": case, "facts": facts})
