"""Following a report by its receipt code, rating it, sending it back when it is not solved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from linli.domain.attachments.selectors import photo_by_receipt, photos_of
from linli.domain.cases.selectors import (
    Case,
    awaits_rating,
    case_by_receipt,
    clock_view,
    main_case_of,
    notes_of,
    timeline,
)
from linli.domain.cases.services import record_feedback
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound
from linli.web.portal.forms import RateForm, TrackForm
from linli.web.portal.telling import happenings, merged_into, rounds_of, stage_words
from linli.web.ui.photos import photo_answer, small_photos


@require_http_methods(["GET", "POST"])
def track_page(request: HttpRequest) -> HttpResponse:
    """Where a report stands. The code travels in the body, never in an address."""
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = case_by_receipt(form.cleaned_data["code"])
        except NotFound as error:
            form.refuse(error, "code")
        else:
            return _show(request, case, RateForm(initial={"code": form.cleaned_data["code"]}))
    status = 422 if form.errors else 200
    return render(request, "portal/track.html", {"form": form}, status=status)


@require_POST
def rate_page(request: HttpRequest) -> HttpResponse:
    """Take the resident's word on the answer."""
    form = RateForm(request.POST)
    case = case_by_receipt(request.POST.get("code", ""))
    if form.is_valid():
        said = form.cleaned_data
        try:
            case = record_feedback(
                case.public_id,
                solved=said["solved"],
                satisfied=said["satisfied"],
                comment=said["comment"],
                at=utc_now(),
                key=f"rate:{said['key']}",
            )
        except LinliError as error:
            form.refuse(error, None)
        else:
            return _show(request, case, None)
    return _show(request, case, form)


@require_POST
def photo_page(request: HttpRequest) -> HttpResponse:
    """One photograph, large. The code travels in the body. Raises NotFound."""
    said = request.POST
    return photo_answer(photo_by_receipt(said.get("code", ""), said.get("photo", "")))


def _show(request: HttpRequest, case: Case, form: RateForm | None) -> HttpResponse:
    may_rate = awaits_rating(case)
    now, main = utc_now(), main_case_of(case)
    clocks = clock_view(case, at=now)
    shown = {
        "case": case,
        "now": now,
        "merged": merged_into(main) if main else None,
        "promise": next((c for c in clocks if c.kind == "case" and c.is_running), None),
        "stage": stage_words(case),
        "rounds": rounds_of(case),
        "notes": notes_of(case, public_only=True),
        "form": form if may_rate else None,
        "photos": list(small_photos(photos_of(case, public_only=True))),
        "entries": list(happenings(case, timeline(case))),
    }
    return render(request, "portal/case.html", shown, status=422 if form and form.errors else 200)
