"""Public figures at the desk: one person prepares them, another looks them over and publishes.

Serves: R129 X01.
"""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.domain.figures.selectors import (
    Release,
    periods_due,
    prepared_release,
    prepared_releases,
    published_releases,
    tables_of,
)
from linli.domain.figures.services import prepare_release, publish_release
from linli.kernel.clock import utc_now
from linli.kernel.errors import Rejected, WrongState
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.figures import method_words, period_words, shown_release
from linli.web.ui.forms import LinliForm
from linli.web.ui.parts import Column, Fact, Row


class PeriodForm(LinliForm):
    """Which period is released next."""

    period = forms.ChoiceField(label=gettext_lazy("统计期"))


@staff_page
@require_http_methods(["GET", "POST"])
def figures_page(request: HttpRequest) -> HttpResponse:
    """What waits, what is public, what comes next; a POST prepares. Raises NotPermitted."""
    actor, now = actor_of(request), utc_now()
    waiting = prepared_releases(actor)
    due = periods_due(now)
    today = timezone.localdate(now)
    ready = [(period.code, period.code) for period, day in due if day <= today]
    form = PeriodForm(request.POST or None)
    form.fields["period"].choices = ready  # type: ignore[attr-defined]  # the field is a choice
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_release(form.cleaned_data["period"], actor=actor, at=now)
        except (Rejected, WrongState) as error:
            form.refuse(error, "period")
        else:
            return redirect("desk:release", made.public_id)
    shown = {
        "form": form if ready and actor.may("figures.prepare") else None,
        "waiting": waiting,
        "columns": [Column(_("统计期")), Column(_("公布日"))],
        "coming": [Row([period.code, day]) for period, day in due if day > today],
        "public": published_releases(),
    }
    return render(request, "desk/figures.html", shown, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def release_page(request: HttpRequest, ref: str) -> HttpResponse:
    """What was prepared, as everybody will see it; a POST publishes. Raises NotFound."""
    actor = actor_of(request)
    release = prepared_release(ref, actor=actor)
    if request.method == "POST":
        published = publish_release(ref, actor=actor, at=utc_now())
        messages.success(request, _("已公布，从现在起任何人都能看到。"))
        return redirect("portal:release", published.number)
    shown = shown_release(
        tables_of(release),
        place=request.GET.get("place", ""),
        matter=request.GET.get("matter", ""),
    )
    context = {
        "release": release,
        "shown": shown,
        "facts": _facts(release, shown.shown, shown.withheld),
        "method": method_words(release.least),
        "may_publish": actor.may("figures.publish") and actor.user_id != release.prepared_by,
    }
    return render(request, "desk/release.html", context)


def _facts(release: Release, shown: int, withheld: int) -> list[Fact]:
    prepared = timezone.localtime(release.prepared_at)
    return [
        Fact(_("统计期"), period_words(release)),
        Fact(_("生成"), f"{release.prepared_by_name} {prepared:%Y-%m-%d %H:%M}"),
        Fact(_("公布的数"), str(shown)),
        Fact(_("不公布的数"), str(withheld)),
    ]
