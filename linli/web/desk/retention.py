"""What is due to be deleted, and the ledger of what was; for auditors and administrators.

Serves: X01.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.domain.access.selectors import may
from linli.domain.access.services import require_act
from linli.domain.catalogue.errors import NoParameter
from linli.domain.privacy.selectors import (
    CATALOGUE,
    Deletion,
    PlanLine,
    plan_retention,
    recent_deletions,
)
from linli.kernel.clock import utc_now
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import minute_words
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Column, Row
from linli.web.ui.spans import day_words, length_words

ACTS = ("audit.view", "catalogue.publish")


@staff_page
@require_GET
def retention_page(request: HttpRequest) -> HttpResponse:
    """Show what a run would delete now and what runs have deleted; nothing of anybody."""
    actor = actor_of(request)
    if not any(may(actor, act) for act in ACTS):
        require_act(actor, ACTS[0])
    try:
        plan = plan_retention(utc_now())
    except NoParameter:
        plan = []
    shown = {
        "plan": [_due(line) for line in plan],
        "plan_columns": [
            Column(_("类别")),
            Column(_("保存期限")),
            Column(_("到期"), is_number=True),
            Column(_("最早")),
            Column(_("因故保留"), is_number=True),
        ],
        "ledger": [_deleted(line) for line in recent_deletions()],
        "ledger_columns": [
            Column(_("时间")),
            Column(_("类别")),
            Column(_("数量"), is_number=True),
            Column(_("原因")),
            Column(_("起止")),
            Column(_("摘要")),
        ],
    }
    return render(request, "desk/retention.html", shown)


def _due(line: PlanLine) -> Row:
    name = _kept(line.keep) if line.keep == line.what else f"{_kept(line.keep)}（{line.what}）"
    oldest = day_words(line.oldest) if line.oldest else ""
    span = length_words(line.length.value, line.length.unit)
    return Row([name, span, line.due, oldest, line.held])


def _deleted(line: Deletion) -> Row:
    why = _("本人请求") if line.reason == "request" else _("期限已满")
    span = f"{day_words(line.since)} – {day_words(line.until)}"
    cells = [minute_words(line.at), _kept(line.keep), line.count, why, span, line.commitment[:12]]
    return Row(cells)


def _kept(keep: str) -> str:
    return CATALOGUE.terms.keep[keep].name(get_language() or "")
