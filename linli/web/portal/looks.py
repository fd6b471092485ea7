"""Who looked at a report: by office, purpose and time, for the one whose report it is.

Serves: X02.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.domain.access.selectors import reasons_for
from linli.domain.cases.selectors import Look, case_by_receipt, looks_at


@dataclass(frozen=True)
class Told:
    """Looks of one office on one day, in words; `hour` is whether the hour may be shown."""

    words: str
    office: str
    look: Look

    @property
    def hour(self) -> bool:
        """Whether the hour may be shown."""
        return not self.look.is_by_day


@require_POST
def looks_page(request: HttpRequest) -> HttpResponse:
    """List the looks. The code travels in the body, never in an address. Raises NotFound."""
    case = case_by_receipt(request.POST.get("code", ""))
    shown = {"case": case, "looks": [told_look(look) for look in looks_at(case)]}
    answer = render(request, "portal/looks.html", shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def told_look(look: Look) -> Told:
    """Put looks of one office on one day into words."""
    if look.kind == "oversight":
        return Told(_("监督检查时查看"), "", look)
    office = look.office or _("受理或承办单位")
    if look.kind == "glass":
        return Told(_("应急查阅：%(reason)s") % {"reason": _reason(look.reason)}, office, look)
    if look.is_of_person and look.is_by_two:
        return Told(_("经另一人批准，为联系您，查看了姓名和电话"), office, look)
    if look.is_of_person:
        return Told(_("为联系您，查看了姓名和电话"), office, look)
    words = _("办理时查看") if look.kind == "handling" else _("没有承办任务时查阅")
    return Told(words, office, look)


def _reason(code: str) -> str:
    known = reasons_for("glass").get(code)
    return known.name(get_language() or "") if known else code
